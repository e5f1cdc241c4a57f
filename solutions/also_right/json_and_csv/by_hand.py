# Also right: a state machine over the characters, a pattern for what is quoted, JSON put together in parts.
import json
import re


class Table:
    def __init__(self, text):
        self.rows = []
        self.row = []
        self.field = ""
        self.touched = False
        at = 0
        while at < len(text):
            at = self.quoted(text, at + 1) if text[at] == '"' else self.plain(text, at)
        self.end_row()

    def quoted(self, text, at):
        self.touched = True
        end = re.compile(r'(?:[^"]|"")*').match(text, at).end()
        self.field += text[at:end].replace('""', '"')
        return end + 1

    def plain(self, text, at):
        if text[at] == ",":
            self.row.append(self.field)
            self.field = ""
            self.touched = True
        elif text[at] == "\n":
            self.end_row()
        elif text[at : at + 2] != "\r\n":
            self.field += text[at]
            self.touched = True
        return at + 1

    def end_row(self):
        if self.touched:
            self.rows.append([*self.row, self.field])
        self.row, self.field, self.touched = [], "", False


def literal(field, kind):
    """The JSON text of a field."""
    if kind == "str":
        return json.dumps(field, ensure_ascii=False)
    if not field:
        return "null"
    if kind == "bool":
        if not re.fullmatch("true|false", field, re.IGNORECASE | re.ASCII):
            raise ValueError
        return field.lower()
    if kind == "int":
        return str(int(field))
    number = float(field)
    if number - number != 0:
        raise ValueError
    return repr(number)


def csv_to_json(csv_text, types):
    rows = Table(csv_text).rows
    header = rows.pop(0)
    objects = []
    while rows:
        row = rows.pop(0)
        place = f"row {len(objects) + 1}"
        if len(row) != len(header):
            raise ValueError(place + ": ragged")
        pairs = []
        for column, field in zip(header, row):
            try:
                pairs.append(
                    literal(column, "str") + ":" + literal(field, types.get(column, "str"))
                )
            except ValueError:
                raise ValueError(f"{place}, column {column}: bad") from None
        objects.append("{" + ",".join(reversed(pairs)) + "}")
    return "[" + ",\n".join(objects) + "]"


def json_to_csv(json_text, columns):
    def field(value):
        if value is None:
            return '""'
        if value is True or value is False:
            return str(value).lower()
        if isinstance(value, str):
            return '"' + value.replace('"', '""') + '"'
        return str(value)

    lines = [",".join(map(field, columns))]
    for row in json.loads(json_text):
        rest = dict(row)
        lines.append(",".join(field(rest.pop(column, None)) for column in columns))
        if rest:
            raise ValueError("unknown keys")
    return "\r\n".join(lines)
