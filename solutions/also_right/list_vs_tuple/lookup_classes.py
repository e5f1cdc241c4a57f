# Also right: a dict that fills itself, `itemgetter` with its special cases, and lists that are measured.
import sys
from collections import defaultdict
from operator import itemgetter


class Known(dict):
    def __missing__(self, row):
        self[row] = row
        return row


def intern_rows(rows):
    known = Known()
    return [known[tuple(row)] for row in rows]


def key_function(columns):
    if not columns:
        return lambda row: ()
    if len(columns) == 1:
        return lambda row: (row[columns[0]],)
    return itemgetter(*columns)


def index_by(rows, columns):
    key_of = key_function(columns)
    index = defaultdict(tuple)
    for row in map(tuple, rows):
        index[key_of(row)] += (row,)
    return index


def container_bytes(values):
    grown = []
    grown.extend(values)
    sizes = {}
    for kind in (list, tuple):
        sizes[kind.__name__] = sys.getsizeof(kind(grown))
    return sizes
