"""Is an exercise fair and strong? What `grade check` looks at, one kind of question a module."""
