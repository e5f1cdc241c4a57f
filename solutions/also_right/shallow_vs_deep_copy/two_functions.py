# Also right: one function for a depth and one for everything, the latter with a stack and no recursion for lists and dicts.
def clone(value, depth=None):
    return everything(value) if depth is None else some_levels(value, depth)


def some_levels(value, depth):
    if depth <= 0:
        return value
    match value:
        case list():
            return [some_levels(item, depth - 1) for item in value]
        case tuple():
            return (*(some_levels(item, depth - 1) for item in value),)
        case dict():
            return {key: some_levels(item, depth - 1) for key, item in value.items()}
    return value


def everything(value):
    twins = {}
    unfilled = []

    def twin(item):
        if type(item) is tuple:
            return tuple(map(twin, item))
        if type(item) not in (list, dict):
            return item
        if id(item) not in twins:
            twins[id(item)] = type(item)()
            unfilled.append(item)
        return twins[id(item)]

    outermost = twin(value)
    while unfilled:
        item = unfilled.pop()
        if type(item) is list:
            twins[id(item)].extend(map(twin, item))
        else:
            for key in item:
                twins[id(item)][key] = twin(item[key])
    return outermost
