"""The course: its name, and what a cell may take."""

c = get_config()  # noqa: F821 - nbgrader gives it
c.CourseDirectory.course_id = "benchmark"
c.Execute.timeout = 20
