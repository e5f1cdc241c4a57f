# Also right: records are put into groups, field by field, and predicates are asked by recursion.
"""Three functions without `sorted` for the records, `all` and default arguments."""

from bisect import insort


def multipliers(factors):
    if not factors:
        return []
    first, *others = factors

    def multiply(number):
        return first * number

    return [multiply, *multipliers(others)]


def sort_by(records, fields):
    if not fields:
        return records[:]
    field, *other_fields = fields
    key = field[1:] if field.startswith("-") else field
    groups = {}
    values = []
    for record in records:
        if record[key] not in groups:
            groups[record[key]] = []
            insort(values, record[key])
        groups[record[key]].append(record)
    if field.startswith("-"):
        values.reverse()
    return [record for value in values for record in sort_by(groups[value], other_fields)]


def all_of(*predicates):
    if not predicates:
        return lambda *args, **kwargs: True
    first, *others = predicates
    others_accept = all_of(*others)
    return lambda *args, **kwargs: bool(first(*args, **kwargs)) and others_accept(*args, **kwargs)
