# Mistake: the key is taken before Python has created the class, and stays taken when that fails. Caught by: test_failed_classes_leave_no_trace
class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, *, abstract=False, **keywords):
        families = [base._family for base in bases if isinstance(base, PluginMeta)]
        family = families[0] if families else {}
        key = namespace.get("key")
        if not abstract:
            if not isinstance(key, str) or not key:
                raise TypeError(f"{name} has no key")
            if key in family:
                raise TypeError(f"the key {key!r} is taken")
            family[key] = None
        cls = super().__new__(mcls, name, bases, namespace, **keywords)
        cls._family = family
        if not abstract:
            if not callable(getattr(cls, "run", None)):
                del family[key]
                raise TypeError(f"{name} cannot run")
            family[key] = cls
        return cls

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
            key: one for key, one in cls._family.items() if one is not None and issubclass(one, cls)
        }


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
