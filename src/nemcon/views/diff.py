"""What became known, or came to pass, between two dates, and what it changed in the answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Correction,
    Matter,
    Membership,
    Objection,
    Position,
    Reserve,
    to_dict,
)
from nemcon.findings import Finding
from nemcon.state import State
from nemcon.views.question import Procedures, QuestionError
from nemcon.views.status import StatusView, finding_json, status
from nemcon.views.words import describe
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.days import FIRST, LAST, Range, day_range

# What is compared: a key of the status, or of each candidate in it.
_WHOLE = ("verdict", "stage", "rule", "support", "decision", "office", "expectations", "needed")
_OF_CANDIDATE = ("status", "verdict", "support", "open", "against", "objecting", "dates")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that the two answers say differently; `candidate` where it is about one."""

    what: str
    before: Any
    after: Any
    candidate: str = ""

    def to_json(self) -> dict[str, Any]:
        """The change as plain values."""
        about = {"candidate": self.candidate} if self.candidate else {}
        return {"what": self.what, **about, "before": self.before, "after": self.after}


@dataclass(frozen=True)
class DiffView:
    """Everything that `nemcon diff` says; `to_json` is its contract.

    `before` is None where nothing was known yet of the matter. `removed` are entries that a
    correction took out, `happened` those about what came between the two dates asked about, and
    `perhaps` the ids of those of which it is only possible.
    """

    before: StatusView | None
    after: StatusView
    sides: tuple[State, State]
    added: tuple[AnyEntry, ...]
    removed: tuple[AnyEntry, ...]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]
    happened: tuple[AnyEntry, ...] = ()
    perhaps: frozenset[str] = frozenset()

    @property
    def titles(self) -> Mapping[str, str]:
        """The name for people of each id, on either side."""
        return {**(self.before.titles if self.before else {}), **self.after.titles}

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why entries were taken out, by their ids."""
        corrections = (entry for entry in self.added if isinstance(entry, Correction))
        return {each.corrects: each.reason for each in corrections}

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "body": self.after.body or None,
            "matter": self.after.question.matter,
            "from": _side(self.sides[0]),
            "to": _side(self.sides[1]),
            "added": [self._entry(entry, self.sides[1]) for entry in self.added],
            "removed": [self._entry(entry, self.sides[0]) for entry in self.removed],
            "happened": [
                {
                    **self._entry(entry, self.sides[1]),
                    **({"perhaps": True} if entry.id in self.perhaps else {}),
                }
                for entry in self.happened
            ],
            "changes": [change.to_json() for change in self.changes],
            "findings": [finding_json(finding) for finding in self.findings],
        }

    def _entry(self, entry: AnyEntry, state: State) -> dict[str, Any]:
        known = state.known_day(entry)
        return {
            "id": entry.id,
            "known": known.isoformat() if known else None,
            "text": describe(entry, self.titles),
            "entry": to_dict(entry),
        }


def _side(state: State) -> dict[str, str | None]:
    return {"on": str(state.on), "known": str(state.known) if state.known else None}


def diff(
    before: State,
    after: State,
    procedures: Procedures,
    *,
    matter: str = "",
    conventions: Conventions,
    findings: Iterable[Finding] = (),
) -> DiffView:
    """Compare two states of one record.

    Raises `QuestionError` where no matter can be told even after. Findings: those of the later
    answer, and the caller's.
    """
    new = status(after, procedures, matter=matter, conventions=conventions, findings=findings)
    old: StatusView | None
    try:
        old = status(before, procedures, matter=new.question.matter, conventions=conventions)
    except QuestionError:
        old = None
    return difference(old, new, (before, after))


def difference(
    before: StatusView | None, after: StatusView, sides: tuple[State, State]
) -> DiffView:
    """Compare two answers, given in these states of one record."""
    then, now = ({entry.id for entry in state.entries} for state in sides)
    matter = after.question.matter
    between = _between(*sides, matter)
    return DiffView(
        before=before,
        after=after,
        sides=sides,
        added=_by_known_day(
            (e for e in sides[1].entries if e.id not in then and _is_of(e, matter)), sides[1]
        ),
        removed=_by_known_day(
            (e for e in sides[0].entries if e.id not in now and _is_of(e, matter)), sides[0]
        ),
        changes=tuple(changes_between(before.told() if before else {}, after.told())),
        findings=after.findings,
        happened=tuple(between),
        perhaps=frozenset(entry.id for entry, sure in between.items() if not sure),
    )


def _is_of(entry: AnyEntry, matter: str) -> bool:
    """Whether an entry is of this matter, or of no other."""
    return (entry.name if isinstance(entry, Matter) else entry.matter) in ("", matter)


def _between(before: State, after: State, matter: str) -> dict[AnyEntry, bool]:
    """What bears on the matter and came between the two dates asked about, the earliest first, and
    whether it certainly did.
    """
    since, until = (day_range(state.on, state.zone)[1] for state in (before, after))
    if since >= until:
        return {}
    found: list[tuple[Range, str, AnyEntry, bool]] = []
    for entry in (*after.of_matter(matter), *after.all(Membership)):
        spans = [day_range(when, after.zone) for when in _dates(entry) if when]
        sure = [days for days in spans if since < days[0] and days[1] <= until]
        # Of an accession some year it would tell nothing, nor of what may have been long before.
        may = [
            days
            for days in spans
            if since < days[1] < LAST
            and FIRST < days[0] <= until
            and not isinstance(entry, Membership)
        ]
        if sure or may:
            found.append((min(sure or may), entry.id, entry, bool(sure)))
    return {entry: certain for *_, entry, certain in sorted(found, key=lambda row: row[:2])}


def _dates(entry: AnyEntry) -> Iterator[When | None]:
    """When it came to pass, and when it was over or settled."""
    yield entry.happened
    match entry:
        case Candidacy(told=told, public=public):
            yield told
            yield public
        case Objection(ended=when) | Reserve(lifted=when):
            yield when
        case Position(condition_met=met, confirmed=confirmed):
            yield met
            yield confirmed


def _by_known_day(entries: Iterable[AnyEntry], state: State) -> tuple[AnyEntry, ...]:
    """In the order in which they became known; those of one source as they stand in it."""

    def place(entry: AnyEntry) -> tuple[str, str, int, str]:
        first = min((span.start for span in entry.spans), default=-1)
        return str(state.known_day(entry) or ""), entry.source, first, entry.id

    return tuple(sorted(entries, key=place))


def changes_between(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    """What two answers, as plain values, say differently."""
    for key in _WHOLE:
        if old.get(key) != new.get(key):
            yield Change(key, old.get(key), new.get(key))
    then, now = _candidates(old), _candidates(new)
    for name in sorted({*then, *now}):
        for key in _OF_CANDIDATE:
            a, b = then.get(name, {}).get(key), now.get(name, {}).get(key)
            if a != b:
                yield Change(key, a, b, name)


def _candidates(view: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {each["candidate"]: each for each in view.get("candidates", ())}
