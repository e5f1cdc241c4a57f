"""Students and topics in the gradebook: those that are new are added, the others are updated."""

import dataclasses
from collections.abc import Iterable

from sqlalchemy import Connection, Table, insert, select, update

from grader.classroom import Student, Topic


def note(connection: Connection, table: Table, records: Iterable[Student | Topic]) -> None:
    """Add records, or what is new in them; "" and 0 say nothing new."""
    rows = connection.execute(select(table)).mappings()
    known = {row["id"]: {name: row[name] for name in row if name != "number"} for row in rows}
    for record in records:
        values = dataclasses.asdict(record)
        old = known.get(record.id)
        if old is None:
            known[record.id] = values
            connection.execute(insert(table), values)
            continue
        new = {name: value or old[name] for name, value in values.items()}
        if new != old:
            known[record.id] = new
            connection.execute(update(table).where(table.c.id == record.id), new)


def add_missing(connection: Connection, table: Table, record: Student | Topic) -> None:
    """Add a record, unless its id is known."""
    if connection.execute(select(table.c.number).where(table.c.id == record.id)).first() is None:
        connection.execute(insert(table), dataclasses.asdict(record))
