"""What runs inside the sandbox: the worker and the one wire codec; standard library only.

Everything here runs on Python 3.9 to 3.14, in images that the grader did not make, so it imports
nothing but the standard library and itself. It is delivered as text when a sandbox starts
(`grader.sandbox.bundle`), hence a sandbox cannot hold another version than the judge's.
"""
