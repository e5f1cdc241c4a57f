# Also right: `DictReader` with marks for ragged rows, `csv.writer`, a JSON encoder with indent.
import csv
import io
import json

BOOLEANS = {"true": True, "false": False}


def to_bool(field):
    if field.casefold() not in BOOLEANS:
        raise ValueError(f"{field!r} is no boolean")
    return BOOLEANS[field.casefold()]


def to_float(field):
    number = float(field)
    json.dumps(number, allow_nan=False)
    return number


CONVERTERS = {"int": int, "float": to_float, "bool": to_bool}


def csv_to_json(csv_text, types):
    reader = csv.DictReader(io.StringIO(csv_text, newline=""), restkey=..., restval=...)
    result = []
    for i, row in enumerate(reader, start=1):
        if ... in row or ... in row.values():
            raise ValueError(f"row {i}: {len(reader.fieldnames)} fields wanted")
        for name, kind in types.items():
            if kind == "str" or name not in row:
                continue
            if not row[name]:
                row[name] = None
        for name in reader.fieldnames:
            if row[name] is None or types.get(name, "str") == "str":
                continue
            try:
                row[name] = CONVERTERS[types[name]](row[name])
            except ValueError:
                raise ValueError(f"row {i}, column {name}: {row[name]!r} is no {types[name]}")
        result.append(row)
    return json.JSONEncoder(ensure_ascii=False, indent=2, sort_keys=True).encode(result)


def json_to_csv(json_text, columns):
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    for row in json.loads(json_text):
        unknown = row.keys() - set(columns)
        if unknown:
            raise ValueError(f"unknown: {unknown}")
        row = {
            key: json.dumps(value) if value in (True, False) and type(value) is bool else value
            for key, value in row.items()
        }
        writer.writerow([row.get(column, "") for column in columns])
    return lines.getvalue()
