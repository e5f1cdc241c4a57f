"""How fast `grade` is, measured beside what teachers use today, on the same class and tests."""
