"""Reports: one format a module, each a function from a result to text."""
