"""Grading a class: many submissions at a time, each as data, none of which can stop the others."""
