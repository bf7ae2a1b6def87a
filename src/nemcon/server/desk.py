"""What is served: opened once, opened again when it changes, with the answers already given."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock, RLock
from typing import TypeVar

from nemcon.load import Asked, load
from nemcon.load.knowledge import Knowledge
from nemcon.load.roll_calls import is_table
from nemcon.load.stamp import Stamp, stamp
from nemcon.server.pieces import Pieces
from nemcon.server.tables import Tables

KEPT = 400
"""How many answers are kept; the one that was not asked for longest goes first."""

KNOWN = 3
"""For how many times what was known then is kept, with all that was worked out of it."""

COLLECTING = (10_000, 20, 50)
"""After how much that was made the collector of garbage looks at it, and how seldom at all."""

PIECES = 4_000
"""How many rows and words of pages are kept as they are written."""

_T = TypeVar("_T")


def now() -> datetime:
    """The machine's clock, in UTC, to the minute: an answer of a live record is kept that long."""
    return datetime.now(UTC).replace(second=0, microsecond=0)


def settle() -> None:
    """Have the collector of garbage pass over what is there now: it was opened to stay, and nothing
    in it is garbage. What is worked out of it stays for a while, too: that is looked at seldom.
    """
    gc.set_threshold(*COLLECTING)
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Desk:
    """The reports, files or record that a server was started with.

    One thread at a time opens and works out; what was worked out is handed to all of them.
    """

    def __init__(
        self, names: Sequence[str], *, body: str = "", clock: Callable[[], datetime] = now
    ) -> None:
        self.tables = Tables([name for name in names if is_table(name)])
        self.names = tuple(name for name in names if not is_table(name))
        self.body, self.clock = body, clock
        self.working = RLock()
        self._found: Asked | None = None
        self._stamp: Stamp = ()
        self._earlier: tuple[datetime, Asked] | None = None
        self._kept: OrderedDict[object, object] = OrderedDict()
        self._known: OrderedDict[object, Knowledge] = OrderedDict()
        self._keeping = Lock()
        self.pieces = Pieces(PIECES)

    def opened(self) -> Asked:
        """Everything behind the names, as it is now. Raises `LoadError` or `RecordError`."""
        found, _ = self.current()
        return found

    def current(self, recorded: datetime | None = None) -> tuple[Asked, Stamp]:
        """What was opened, and the stamp that it was opened under.

        With `recorded` a record as it stood then. Raises `LoadError` for that of files.
        """
        with self.working:
            seen = stamp(self.names)
            if self._found is None or seen != self._stamp:
                self._found = load(self.names, self.clock(), body=self.body)
                self._stamp, self._earlier = seen, None
                self._forget()
                settle()
            if recorded is not None:
                return replace(self._at(recorded), now=self.clock()), seen
            found = self._found.at_time(self.clock()) if self._found.live else self._found
            return found, seen

    def _at(self, recorded: datetime) -> Asked:
        """What the record held then; that of the instant asked about last is kept."""
        if self._earlier is None or self._earlier[0] != recorded:
            found = load(self.names, self.clock(), body=self.body, recorded=recorded)
            self._earlier = recorded, found
        return self._earlier[1]

    def answer(self, key: object, work: Callable[[], _T]) -> _T:
        """What `work` gives, kept under `key`, which names everything that it depends on."""
        kept = self._kept_under(key)
        if kept is None:
            with self.working:
                kept = self._kept_under(key)
                if kept is None:
                    kept = work()
                    self._keep(key, kept)
        return kept  # type: ignore[return-value]

    def knowledge(self, key: object, work: Callable[[], Knowledge]) -> Knowledge:
        """What was known at one time, under a key that names that time and what was opened. Few are
        kept, as each holds what was worked out of everything that is known.
        """
        with self.working:
            if key not in self._known:
                self._known[key] = work()
            self._known.move_to_end(key)
            while len(self._known) > KNOWN:
                self._known.popitem(last=False)
            return self._known[key]

    def put(self, key: object, value: object) -> None:
        """Keep an answer that was worked out elsewhere."""
        self._keep(key, value)

    def holds(self, key: object) -> bool:
        """Whether the answer under `key` is at hand."""
        with self._keeping:
            return key in self._kept

    def _kept_under(self, key: object) -> object | None:
        with self._keeping:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def _keep(self, key: object, value: object) -> None:
        with self._keeping:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _forget(self) -> None:
        self._known.clear()
        with self._keeping:
            self._kept.clear()
