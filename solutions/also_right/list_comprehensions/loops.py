# Also right: nested loops that append, and no comprehension at all.
"""Three functions that build lists, item by item."""


def grid(width, height, cell):
    rows = []
    for y in range(height):
        row = []
        for x in range(width):
            row.append(cell(x, y))
        rows.append(row)
    return rows


def transpose(rows, fill=None):
    columns = []
    x = 0
    while any(x < len(row) for row in rows):
        column = []
        for row in rows:
            if x < len(row):
                column.append(row[x])
            else:
                column.append(fill)
        columns.append(column)
        x += 1
    return columns


def map_above(func, items, threshold):
    results = []
    for item in items:
        result = func(item)
        if result > threshold:
            results.append(result)
    return results
