"""What the user asks about: entries with their places and texts, whatever they were read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection, Source
from nemcon.findings import Finding, Place, placed
from nemcon.state import LastNews, Logged, Standing, State, known_day, standing
from nemcon.when import When
from nemcon.worlds.kept import Kept

if TYPE_CHECKING:
    from nemcon.reading import Reading

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """Everything that was read.

    `items` come from the user's files or record, `packed` from the built-in packs that they need.
    `live` is true for a record; else proposals of reports count as confirmed. `texts` holds the
    text of each source by name, `places` where each entry stands. `waiting` are entries of an
    exported record that were only proposed there: they do not count. `left_out` names the matter
    ("": none) of each entry that was left out for an error.
    """

    items: tuple[Logged, ...]
    packed: tuple[Logged, ...]
    packs: tuple[str, ...]
    texts: Mapping[str, str]
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]
    now: datetime
    live: bool = False
    reading: Reading | None = None
    sealed: int = 0
    erased: int = 0
    waiting: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()

    def state(
        self,
        on: When | None = None,
        known: When | None = None,
        *,
        recorded: datetime | None = None,
        proposed: bool = False,
    ) -> State:
        """The state at `on` (else the default) as known at `known`."""
        counting = proposed or not self.live
        if recorded is None:
            found = self._standing(proposed=counting)
        else:
            found = standing(self._counting, recorded=recorded, proposed=counting)
        state = found.at(on or self.on, known, self.sealed, self.erased)
        return replace(state, findings=placed(state.findings, self.places), left_out=self.left_out)

    def at_time(self, now: datetime) -> Asked:
        """The same, asked at another time, with what was worked out of it."""
        other = replace(self, now=now)
        other.__dict__.update(held=self.held, _standings=self._standings)
        return other

    def last_news(self, *, proposed: bool = False) -> LastNews:
        """When what counts became known."""
        return self._standing(proposed=proposed or not self.live).news

    def _standing(self, *, proposed: bool) -> Standing:
        if proposed not in self._standings:
            self._standings[proposed] = standing(self._counting, proposed=proposed)
        return self._standings[proposed]

    @cached_property
    def _standings(self) -> dict[bool, Standing]:
        """What stands, with proposals and without, as far as it was asked for."""
        return {}

    @property
    def _counting(self) -> tuple[Logged, ...]:
        """What counts, as far as it is known, confirmed and not corrected."""
        return (*(i for i in self.items if i.entry.id not in self.waiting), *self.packed)

    @cached_property
    def held(self) -> frozenset[str]:
        """The ids of everything that was read, whether it counts or not."""
        return frozenset(item.entry.id for item in (*self.items, *self.packed))

    @property
    def on(self) -> When:
        """The date that is meant where none is given: now for a record, else the latest source."""
        if self.live:
            zone = State(((*(i.entry for i in (*self.items, *self.packed)),),), _ANY).zone
            return When.parse(self.now.astimezone(zone).replace(microsecond=0).isoformat())
        return When.day(self._latest_source() or self._latest_known() or self.now.date())

    def known_until(self, state: State, matter: str = "", kept: Kept | None = None) -> date | None:
        """How far the entries know (those that bear on `matter`): the latest day one became known.

        Those of a pack count only as far as `on`: it may tell of years that nobody asked about.
        Confirming or correcting what a source said tells nothing new of the world.
        """
        asked = state.on.last_day(state.zone)
        key = ("known until", matter)
        own, packed = (kept or Kept()).whenever(state, key, lambda: self._told(state, matter))
        past = (day for day in packed if asked and day <= asked)
        return max((*own, *past), default=None)

    def _told(self, state: State, matter: str) -> tuple[set[date], set[date]]:
        """The days on which what bears on a matter became known: as given, and from packs."""
        ids = {item.entry.id for item in self.items}
        own: set[date] = set()
        packed: set[date] = set()
        for entry in _bearing(state, matter):
            if day := state.known_day(entry):
                (own if entry.id in ids else packed).add(day)
        return own, packed

    def _latest_source(self) -> date | None:
        dates = (i.entry.date.last_day() for i in self.items if isinstance(i.entry, Source))
        return max(filter(None, dates), default=None)

    def _latest_known(self) -> date | None:
        """The latest day on which something here was known; what only lies ahead is left out."""
        days = (known_day(item.entry, {}, _UTC) for item in self.items)
        return max((day for day in days if day and day <= self.now.date()), default=None)


def _bearing(state: State, matter: str) -> Iterator[AnyEntry]:
    """The entries that may bear on a matter: none of another, nor sources that only those cite."""
    said = [e for e in state.entries if not isinstance(e, Confirmation | Correction | Rejection)]
    about = [e for e in said if not matter or e.matter in ("", matter)]
    elsewhere = {e.source for e in said} - {e.source for e in about}
    return (e for e in about if not (isinstance(e, Source) and e.name in elsewhere))


_ANY = When.parse("../..")
_UTC = State(((),), _ANY).zone
