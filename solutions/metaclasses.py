"""Classes that register themselves: a metaclass keeps a register for each family."""

from collections.abc import Iterator
from typing import Any


class PluginMeta(type):
    """Checks and registers the classes of a family when they are created."""

    # Key to class, in order of definition. One dictionary for each family: it is set on the
    # root, and the other classes of the family inherit it.
    __family: dict[str, "PluginMeta"]

    def __new__(
        mcls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        abstract: bool = False,
        **keywords: Any,
    ) -> "PluginMeta":
        """Create a class; `abstract` is meant for `__init__` and goes no further."""
        return super().__new__(mcls, name, bases, namespace, **keywords)

    def __init__(
        cls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        abstract: bool = False,
        **keywords: Any,
    ) -> None:
        """Check and register the class that was created, unless it is abstract."""
        super().__init__(name, bases, namespace)
        if not any(isinstance(base, PluginMeta) for base in bases):
            cls.__family = {}
        if not abstract:
            key = cls.__checked_key(namespace)
            cls.__family[key] = cls

    def __getitem__(cls, key: str) -> "PluginMeta":
        """Return the class with that key; raise KeyError if there is none."""
        return cls.__branch()[key]

    def __len__(cls) -> int:
        """Return how many registered classes this class answers for."""
        return len(cls.__branch())

    def __iter__(cls) -> Iterator[str]:
        """Iterate over the keys, in order of definition."""
        return iter(cls.__branch())

    def __contains__(cls, key: object) -> bool:
        """Tell whether this class answers for a class with that key."""
        return key in cls.__branch()

    def __checked_key(cls, namespace: dict[str, Any]) -> str:
        """Return the key to register the class under; raise TypeError if it breaks a rule."""
        key = namespace.get("key")
        if not isinstance(key, str) or not key:
            raise TypeError(f"{cls.__name__} must set a key of its own")
        if not callable(getattr(cls, "run", None)):
            raise TypeError(f"{cls.__name__} must have a method run")
        if key in cls.__family:
            raise TypeError(f"{cls.__name__} repeats the key {key!r}")
        return key

    def __branch(cls) -> dict[str, "PluginMeta"]:
        """Return the part of the family's register that this class answers for."""
        return {key: plugin for key, plugin in cls.__family.items() if issubclass(plugin, cls)}


class Plugin(metaclass=PluginMeta, abstract=True):
    """The root of a family of plugins."""
