"""The history of the tables, one revision a file; they are run by `grader.gradebook.upgrade`.

A new revision is a file in `versions/` that names the one before it. One that was released is never
changed. SQLite can alter little: use `op.batch_alter_table`.
"""
