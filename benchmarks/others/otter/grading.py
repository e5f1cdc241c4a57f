"""Runs a plain test on what a student's notebook or script has defined."""

import sys
import types


def run(name, env):
    """Run the test `name`; `env` holds the student's names."""
    if "sequences" not in sys.modules:
        module = types.ModuleType("sequences")
        vars(module).update(env)
        sys.modules["sequences"] = module
    import test_sequences

    getattr(test_sequences, name)()
