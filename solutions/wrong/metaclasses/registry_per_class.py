# Mistake: each class has a registry of its own, and only the root's is filled, so inner classes see nothing. Caught by: test_inner_classes_answer_for_their_branch
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, name, bases, namespace, *, abstract=False, **keywords):
        super().__init__(name, bases, namespace)
        cls.registry = {}
        if abstract:
            return
        root = [one for one in cls.__mro__ if isinstance(one, PluginMeta)][-1]
        key = namespace.get("key")
        if not isinstance(key, str) or not key:
            raise TypeError(f"{name} has no key")
        if not callable(getattr(cls, "run", None)):
            raise TypeError(f"{name} cannot run")
        if key in root.registry:
            raise TypeError(f"the key {key!r} is taken")
        root.registry[key] = cls

    def __getitem__(cls, key):
        return cls.registry[key]

    def __len__(cls):
        return len(cls.registry)

    def __iter__(cls):
        return iter(cls.registry)

    def __contains__(cls, key):
        return key in cls.registry


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
