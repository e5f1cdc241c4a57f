# Also right: one ordered list of all classes that passed the checks; families and branches are found by `issubclass` when they are asked for.
registered = []


def root_of(cls):
    """Return the topmost class above `cls` that was made with the metaclass."""
    return [base for base in cls.__mro__ if isinstance(base, PluginMeta)][-1]


class PluginMeta(type):
    def __new__(mcls, name, bases, namespace, abstract=False, **keywords):
        made = super().__new__(mcls, name, bases, namespace, **keywords)
        if not abstract:
            key = namespace.get("key", "")
            if not (isinstance(key, str) and key):
                raise TypeError(f"{name} has no key")
            if not callable(getattr(made, "run", None)):
                raise TypeError(f"{name} cannot run")
            if key in list(root_of(made)):
                raise TypeError(f"there is a {key!r} already")
            registered.append((key, made))
        return made

    def __init__(cls, name, bases, namespace, **keywords):
        super().__init__(name, bases, namespace)

    def __iter__(cls):
        return (key for key, _ in cls._pairs())

    def __len__(cls):
        return sum(1 for _ in cls._pairs())

    def __contains__(cls, key):
        return any(key == one for one in cls)

    def __getitem__(cls, key):
        for one, plugin in cls._pairs():
            if one == key:
                return plugin
        raise KeyError(key)

    def _pairs(cls):
        return [(key, plugin) for key, plugin in registered if issubclass(plugin, cls)]


class Plugin(metaclass=PluginMeta, abstract=True):
    pass
