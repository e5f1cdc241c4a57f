"""The report for programs: a result as one line of JSON, in the shape of `result.schema.json`."""

import json

from grader.results import Result, to_json


def render(result: Result) -> str:
    """Return the result on one line, in ASCII: no text of a student's can break out of it."""
    return json.dumps(to_json(result)) + "\n"
