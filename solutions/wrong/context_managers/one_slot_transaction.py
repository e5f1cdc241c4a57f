# Mistake: one attribute holds the snapshot, and entering the object again overwrites it. Caught by: test_one_transaction_used_again
"""Two context managers: changes to a dict that are rolled back, attributes that are lent."""

from copy import deepcopy
from types import TracebackType
from typing import Any


class Abort(Exception):
    """Ends a `Transaction` without changes, and then the program continues."""


class Transaction:
    """Keeps the changes that a block makes to a dict, or takes all of them back."""

    def __init__(self, store: dict[Any, Any]) -> None:
        """Get ready for blocks that work on `store`."""
        self._store = store
        self._snapshot: dict[Any, Any] = {}

    def __enter__(self) -> dict[Any, Any]:
        """Begin a block and return the store."""
        self._snapshot = deepcopy(self._store)
        return self._store

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        """End a block: after an exception go back, and let all but `Abort` go on."""
        if error is None:
            return False
        # Emptied first, so that the keys come back in their old order.
        self._store.clear()
        self._store.update(deepcopy(self._snapshot))
        return isinstance(error, Abort)


class SetAttr:
    """Sets attributes of an object for as long as a block lasts."""

    def __init__(self, target: Any, **values: Any) -> None:
        """Get ready for blocks in which `target` has these attributes."""
        self._target = target
        self._values = values
        self._old_values: list[dict[str, Any]] = []  # one for each open block, innermost last

    def __enter__(self) -> Any:
        """Begin a block: set the attributes and return the target."""
        # What the class offers is no value of the instance, so only its own are looked at.
        own = vars(self._target)
        self._old_values.append({name: own[name] for name in self._values if name in own})
        for name, value in self._values.items():
            setattr(self._target, name, value)
        return self._target

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End a block: put the attributes back as they were."""
        old_values = self._old_values.pop()
        for name in self._values:
            if name in old_values:
                setattr(self._target, name, old_values[name])
            elif name in vars(self._target):  # the block may have deleted it
                delattr(self._target, name)
