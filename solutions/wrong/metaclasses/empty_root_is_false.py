# Mistake: `or` is used to find the root, but a class of length 0 is false, so each first class founds a family. Caught by: test_root_answers_for_its_family
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, name, bases, namespace, *, abstract=False, **keywords):
        super().__init__(name, bases, namespace)
        cls._classes = {}
        cls._root = getattr(cls, "_root", None) or cls
        if abstract:
            return
        key = namespace.get("key")
        if not isinstance(key, str) or not key:
            raise TypeError(f"{name} has no key")
        if not callable(getattr(cls, "run", None)):
            raise TypeError(f"{name} cannot run")
        if key in cls._root._classes:
            raise TypeError(f"the key {key!r} is taken")
        cls._root._classes[key] = cls

    def __getitem__(cls, key):
        return cls._branch()[key]

    def __len__(cls):
        return len(cls._branch())

    def __iter__(cls):
        return iter(cls._branch())

    def __contains__(cls, key):
        return key in cls._branch()

    def _branch(cls):
        return {key: one for key, one in cls._root._classes.items() if issubclass(one, cls)}


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
