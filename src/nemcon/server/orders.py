"""What waits to be worked out: few at a time, the one that was asked about last comes first."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

MOST = 16
"""How many wait at most; the one that nobody asked about for longest gives way."""

LINGER = 15.0
"""Seconds after which nobody seems to wait any more: a page asks again every five."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Order(Generic[_T]):
    """Something to be worked out, worth it until then on the monotonic clock."""

    what: _T
    until: float


class Orders(Generic[_T]):
    """Each under its key. `now` is the time on the monotonic clock."""

    def __init__(self) -> None:
        self._orders: OrderedDict[object, _Order[_T]] = OrderedDict()

    def put(self, key: object, what: _T, now: float, seconds: float) -> list[object]:
        """Somebody asks, and waits so many seconds before asking again; which keys give way."""
        self._orders[key] = _Order(what, now)
        self.asked(key, now, seconds)
        over = len(self._orders) - MOST
        return [self._orders.popitem(last=False)[0] for _ in range(over)]

    def asked(self, key: object, now: float, seconds: float) -> None:
        """Somebody asks about `key` again; nothing where it does not wait."""
        if key in self._orders:
            before = self._orders.pop(key)
            until = max(before.until, now + seconds + LINGER)
            self._orders[key] = replace(before, until=until)

    def next(self) -> tuple[object, _T] | None:
        """Take what was asked about last, with its key; None where nothing waits."""
        if not self._orders:
            return None
        key, order = self._orders.popitem()
        return key, order.what

    def stale(self, now: float) -> list[object]:
        """Drop what nobody asked about any more; which keys that were."""
        gone = [key for key, order in self._orders.items() if order.until < now]
        for key in gone:
            del self._orders[key]
        return gone
