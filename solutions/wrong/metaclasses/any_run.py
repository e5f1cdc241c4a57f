# Mistake: it is enough that the class has something called `run`, even if it cannot be called. Caught by: test_mistakes_raise_type_error
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, name, bases, namespace, *, abstract=False, **keywords):
        super().__init__(name, bases, namespace)
        if not any(isinstance(base, PluginMeta) for base in bases):
            cls._family = {}
        if abstract:
            return
        key = namespace.get("key")
        if not isinstance(key, str) or not key:
            raise TypeError(f"{name} has no key")
        if not hasattr(cls, "run"):
            raise TypeError(f"{name} cannot run")
        if key in cls._family:
            raise TypeError(f"the key {key!r} is taken")
        cls._family[key] = cls

    def __getitem__(cls, key):
        return cls._branch()[key]

    def __len__(cls):
        return len(cls._branch())

    def __iter__(cls):
        return iter(cls._branch())

    def __contains__(cls, key):
        return key in cls._branch()

    def _branch(cls):
        return {key: one for key, one in cls._family.items() if issubclass(one, cls)}


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
