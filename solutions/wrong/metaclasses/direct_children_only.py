# Mistake: a class answers for itself and the classes that name it as a base, but not for those further down. Caught by: test_inner_classes_answer_for_their_branch
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, name, bases, namespace, *, abstract=False, **keywords):
        super().__init__(name, bases, namespace)
        if not any(isinstance(base, PluginMeta) for base in bases):
            cls._family = {}
            cls._root = cls
        if abstract:
            return
        key = namespace.get("key")
        if not isinstance(key, str) or not key:
            raise TypeError(f"{name} has no key")
        if not callable(getattr(cls, "run", None)):
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
        return {
            key: one for key, one in cls._family.items() if cls in (one, cls._root, *one.__bases__)
        }


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
