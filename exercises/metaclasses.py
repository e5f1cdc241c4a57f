"""# Classes that register themselves

Level: Advanced

A program that reads many file formats has a class for each, and needs to find the
right one by a short name. Nobody should have to keep a list of these classes by hand:
write a metaclass, `PluginMeta`, that checks and registers classes at the moment they
are created.

    >>> class Reader(Plugin, abstract=True):
    ...     def run(self, text):
    ...         return text.split(self.separator)
    >>> class Table(Reader):
    ...     key = "csv"
    ...     separator = ","
    >>> class Paths(Reader):
    ...     key = "path"
    ...     separator = "/"
    >>> class Shout(Plugin):
    ...     key = "shout"
    ...     def run(self, text):
    ...         return text.upper()

    >>> list(Plugin)
    ['csv', 'path', 'shout']
    >>> Plugin["csv"] is Table
    True
    >>> Plugin["csv"]().run("a,b")
    ['a', 'b']
    >>> list(Reader), len(Reader), "path" in Reader, "shout" in Reader
    (['csv', 'path'], 2, True, False)

    >>> class Broken(Table):
    ...     separator = ";"
    Traceback (most recent call last):
        ...
    TypeError: Broken must set a key of its own
    >>> len(Plugin)
    3

## Families

A class that is made with `PluginMeta`, and has no base that was made with it, is the
*root* of a new family. Every class derived from a root, over however many steps,
belongs to its family. `Plugin` is one root; `class Other(metaclass=PluginMeta)` makes
another, whose family knows nothing of `Plugin`'s: the same key may occur in both. A
root may be abstract or not. You may assume that no class is derived from two roots.

## Which classes are registered

A class made with the keyword `abstract=True` is neither checked nor registered,
whatever is in its body; a `key` in it takes nothing away from other classes. The
keyword holds for that one class and is not inherited: a class without it, or with
`abstract=False`, is *concrete*.

A concrete class, also when it is a root, must

* set `key` in its own body, to a `str` that is not empty. An inherited `key`, or one
  of another type (`None`, a number, bytes), will not do;
* have a `run`, of its own or inherited from any of its bases (plugins or not), so
  that what `TheClass.run` gives is callable. It does not matter how it was made: by
  `def`, `lambda`, `staticmethod`, `classmethod`, ... But `run = None` in a class
  hides the inherited one;
* have a key that no registered class of the same family has.

If it breaks one of these rules, creating it raises `TypeError`. The wording is yours.

A class that could not be created leaves no trace: afterwards the keys, their order,
the length and every lookup are as they were, and its key is still free, if it was
free before. This holds, too, when creating the class fails for some other reason (a
`__slots__` that Python refuses with `ValueError`, say). Such an exception passes on
as it is.

Making instances of a class registers nothing.

## What a class of the family can be asked

Call a class that is asked `C`. It answers for the registered classes that are `C`
itself or derived from `C`, and for no others. So a root answers for its whole family,
and a class in the middle for its own branch. A class with several bases is found from
each of them.

* `C[key]` is the class itself. A key that `C` does not answer for raises `KeyError`.
* `len(C)` is their number.
* `key in C` is True or False.
* `iter(C)` goes over the keys in the order in which the classes were defined.

`C[x]` and `x in C` take any hashable `x`, not only text: `7` is just an unknown key.

## All the rest is as usual

* Instances are created as usual, with the arguments that the class's `__init__`
  takes.
* A class may have bases that are no plugins (`class Table(Plugin, dict)`), before or
  after the plugin among its bases.
* Other keywords in a class statement, as in `class Table(Plugin, size=3)`, reach
  `__init_subclass__` as they do for any class. The keyword `abstract` does not reach
  it.

You may put the work into `__new__`, into `__init__`, or into both.
"""

from collections.abc import Iterator
from typing import Any


class PluginMeta(type):
    """Checks and registers the classes of a family when they are created."""

    def __new__(
        mcls,
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        abstract: bool = False,
        **keywords: Any,
    ) -> "PluginMeta":
        """Create a class; unless it is abstract, check and register it."""
        # Unfinished: it makes any class, so that `Plugin` below can be made.
        return super().__new__(mcls, name, bases, namespace)

    def __getitem__(cls, key: str) -> "PluginMeta":
        """Return the class with that key; raise KeyError if there is none."""
        raise NotImplementedError

    def __len__(cls) -> int:
        """Return how many registered classes this class answers for."""
        raise NotImplementedError

    def __iter__(cls) -> Iterator[str]:
        """Iterate over the keys, in order of definition."""
        raise NotImplementedError

    def __contains__(cls, key: object) -> bool:
        """Tell whether this class answers for a class with that key."""
        raise NotImplementedError


class Plugin(metaclass=PluginMeta, abstract=True):
    """The root of a family of plugins."""
