# Also right: the grid is cut from one flat list, the columns come by recursion, and a generator filters.
"""Three functions, each with another idea than rows in a loop."""


def grid(width, height, cell):
    flat = [cell(number % width, number // width) for number in range(width * height)]
    return [flat[y * width : (y + 1) * width] for y in range(height)]


def transpose(rows, fill=None):
    if not any(rows):
        return []
    first_column = [(row or [fill])[0] for row in rows]
    return [first_column, *transpose([row[1:] for row in rows], fill)]


def map_above(func, items, threshold):
    def greater_results():
        for item in items:
            result = func(item)
            if result > threshold:
                yield result

    return [*greater_results()]
