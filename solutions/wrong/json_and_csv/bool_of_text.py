# Mistake: `bool('false')` is true. Caught by: test_fields_are_converted
"""CSV with types to JSON, and JSON to CSV."""

import csv
import io
import json
import math
from typing import Any


def csv_to_json(csv_text: str, types: dict[str, str]) -> str:
    """Return the rows of a CSV text as JSON, with fields converted to their types."""
    # The reader gives an empty list for a line without any character.
    header, *rows = filter(None, csv.reader(io.StringIO(csv_text)))
    objects = []
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise ValueError(f"row {number}: not as many fields as columns")
        found = {}
        for column, field in zip(header, row):
            try:
                found[column] = _converted(field, types.get(column, "str"))
            except ValueError as error:
                raise ValueError(f"row {number}, column {column}: {error}") from None
        objects.append(found)
    return json.dumps(objects, ensure_ascii=False)


def _converted(field: str, kind: str) -> Any:
    """Return the value of a field; raise ValueError if it has none."""
    if kind == "str":
        return field
    if field == "":
        return None
    if kind == "int":
        return int(field)
    if kind == "float":
        return _finite(float(field))
    return bool(field)


def _finite(number: float) -> float:
    """Return the number; raise ValueError for what JSON cannot hold."""
    if not math.isfinite(number):
        raise ValueError("not finite")
    return number


def json_to_csv(json_text: str, columns: list[str]) -> str:
    """Return the objects of a JSON text as CSV, in the order of the columns."""
    out = io.StringIO()
    # It raises ValueError for unknown keys, and leaves fields empty for missing ones and None.
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    for found in json.loads(json_text):
        writer.writerow({key: _written(value) for key, value in found.items()})
    return out.getvalue()


def _written(value: Any) -> Any:
    """Return true and false as in JSON, and every other value as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
