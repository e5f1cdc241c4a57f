# Also right: a copy made by hand instead of `deepcopy`, and a list of steps that undo what `SetAttr` has done.
class Abort(Exception):
    pass


def copied(value):
    if type(value) is list:
        return [copied(item) for item in value]
    if type(value) is tuple:
        return tuple(copied(item) for item in value)
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    return value


class Transaction:
    def __init__(self, store):
        self.store = store
        self.before = None

    def __enter__(self):
        # Each block keeps the copy of the block around it.
        self.before = (copied(self.store), self.before)
        return self.store

    def __exit__(self, kind, error, traceback):
        content, self.before = self.before
        if kind is None:
            return None
        for key in list(self.store):
            del self.store[key]
        for key, value in content.items():
            self.store[key] = value
        return issubclass(kind, Abort)


class SetAttr:
    def __init__(self, target, /, **values):
        self.target = target
        self.values = values
        self.undo = []

    def __enter__(self):
        steps = []
        for name, value in self.values.items():
            if name in self.target.__dict__:
                steps.append((name, [self.target.__dict__[name]]))
            else:
                steps.append((name, []))
            setattr(self.target, name, value)
        self.undo.append(steps)
        return self.target

    def __exit__(self, *_):
        for name, old in self.undo.pop():
            self.target.__dict__.pop(name, None)
            if old:
                setattr(self.target, name, old[0])
