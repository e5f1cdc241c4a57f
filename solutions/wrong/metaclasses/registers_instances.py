# Mistake: a class is registered when an instance of it is made, not when it is created. Caught by: test_root_answers_for_its_family
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(cls, name, bases, namespace, *, abstract=False, **keywords):
        super().__init__(name, bases, namespace)
        if not any(isinstance(base, PluginMeta) for base in bases):
            cls._family = {}
            cls._known = []
        if abstract:
            return
        key = namespace.get("key")
        if not isinstance(key, str) or not key:
            raise TypeError(f"{name} has no key")
        if not callable(getattr(cls, "run", None)):
            raise TypeError(f"{name} cannot run")
        if any(one.key == key for one in cls._known):
            raise TypeError(f"the key {key!r} is taken")
        cls._known.append(cls)

    def __call__(cls, *arguments, **keywords):
        instance = super().__call__(*arguments, **keywords)
        cls._family[cls.key] = cls
        return instance

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
