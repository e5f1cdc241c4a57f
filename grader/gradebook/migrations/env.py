"""What alembic runs to run migrations: on the connection that it is given, in its transaction."""

from alembic import context

from grader.gradebook.migrate import CONNECTION
from grader.gradebook.tables import metadata
from grader.gradebook.upgrade import VERSION_TABLE

context.configure(
    connection=context.config.attributes[CONNECTION],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
