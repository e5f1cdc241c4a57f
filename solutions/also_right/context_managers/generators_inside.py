# Also right: each block is a generator-based context manager from `contextlib`, and the object holds a stack of those that are open.
import pickle
from contextlib import contextmanager


class Abort(Exception):
    """Ends a block without changes."""


class Stacked:
    """Opens what `block` gives for each `with`, and closes it in reverse order."""

    def __enter__(self):
        block = self.block()
        result = block.__enter__()
        self.__dict__.setdefault("open", []).append(block)
        return result

    def __exit__(self, *details):
        return self.open.pop().__exit__(*details)


class Transaction(Stacked):
    def __init__(self, store):
        self.store = store

    @contextmanager
    def block(self):
        frozen = pickle.dumps(self.store)
        done = False
        try:
            yield self.store
            done = True
        except Abort:
            pass
        finally:
            if not done:
                self.store.clear()
                self.store |= pickle.loads(frozen)


class SetAttr(Stacked):
    def __init__(self, target, **values):
        self.target, self.values = target, values

    @contextmanager
    def block(self):
        attributes = vars(self.target)
        old = {name: attributes.get(name) for name in self.values}
        missing = self.values.keys() - attributes.keys()
        attributes.update(self.values)
        try:
            yield self.target
        finally:
            attributes.update(old)
            for name in missing:
                del attributes[name]
