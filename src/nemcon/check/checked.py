"""What the checks look at: a state indexed once, and how a finding about entries is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, tzinfo
from functools import cached_property, lru_cache
from typing import Final, TypeAlias

from nemcon.check.roll import Roll, roll_of
from nemcon.check.words import A_DAY, plain, quoted
from nemcon.entries import AnyEntry, Body, Entry, Matter, Office, Organ, Party, Rule
from nemcon.findings import Finding, Place, Severity
from nemcon.rules.procedure import Procedure
from nemcon.saying import say
from nemcon.state import State
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import FIRST, LAST, Range, day_range, point_of
from nemcon.worlds.kept import Kept

Procedures: TypeAlias = Callable[[str], Procedure | None]
REGISTER: Final = frozenset(
    {"source", "body", "organ", "party", "membership", "office", "term", "credential", "rule"}
)
"""The kinds of entries that bear on every matter."""
_ACTING: Final = frozenset({"correction", "confirmation", "rejection"})
AS_STATED: Final = Conventions()
# What is told because one date stands against another.
_BY_DATE: Final = frozenset(
    {
        *("contradicting-dates", "dates-out-of-order", "not-the-roll", "outside-membership"),
        *("overlapping-terms", "support-after-departure", "term-ends-before-start"),
        *("told-before-it-happened", "withdrawal-without-accession"),
    }
)


def _is_rough(entry: Entry) -> bool:
    """Whether a date of the entry is approximate or unsure."""
    values = (getattr(entry, each.name) for each in fields(entry))
    return any(isinstance(v, When) and (v.approximate or v.unsure) for v in values)


@dataclass(frozen=True)
class Checked:
    """A state with what is known beside it. Whatever several checks ask for is worked out once.

    `texts` holds sources' texts by name and `places` where entries stand, by id. `procedures`
    finds the rules that no entry spells out. `held` are the ids of all entries that were read,
    also of those that a correction or a rejection keeps out of the state. `matter` is the one that
    is asked about; without it, all are.
    """

    state: State
    texts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    procedures: Procedures | None = None
    conventions: Conventions = AS_STATED
    held: Collection[str] = ()
    matter: str = ""
    kept: Kept | None = None

    @cached_property
    def entries(self) -> tuple[AnyEntry, ...]:
        """The entries that count, in the order of their ids, and may bear on what is asked about.

        What names a matter that nothing declares may be meant for the one that is asked about.
        """
        others = self.state.matters.keys() - {self.matter} if self.matter else frozenset()
        if not others:
            return self.state.entries
        return tuple(
            entry
            for entry in self.state.entries
            if (entry.name if isinstance(entry, Matter) else entry.matter) not in others
            or entry.kind in REGISTER
            or entry.kind in _ACTING
        )

    @cached_property
    def by_kind(self) -> Mapping[str, Sequence[AnyEntry]]:
        """The entries of each kind."""
        found: dict[str, list[AnyEntry]] = defaultdict(list)
        for entry in self.entries:
            found[entry.kind].append(entry)
        return found

    def all(self, *kinds: type[Entry]) -> list[AnyEntry]:
        """The entries of some kinds, kind by kind."""
        return [entry for kind in kinds for entry in self.by_kind.get(kind.kind, ())]

    @cached_property
    def zone(self) -> tzinfo:
        """The time zone of the body."""
        return self.state.zone

    @cached_property
    def roll(self) -> Roll:
        """Who is a member when."""
        return roll_of(self.state)

    @property
    def matters(self) -> frozenset[str]:
        """Every matter that an entry names or declares."""
        return self.state.matter_names

    def matter_of(self, entry: Entry) -> str:
        """The matter an entry belongs to: the one it names, else the only one there is."""
        return entry.matter or (min(self.matters, default="") if len(self.matters) == 1 else "")

    @cached_property
    def by_matter(self) -> Mapping[str, Sequence[AnyEntry]]:
        """The entries of each matter; under "" those that belong to none."""
        found: dict[str, list[AnyEntry]] = defaultdict(list)
        for entry in self.entries:
            found[self.matter_of(entry)].append(entry)
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The name for people of each id that an entry declares."""
        state = self.state
        matters = {name: title for name in state.matters if (title := state.matter_title(name))}
        kinds = (state.all(cls) for cls in (Rule, Office, Organ, Body, Party))
        others = {e.name: e.title for entries in kinds for e in entries if e.name and e.title}  # type: ignore[attr-defined]
        return {**matters, **others}

    def title(self, name: str) -> str:
        """The name for people of an id; the id in quotes where nothing declares it."""
        title = self.titles.get(name)
        return plain(title) if title else quoted(name)

    # Dates

    def day_range(self, when: When | None) -> Range:
        """The first and last day of a date; open ends reach as far as days go."""
        return day_range(when, self.zone)

    def moments(self, when: When | None) -> Range:
        """The first and last moment of a date, in microseconds; an instant is one moment."""
        return _moments(when, self.zone)

    def days(self, entry: AnyEntry) -> Range:
        """The days on which what the entry says was so: no later than it was known."""
        found = self._days.get(entry.id)
        if found is None:
            found = self._days[entry.id] = self._days_of(entry)
        return found

    def _days_of(self, entry: AnyEntry) -> Range:
        if entry.happened is not None:
            return self.day_range(entry.happened)
        known = self.state.known_day(entry)
        return FIRST, known.toordinal() if known else LAST

    @cached_property
    def _days(self) -> dict[str, Range]:
        """What `days` has answered."""
        return {}

    @cached_property
    def on(self) -> int:
        """The last day of the state's `on`."""
        return self.day_range(self.state.on)[1]

    @cached_property
    def known(self) -> int:
        """The last day that the state knows of."""
        return self.day_range(self.state.known)[1]

    # Findings

    def finding(
        self,
        code: str,
        severity: Severity,
        message: str,
        entries: Sequence[Entry],
        name: str | None = None,
        others: Sequence[Entry] = (),
    ) -> Finding:
        """A finding about entries, at the first place where one of them stands.

        `name` is the field that is wrong. `others` are entries whose dates it rests on, too.
        """
        if code in _BY_DATE and any(map(_is_rough, (*entries, *others))):
            message = say(
                "{message} (a date with ~ or ? counts as it stands; write an interval, such as "
                "{example}, where it may have been another day)",
                message=message,
                example="2024-06-10/2024-06-16",
            )
        places = [place for entry in entries if (place := self.place(entry))]
        place = min(places, key=lambda place: place.order, default=None)
        if place and name and place.field is None and place.start is None:
            place = replace(place, field=name)
        return Finding(code, severity, message, tuple(e.id for e in entries), place)

    def place(self, entry: Entry) -> Place | None:
        """Where an entry stands, else the first piece of a source that it rests on."""
        place = self.places.get(entry.id)
        if place is None and entry.spans:
            span = entry.spans[0]
            return Place(span.source, start=span.start, end=span.end)
        return place

    def told(self, entry: Entry) -> str:
        """Who says an entry, in a few words: its source, else its citation."""
        if entry.source:
            return quoted(entry.source)
        return quoted(entry.cite) if entry.cite else say("no source")


@lru_cache(maxsize=32_768)
def _moments(when: When | None, zone: tzinfo) -> Range:
    first, last = day_range(when, zone)
    early, late = (when.earliest, when.latest) if when else (None, None)
    return (
        _moment(early, zone) if isinstance(early, datetime) else first * A_DAY,
        _moment(late, zone) if isinstance(late, datetime) else (last + 1) * A_DAY - 1,
    )


def _moment(bound: datetime, zone: tzinfo) -> int:
    day, time, _ = point_of(bound, zone)
    return day * A_DAY + time
