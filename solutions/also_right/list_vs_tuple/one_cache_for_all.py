# Also right: all tuples ever made are kept in one cache of the module.
import functools
import sys


@functools.cache
def the_one(*values):
    return values


def intern_rows(rows):
    return [the_one(*row) for row in rows]


def index_by(rows, columns):
    index = {}
    for row in rows:
        key = ()
        for column in columns:
            key += (row[column],)
        index[key] = (*index.get(key, ()), the_one(*row))
    return index


def container_bytes(values):
    as_tuple = (*values,)
    as_list = list(as_tuple)
    return {"tuple": sys.getsizeof(as_tuple), "list": sys.getsizeof(as_list)}
