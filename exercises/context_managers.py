"""# Roll back on failure

Level: Intermediate

A `with` statement promises that something happens at the end of its block, however the
block ends. In this exercise you write two classes whose objects can stand after `with`:
one that takes changes to a dict back when something goes wrong, and one that sets
attributes for as long as a block lasts. You may add functions, methods and classes of
your own, and you may import from the standard library.

## `Transaction(store)`: all changes or none

`store` is a dict. Entering the block gives that very dict, not a copy:

    >>> stock = {"apples": 3, "pears": [1, 2]}
    >>> with Transaction(stock) as inside:
    ...     inside["apples"] = 2
    >>> stock
    {'apples': 2, 'pears': [1, 2]}

* When the block ends without an exception, all changes stay.
* When an exception leaves the block, the dict gets back the content that it had when
  the block was entered: the same keys in the same order, with equal values of the same
  types. It is the same dict object as before, so everybody who holds it sees the old
  content.

      >>> with Transaction(stock) as inside:
      ...     del inside["apples"]
      ...     inside["apples"] = 0
      ...     inside["pears"].append(3)
      ...     raise ValueError("no more bags")
      Traceback (most recent call last):
      ...
      ValueError: no more bags
      >>> stock
      {'apples': 2, 'pears': [1, 2]}

* This holds at any depth. Keys are strings and ints; values are None, bools, ints,
  strings, and lists, tuples and dicts of values, nested in any way. Changes inside a
  list or dict that lies somewhere in the store (in a tuple, say) are taken back, too.
  Afterwards the lists and dicts inside need not be the same objects, only equal ones.
* Then the exception goes on to the caller: the same exception object, not another one
  like it. This holds for every exception, also for those that are no `Exception`, such
  as `KeyboardInterrupt` and `SystemExit`.
* Only `Abort`, which you find below, does not go on: after the rollback it is
  over, and the program continues after the block. The same holds for exceptions of a
  class derived from `Abort`.

      >>> with Transaction(stock) as inside:
      ...     inside.clear()
      ...     raise Abort
      >>> stock
      {'apples': 2, 'pears': [1, 2]}

* Transactions on the same dict can be nested. Each one goes back to what it found when
  it was entered, so an inner one that fails leaves the earlier changes of the outer one
  alone, and an outer one that fails takes back the changes of the inner ones as well.

## `SetAttr(target, **values)`: for the time being

Entering the block sets the given attributes of `target` and gives `target` itself. When
the block is over, these attributes are again as they were when it was entered:

    >>> class Player:
    ...     volume = 5
    >>> player = Player()
    >>> player.title = "Intro"
    >>> with SetAttr(player, title="Outro", volume=9, muted=True) as inside:
    ...     print(inside is player, player.title, player.volume, player.muted)
    True Outro 9 True
    >>> player.title, player.volume, hasattr(player, "muted")
    ('Intro', 5, False)

* An attribute that the instance had (`title`) gets its old value back: that very
  object, not a copy, also when it is `None`.
* An attribute that the instance did not have is removed from the instance again. That
  includes one which it only sees through its class (`volume`): afterwards it is not in
  the instance's own `__dict__`, and when the class attribute changes, the instance sees
  the new value. The class and its other instances never notice anything.

      >>> vars(player)
      {'title': 'Intro'}

* All this happens whatever the block does: when it sets the attributes to something
  else, when it deletes them, and when an exception leaves it.
* `SetAttr` lets every exception go on to the caller, `Abort` too.
* Attributes of the target that were not given are none of its business: what the block
  does to them stays.

Targets are instances of ordinary classes: their attributes live in `__dict__`, and the
given attributes are no properties and the like.

## Again and again

Making an object of either class changes nothing and remembers nothing of the content or
the old values; that happens when a block is entered. The same object can stand after
`with` as often as one likes, also inside a block of its own, and so on to any depth.
The end of a block always goes back to what was there when *that* block was entered:

    >>> loud = SetAttr(player, volume=11)
    >>> with loud:
    ...     player.volume = 12
    ...     with loud:
    ...         print(player.volume)
    ...     print(player.volume)
    11
    12
    >>> player.volume
    5
    >>> change = Transaction(stock)
    >>> with change:
    ...     stock["apples"] = 1
    ...     with change:
    ...         stock["apples"] = 0
    ...         raise Abort
    >>> stock["apples"]
    1
"""

from types import TracebackType
from typing import Any


class Abort(Exception):
    """Ends a `Transaction` without changes, and then the program continues.

    This class is complete as it is.
    """


class Transaction:
    """Keeps the changes that a block makes to a dict, or takes all of them back."""

    def __init__(self, store: dict[Any, Any]) -> None:
        """Get ready for blocks that work on `store`."""
        raise NotImplementedError

    def __enter__(self) -> dict[Any, Any]:
        """Begin a block and return the store."""
        raise NotImplementedError

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        """End a block: after an exception go back, and let all but `Abort` go on."""
        raise NotImplementedError


class SetAttr:
    """Sets attributes of an object for as long as a block lasts."""

    def __init__(self, target: Any, **values: Any) -> None:
        """Get ready for blocks in which `target` has these attributes."""
        raise NotImplementedError

    def __enter__(self) -> Any:
        """Begin a block: set the attributes and return the target."""
        raise NotImplementedError

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End a block: put the attributes back as they were."""
        raise NotImplementedError
