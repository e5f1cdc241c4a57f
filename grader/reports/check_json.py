"""The report of a check for programs: one exercise as one line of JSON."""

import json

from grader.findings import Check, check_to_json


def render(check: Check) -> str:
    """Return the check on one line, in ASCII."""
    return json.dumps(check_to_json(check)) + "\n"
