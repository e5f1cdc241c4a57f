"""The report of a check for programs: one line of JSON, in the shape of `check.schema.json`."""

import json

from grader.findings import Check, check_to_json


def render(check: Check) -> str:
    """Return the check on one line, in ASCII."""
    return json.dumps(check_to_json(check)) + "\n"
