"""The board: where each member stands towards each candidate, and on whose words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Literal, TypeAlias

from nemcon.entries import ALL, AnyEntry, Objection, Position, Reserve, Source, Span, Tally
from nemcon.rules.objecting import silence_counts
from nemcon.state import State, confirmed
from nemcon.views.alphabet import by_name
from nemcon.views.status import StatusView
from nemcon.views.words import describe
from nemcon.when import When
from nemcon.worlds.days import day_range
from nemcon.worlds.events import register_timings
from nemcon.worlds.kept import Kept
from nemcon.worlds.roll import roll_changes
from nemcon.worlds.verdict import Reckoning

Stand: TypeAlias = Literal["objecting", "against", "open", "certain"]
STANDS: tuple[Stand, ...] = ("objecting", "against", "open", "certain")
"""In the order in which somebody asks: who objects, who else does not support, who is open, who is
certain.
"""

SHOWN = 3
"""How many words a seat carries; `Told.about` gives all of them."""

STANCES = (Position, Tally, Reserve, Objection)


@dataclass(frozen=True)
class Word:
    """One thing said that bears on where members stand: `text` in our words, `spans` in its own.

    `known` is the day from which it is known, `source` where it stands.
    """

    entry: AnyEntry
    text: str
    when: When | None
    known: date | None
    source: Source | None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The verbatim words."""
        return self.entry.spans

    def to_json(self) -> dict[str, Any]:
        """The word as plain values."""
        return {
            "entry": self.entry.id,
            "text": self.text,
            "when": str(self.when) if self.when else None,
            "known": self.known.isoformat() if self.known else None,
            "source": self.source.name if self.source else None,
        }


@dataclass(frozen=True)
class Seat:
    """One member that is on the roll (`on_roll`), or may be, with what was said of it: the latest
    first, `more` that are not among `words`. `silent_for` counts the days from the latest word to
    `on`; None: nothing was ever said.
    """

    member: str
    title: str
    stand: Stand
    on_roll: bool
    words: tuple[Word, ...]
    more: int
    silent_for: int | None

    def stale(self, days: int) -> bool:
        """Whether nothing was said of this member for more than `days` days."""
        return self.silent_for is None or self.silent_for > days

    def to_json(self) -> dict[str, Any]:
        """The seat as plain values."""
        return {
            "member": self.member,
            "title": self.title,
            "stand": self.stand,
            "on_roll": self.on_roll,
            "silent_for": self.silent_for,
            "more": self.more,
            "words": [word.to_json() for word in self.words],
        }


@dataclass(frozen=True)
class Side:
    """Every member's stand towards one candidate ("" in a motion)."""

    candidate: str
    reckoning: Reckoning
    seats: tuple[Seat, ...]

    def of(self, stand: Stand) -> tuple[Seat, ...]:
        """The members that stand so, by name."""
        return tuple(seat for seat in self.seats if seat.stand == stand)

    @property
    def unnamed(self) -> int:
        """How many of the open members support this for certain, though nobody tells which."""
        return max(self.reckoning.support.least - len(self.reckoning.certain), 0)

    @cached_property
    def groups(self) -> tuple[tuple[Stand, tuple[Seat, ...]], ...]:
        """The members by their stand."""
        return tuple((stand, self.of(stand)) for stand in STANDS)

    def to_json(self) -> dict[str, Any]:
        """The side as plain values."""
        return {
            "candidate": self.candidate or None,
            "members": [seat.to_json() for seat in self.seats],
        }


@dataclass(frozen=True)
class BoardView:
    """Where everybody stands: a side for each candidate that may run, the strongest first; under
    rules where silence counts, the one of whom most is known.

    `counts` are words about members whom nobody named: tallies, unnamed groups.
    """

    sides: tuple[Side, ...]
    counts: tuple[Word, ...]

    def to_json(self) -> dict[str, Any]:
        """The board as plain values."""
        return {
            "sides": [side.to_json() for side in self.sides],
            "counts": [word.to_json() for word in self.counts],
        }


def board(state: State, view: StatusView, kept: Kept | None = None) -> BoardView:
    """The board of the answer `view`, which was given in this state; `kept` is for whoever asks it
    for many dates.
    """
    told = Told(state, view.question.matter, view.titles, kept)
    sides = [
        _side(one, told)
        for one in view.answer.reckonings
        if one.standing.may_run or not one.candidate
    ]
    sides.sort(key=_known if silence_counts(view.question.procedure) else _strength)
    return BoardView(tuple(sides), tuple(told.counts))


def _known(side: Side) -> tuple[object, ...]:
    """Where silence counts: the one of whom most is known first, such as that a member objects."""
    told = len(side.reckoning.certain) + len(side.reckoning.against)
    return (side.reckoning.standing.may_be_out, -told, *_strength(side))


def _strength(side: Side) -> tuple[object, ...]:
    """Who can meet the rule first, then most support; of equals, who runs for certain."""
    one = side.reckoning
    return (
        not one.can_meet,
        -one.support.most,
        -one.support.least,
        one.standing.may_be_out,
        side.candidate,
    )


class Told:
    """What was said by `on` of where members stand on a matter, the latest first.

    `counts` are words about members whom nobody named. A word about all members is about those
    that may have been on the roll at its date (SEMANTICS 8).
    """

    def __init__(
        self, state: State, matter: str, titles: Mapping[str, str], kept: Kept | None = None
    ) -> None:
        self._state, self.titles = state, titles
        kept = kept or Kept()
        self._said = kept.whenever(state, (_Said, matter), lambda: _Said(state, matter))
        self._entries = self._said.entries
        self._last = day_range(state.on, state.zone)[1]
        self.counts = [self._word(n) for n in self._by_then(self._said.unnamed)]

    def _by_then(self, numbers: Iterable[int]) -> Iterator[int]:
        """Those of these words that may have been said by `on`."""
        return (number for number in numbers if self._said.first[number] <= self._last)

    def about(self, member: str, most: int | None = None) -> tuple[Word, ...]:
        """What was said of a member: everything, or the latest `most`."""
        numbers = self._by_then(self._said.about(member))
        return tuple(self._word(number) for number in islice(numbers, most))

    def number(self, member: str) -> int:
        """How many words there are about a member."""
        return sum(1 for _ in self._by_then(self._said.about(member)))

    def silent_for(self, words: Iterable[Word]) -> int | None:
        """The days from the day on which the latest of the words was known to `on`."""
        day = self._state.on.last_day(self._state.zone)
        heard = max((word.known for word in words if word.known), default=None)
        return None if heard is None or day is None else max((day - heard).days, 0)

    def _word(self, number: int) -> Word:
        words = self._said.words
        if number not in words:
            entry, state = self._entries[number], self._state
            words[number] = Word(
                entry,
                describe(entry, self.titles),
                entry.happened,
                state.known_day(entry),
                state.sources.get(entry.source),
            )
        return words[number]


class _Said:
    """What was ever said of where members stand on a matter, the latest first: its `entries`, by
    number the `first` day that each may be of, those about members whom nobody named, and the
    words for it that were found so far.
    """

    def __init__(self, state: State, matter: str) -> None:
        self._zone = state.zone
        dated = [
            (day_range(entry.happened, state.zone), entry)
            for entry in state.of_matter(matter)
            if isinstance(entry, STANCES)
        ]
        dated.sort(key=lambda row: (-row[0][1], -row[0][0], not confirmed(row[1]), row[1].id))
        self.entries: list[AnyEntry] = [entry for _, entry in dated]
        self.first = [days[0] for days, _ in dated]
        self.words: dict[int, Word] = {}
        self.unnamed: list[int] = []
        self._named: dict[str, list[int]] = defaultdict(list)
        self._all: list[int] = []
        for number, entry in enumerate(self.entries):
            members = _members(entry)
            for member in members:
                (self._all if member == ALL else self._named[member]).append(number)
            if not members:
                self.unnamed.append(number)
        self._joined = _joined(state) if self._all else {}

    def about(self, member: str) -> Sequence[int]:
        """The numbers of what was said of a member."""
        named = self._named.get(member, [])
        everybody = [n for n in self._all if self._meant(self.entries[n], member)]
        return sorted((*named, *everybody)) if everybody else named

    def _meant(self, entry: AnyEntry, member: str) -> bool:
        if member in getattr(entry, "excepted", ()):
            return False
        joined = self._joined.get(member)
        return joined is not None and joined <= day_range(entry.happened, self._zone)[1]


def _joined(state: State) -> Mapping[str, int]:
    """The first day on which each party may have been on the roll."""
    timings = register_timings(state)
    return {
        member: min(timings[change.timing].domain[0][0] for change in changes if change.joins)
        for member, changes in roll_changes(state).items()
        if any(change.joins for change in changes)
    }


def _members(entry: AnyEntry) -> tuple[str, ...]:
    """Whom an entry is about: named members, or all; nobody in a tally of some."""
    if isinstance(entry, Position):
        return entry.members
    if isinstance(entry, Reserve | Objection):
        return (entry.member,)
    if isinstance(entry, Tally) and entry.bound == "exactly" and entry.of:
        full = [c for c in entry.counts if c.number == entry.of and not c.group]
        return (ALL,) if full and len(entry.counts) == 1 else ()
    return ()


def _side(one: Reckoning, told: Told) -> Side:
    """One candidate's side; members that can never be on the roll have no seat."""
    stands: dict[str, Stand] = dict.fromkeys(one.certain, "certain")
    stands.update(dict.fromkeys(one.open, "open"))
    stands.update(dict.fromkeys(one.objecting, "objecting"))
    seats = []
    for member in one.supports:
        stand = stands.get(member, "against")
        words = told.about(member, SHOWN)
        title = told.titles.get(member, member)
        on_roll = member in one.always_on_roll
        more = told.number(member) - len(words)
        seats.append(Seat(member, title, stand, on_roll, words, more, told.silent_for(words)))
    seats.sort(key=lambda seat: (by_name(seat.title), seat.member))
    return Side(one.candidate, one, tuple(seats))
