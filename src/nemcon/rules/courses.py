"""The course of several ballots: who is in the race, who fell out, what happened on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from nemcon.findings import Finding
from nemcon.rules.answer import Comparison
from nemcon.rules.counted import each_once
from nemcon.rules.names import listed
from nemcon.rules.phases import NO_RESULT, Phase, Rounds

Event: TypeAlias = tuple[str, Any, int]
MayVote: TypeAlias = Callable[[tuple[str, ...]], int | None]


@dataclass(frozen=True)
class Course:
    """One way in which the ballots may have gone so far.

    `race`: who can be voted for, None where that is not known; `shut`: nobody else may enter;
    `out`: who was eliminated; `ended`: the end, if it has come; `level`: who is tied for election,
    waiting for what the rule says. `events` and `notes` are what happened on the way.
    """

    phase: int = 0
    held: int = 0
    race: tuple[str, ...] | None = None
    shut: bool = False
    out: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    elected: tuple[str, ...] = ()
    ended: str = ""
    level: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()
    asks: tuple[tuple[str, str], ...] = ()

    def same(self) -> tuple[Any, ...]:
        """What decides how it can go on."""
        race = None if self.race is None else frozenset(self.race)
        where = (self.phase, self.held, race, self.shut, self.out, self.gone)
        return (*where, frozenset(self.elected), self.ended, frozenset(self.level))

    def with_event(self, kind: str, who: Any, number: int) -> Course:
        """The same, and this happened."""
        return replace(self, events=(*self.events, (kind, who, number)))


class ContradictionError(Exception):
    """The course does not allow the ballot; `code` names why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Run:
    """What all ballots of one question share, and what is gathered on the way.

    `number` is that of the ballot in hand, `why` holds why courses ended at it; `lost` says that
    too much is unknown to follow every course.
    """

    rounds: Rounds
    ballots: Mapping[str, Any]
    params: Mapping[str, Any]
    may_vote: MayVote | None = None
    number: int = 0
    lost: bool = False
    arithmetic: list[Comparison] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    why: list[ContradictionError] = field(default_factory=list)


def either(one: Course, other: Course) -> Course:
    """Two courses that go on alike: only what happened in both is sure."""
    return replace(
        one,
        events=tuple(event for event in one.events if event in other.events),
        notes=each_once([*one.notes, *other.notes]),
        asks=each_once([*one.asks, *other.asks]),
    )


def exhausted_after(phase: Phase, held: int) -> list[bool]:
    """Whether a phase is over after so many ballots; both, where the text leaves it open."""
    if phase.most is None or phase.least is None or held < phase.least:
        return [False]
    return [True] if held >= phase.most else [False, True]


def onward(course: Course, phase: Phase, exhausted: bool, number: int) -> Iterator[Course]:
    """On in the same phase, in the next one, or at the end."""
    if not exhausted:
        yield replace(course, held=course.held + 1)
    elif phase.following is not None:
        yield replace(course, phase=phase.following, held=0)
    else:
        end = phase.word or NO_RESULT
        yield replace(course.with_event(end, None, number), ended=end)


def eliminated(course: Course, names: tuple[str, ...], number: int) -> Course:
    """The course on which these fell out in this ballot."""
    for who in names:
        course = course.with_event("eliminate", who, number)
    race = tuple(who for who in course.race or () if who not in names)
    return replace(course, race=race, out=course.out | set(names))


def elected_to(course: Course, who: str, number: int) -> Course:
    """The course that ends with this election."""
    course = course.with_event("elected", who, number)
    return replace(course, elected=(*course.elected, who), ended="elected")


def how_it_ended(course: Course) -> str:
    """Why no ballot can follow, in words."""
    if course.level:
        return f"{listed(course.level, 'and')} were level, and no ballot settles that"
    kind, who, number = course.events[-1] if course.events else (course.ended, None, 0)
    what = f"{who} was elected" if kind == "elected" else kind
    return f"{what} in round {number}" if number else "somebody had been elected"
