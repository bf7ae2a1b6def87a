"""One matter over time: how support, roll, verdict and stage stood on each day of a range.

Days are asked by the same engine as `status`, but only those on which an answer can change; days
with one answer make one stretch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeAlias

from nemcon.entries import Draft
from nemcon.findings import Finding, not_told
from nemcon.state import State
from nemcon.views.alphabet import by_name
from nemcon.views.happenings import Happening, happenings, own_bounds, turning_points
from nemcon.views.question import Procedures, Question, QuestionError, question
from nemcon.views.register import register
from nemcon.views.status import finding_json, holders, titles_of
from nemcon.when import When
from nemcon.worlds.candidates import is_selection
from nemcon.worlds.claims import build_claims
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import Declared, Stage, declared, stage
from nemcon.worlds.days import day_range, question_point
from nemcon.worlds.kept import Kept, days_between
from nemcon.worlds.labels import fold
from nemcon.worlds.problem import Problem
from nemcon.worlds.verdict import Answer, Bounds, Reckoning, Verdict, answer

# Whether something is so for certain (True), for certain not (False), or neither (None).
Sure: TypeAlias = bool | None

# Told the day that is worked out next, how many were, and how many there are.
Progress: TypeAlias = Callable[[date, int, int], None]

_ROLL = {True: "member", None: "possibly", False: "no member"}
_SUPPORT = {True: "yes", None: "maybe", False: "no"}


@dataclass(frozen=True, slots=True)
class Support:
    """How one candidate ("" in a motion) stood: every possible status, verdict, least and most."""

    candidate: str
    status: tuple[str, ...]
    verdict: Verdict
    support: Bounds

    @property
    def may_run(self) -> bool:
        """Whether nothing says for certain that the candidate is out of the contest."""
        return not self.status or bool({"unknown", "running"}.intersection(self.status))

    def to_json(self) -> dict[str, Any]:
        """The line as plain values."""
        certain = self.status[0] if len(self.status) == 1 else None
        about = {
            "candidate": self.candidate,
            "status": {"certain": certain, "possible": list(self.status)},
        }
        return {
            **(about if self.candidate else {}),
            "verdict": self.verdict,
            "support": {"least": self.support.least, "most": self.support.most},
        }


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row with one answer. `candidates` is empty where nothing could be worked out.

    `decided` says whether the decision is in, `complete` whether the record claims to hold every
    act, `assumed` that these days lie past what is known.
    """

    first: date
    last: date
    verdict: Verdict
    exact: bool
    stage: Stage
    roll: Bounds
    candidates: tuple[Support, ...]
    decided: Sure
    holder: str
    complete: bool
    assumed: bool

    def to_json(self) -> dict[str, Any]:
        """The stretch as plain values."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "verdict": self.verdict,
            "exact": self.exact,
            "stage": {"certain": self.stage.certain, "possible": list(self.stage.possible)},
            "roll": {"least": self.roll.least, "most": self.roll.most},
            "candidates": [one.to_json() for one in self.candidates],
            "decided": self.decided,
            "holder": self.holder or None,
            "complete": self.complete,
            "assumed": self.assumed,
        }


@dataclass(frozen=True, slots=True)
class MemberRun:
    """Days in a row on which a member stood one way: on the roll or not, for whom or not.

    `supports` holds each candidate; it is empty where nothing could be worked out.
    """

    first: date
    last: date
    on_roll: Sure
    supports: tuple[tuple[str, Sure], ...]

    @property
    def certain(self) -> str | None:
        """The candidate ("" in a motion) whom the member supports for certain, if any."""
        return next((name for name, sure in self.supports if sure), None)

    @property
    def possible(self) -> tuple[str, ...]:
        """The candidates whom the member may support."""
        return tuple(name for name, sure in self.supports if sure is not False)

    def to_json(self) -> dict[str, Any]:
        """The run as plain values."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "roll": _ROLL[self.on_roll],
            "supports": {name: _SUPPORT[sure] for name, sure in self.supports},
        }


@dataclass(frozen=True)
class MemberLine:
    """One party that is, or may be, on the roll at some time of the range."""

    member: str
    runs: tuple[MemberRun, ...]

    def to_json(self, title: str) -> dict[str, Any]:
        """The line as plain values."""
        runs = [run.to_json() for run in self.runs]
        return {"member": self.member, "title": title, "runs": runs}


@dataclass(frozen=True)
class TimelineView:
    """Everything that `nemcon timeline` says; `to_json` is its contract.

    The stretches follow each other without a gap from `first` to `last`, and so do the runs of
    each member.
    """

    body: str
    member_title: str
    question: Question
    first: date
    last: date
    known: When | None
    candidates: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    members: tuple[MemberLine, ...]
    events: tuple[Happening, ...]
    counting: Mapping[str, object]
    proposed: int
    sealed: int
    erased: int
    findings: tuple[Finding, ...]
    titles: Mapping[str, str]

    def title(self, name: str) -> str:
        """The name for people of an id; the id itself where nothing declares it."""
        return self.titles.get(name, name)

    @property
    def assumed_from(self) -> date | None:
        """The first day past what is known, from which stances are only assumed to persist."""
        return next((one.first for one in self.stretches if one.assumed), None)

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "body": self.body or None,
            "matter": self.question.matter,
            "rule": self.question.rule or None,
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "known": str(self.known) if self.known else None,
            "stretches": [one.to_json() for one in self.stretches],
            "events": [event.to_json() for event in self.events],
            "members": [line.to_json(self.title(line.member)) for line in self.members],
            "counting": dict(self.counting),
            "proposed": self.proposed,
            "sealed": self.sealed,
            "erased": self.erased,
            "findings": [finding_json(finding) for finding in self.findings],
            "titles": dict(sorted(self.titles.items())),
        }


def timeline(
    state: State,
    procedures: Procedures,
    *,
    matter: str = "",
    conventions: Conventions = Conventions(),
    first: date | None = None,
    last: date | None = None,
    known_until: date | None = None,
    findings: Iterable[Finding] = (),
    progress: Progress = lambda *_: None,
) -> TimelineView:
    """A matter day by day, from `first` to `last` (else the first and last date told of it).

    What is known is that of `state`, whatever its `on`; days after `known_until` are marked as
    assumed. `progress` is told each day before it is worked out, how many days were, and how many
    there are. Raises `QuestionError` where no matter
    can be told or none of its entries has a date. Findings: those of every answer, and the
    caller's.
    """
    asked = question(state, procedures, matter)
    start, end = _range(state, asked, first, last)
    walk = _Walk(state, procedures, asked.matter, conventions, known_until)
    days = []
    at_work = walk.days(start, end)
    for done, day in enumerate(at_work):
        progress(day, done, len(at_work))
        days.append(walk.on(day))
    told = dict.fromkeys([*state.findings, *findings])
    more = dict.fromkeys(finding for day in days for finding in day.findings)
    titles = titles_of(state)
    body = state.body
    return TimelineView(
        body=body.name if body else "",
        member_title=body.member_title if body else "members",
        question=days[-1].question,
        first=start,
        last=end,
        known=When.day(known_until) if known_until else state.known,
        candidates=tuple(dict.fromkeys(c.candidate for d in days for c in d.here.candidates)),
        stretches=tuple(_stretches(days, end)),
        members=tuple(_lines(days, end, titles)),
        events=tuple(happenings(walk.at(end), asked, days[-1].made, titles, start, end)),
        counting=conventions.shown(days[-1].here.complete),
        proposed=state.proposed,
        sealed=state.sealed,
        erased=state.erased,
        findings=(*told, *dict.fromkeys(not_told(tuple(more), told))),
        titles=titles,
    )


def _range(
    state: State, asked: Question, first: date | None, last: date | None
) -> tuple[date, date]:
    bounds = own_bounds(state, asked.matter, asked.office)
    start, end = first or min(bounds, default=None), last or max(bounds, default=None)
    start, end = start or end, end or start
    if start is None or end is None:
        raise QuestionError("nothing that is told of this matter has a date; give --from and --to")
    return min(start, end) if first is None else start, max(start, end) if last is None else end


@dataclass(frozen=True)
class _Day:
    """What was worked out for one day."""

    question: Question
    here: Stretch
    rows: Mapping[str, tuple[Sure, tuple[tuple[str, Sure], ...]]]
    made: Declared | None
    findings: tuple[Finding, ...]


class _Walk:
    """Asks one state for one day after another, and keeps what was worked out."""

    def __init__(
        self,
        state: State,
        procedures: Procedures,
        matter: str,
        conventions: Conventions,
        known_until: date | None,
    ) -> None:
        self._state, self._procedures, self._matter = state, procedures, matter
        self._conventions, self._until, self._kept = conventions, known_until, Kept()

    def at(self, day: date) -> State:
        """The state at the end of a day."""
        return replace(self._state, on=When.day(day))

    def days(self, first: date, last: date) -> list[date]:
        """The days on which an answer may be another than on the day before."""
        low, high = first.toordinal(), last.toordinal()
        marks = turning_points(self._state, self._matter)
        days = {low, *marks, *(mark + 1 for mark in marks)}
        drafts = self._state.all(Draft)
        starts = [day_range(draft.happened, self._state.zone)[0] for draft in drafts]
        for day in {low, *(start for start in starts if low <= start <= high)}:
            days |= self._engine_days(date.fromordinal(day), low, high)
        return [date.fromordinal(day) for day in sorted(days) if low <= day <= high]

    def _engine_days(self, day: date, low: int, high: int) -> set[int]:
        """The days that the dates of the claims single out, as the claims are on a day."""
        state = self.at(day)
        asked = question(state, self._procedures, self._matter)
        if asked.procedure is None:
            return set()
        out: set[int] = set()
        for n in range(len(state.variants)):
            variant = state.variant(n)
            claims = build_claims(variant, self._matter, self._conventions, "")
            selection = is_selection(variant, self._matter)
            labels = fold(claims, asked.procedure, selection=selection)
            problem = Problem(claims, labels, question_point(state.on, state.zone))
            out |= days_between(problem, low, high)
        return out

    def on(self, day: date) -> _Day:
        """The answer at the end of a day."""
        state, matter, counting = self.at(day), self._matter, self._conventions
        asked = question(state, self._procedures, matter)
        if asked.procedure is None:
            problem = Finding("no-rule", "error", asked.problem)
            found = Answer("cannot tell", (), (problem,), exact=False)
        else:
            found = answer(state, matter, asked.procedure, counting, kept=self._kept)
        made = declared(state, matter, asked.procedure, counting, self._kept)
        sure = {line.member: line.certain for line in register(state).members}
        least, most = sum(sure.values()), len(sure)
        held = holders(state, asked.office)[0]
        here = Stretch(
            first=day,
            last=day,
            verdict=found.verdict,
            exact=found.exact,
            stage=stage(state, found, made),
            roll=found.reckonings[0].roll if found.reckonings else Bounds(least, most),
            candidates=tuple(_support(found, one) for one in found.reckonings),
            decided=made.taken if made else False,
            holder=held.holder if held else "",
            complete=found.complete,
            assumed=self._until is not None and day > self._until,
        )
        rows = {member: (None if not on else True, ()) for member, on in sure.items()}
        return _Day(asked, here, {**rows, **_rows(found)}, made, found.findings)


def _support(found: Answer, one: Reckoning) -> Support:
    """The line of one candidate, with the verdict that `status` gives it."""
    verdict = one.verdict if found.exact and not found.unreadable else "cannot tell"
    return Support(one.candidate, one.standing.possible, verdict, one.support)


def _rows(found: Answer) -> dict[str, tuple[Sure, tuple[tuple[str, Sure], ...]]]:
    """For each member that can be on the roll: whether it is, and whom it supports."""
    members = dict.fromkeys(member for one in found.reckonings for member in one.supports)
    sets = [(one, set(one.certain), set(one.open)) for one in found.reckonings]
    rows: dict[str, tuple[Sure, tuple[tuple[str, Sure], ...]]] = {}
    for member in members:
        supports = tuple(
            (one.candidate, True if member in sure else (None if member in maybe else False))
            for one, sure, maybe in sets
        )
        always = all(member in one.always_on_roll for one in found.reckonings)
        seen = any(one.supports.get(member) for one in found.reckonings)
        if seen:
            rows[member] = (True if always else None, supports)
    return rows


def _stretches(days: Sequence[_Day], end: date) -> Iterator[Stretch]:
    """Days with one answer put together, on which each member stands where it stood."""
    start = days[0].here
    for before, day in zip(days, [*days[1:], None], strict=True):
        if day is None:
            yield replace(start, last=end)
        elif (_undated(day.here), day.rows) != (_undated(before.here), before.rows):
            yield replace(start, last=_before(day.here.first))
            start = day.here


def _undated(here: Stretch) -> Stretch:
    return replace(here, first=date.min, last=date.min)


def _lines(days: Sequence[_Day], end: date, titles: Mapping[str, str]) -> Iterator[MemberLine]:
    """The runs of each member, in the order of their names."""
    members = dict.fromkeys(member for day in days for member in day.rows)
    for member in sorted(members, key=lambda each: (by_name(titles.get(each, each)), each)):
        runs: list[MemberRun] = []
        for day in days:
            on_roll, supports = day.rows.get(member, (False, ()))
            run = MemberRun(day.here.first, end, on_roll, supports)
            if runs and (runs[-1].on_roll, runs[-1].supports) == (on_roll, supports):
                continue
            if runs:
                runs[-1] = replace(runs[-1], last=_before(run.first))
            runs.append(run)
        yield MemberLine(member, tuple(runs))


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
