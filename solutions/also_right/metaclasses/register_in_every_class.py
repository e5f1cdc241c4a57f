# Also right: every class has a dict of its own, and a new class enters itself in those of all classes it is derived from.
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        return type.__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, name, bases, namespace, *, abstract=False, **keywords):
        type.__init__(cls, name, bases, namespace)
        cls._register = {}
        if abstract:
            return
        key = vars(cls).get("key")
        family = [one for one in cls.mro() if isinstance(one, PluginMeta)]
        problem = cls._problem(key, family[-1])
        if problem is not None:
            raise TypeError(problem)
        for one in family:
            one._register[key] = cls

    def _problem(cls, key, root):
        if not isinstance(key, str) or key == "":
            return "a plugin needs a key, which is text"
        if key in root._register:
            return f"the key {key} is taken"
        for one in cls.__mro__:
            if "run" in one.__dict__:
                return None if callable(getattr(cls, "run")) else "run cannot be called"
        return "a plugin needs a run"

    def __getitem__(cls, key):
        return cls._register[key]

    def __len__(cls):
        return len(cls._register)

    def __iter__(cls):
        yield from cls._register

    def __contains__(cls, key):
        return key in cls._register.keys()


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
