# Also right: equal rows are found by comparing, groups by going through all rows for each key.
from sys import getsizeof


def intern_rows(rows):
    different = []
    result = []
    for row in rows:
        values = tuple(row)
        try:
            values = different[different.index(values)]
        except ValueError:
            different.append(values)
        result.append(values)
    return result


def index_by(rows, columns):
    rows = [tuple(row) for row in rows]

    def key(row):
        return tuple(map(row.__getitem__, columns))

    keys = {key(row) for row in rows}
    return {one: tuple(filter(lambda row, one=one: key(row) == one, rows)) for one in keys}


def container_bytes(values):
    values = list(values)
    return dict(list=getsizeof(list(values)), tuple=getsizeof(tuple(values)))
