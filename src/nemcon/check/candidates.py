"""Support for candidates who had left the contest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.words import days, listed, nearest, quoted
from nemcon.entries import ALL, AnyEntry, Candidacy, Party, Position, Tally
from nemcon.findings import Finding, Severity
from nemcon.saying import say
from nemcon.state import confirmed
from nemcon.worlds.candidates import OUT, Step, standing, steps_of
from nemcon.worlds.days import END_OF_DAY, FIRST, Point, Range, instant

_LEFT = {
    "withdrawn": say("had withdrawn"),
    "declined": say("had declined"),
    "eliminated": say("was eliminated"),
}


class _Course(NamedTuple):
    """The steps of a candidacy, and the days on which one of them may have come."""

    steps: list[Step]
    days: frozenset[int]


def support_after_departure(checked: Checked) -> Iterator[Finding]:
    """Support dated when the candidate had certainly withdrawn, declined or lost."""
    for matter, entries in checked.by_matter.items():
        courses = _departures(checked, entries) if matter or not checked.matters else {}
        out: dict[tuple[str, Range | Point], bool] = {}
        for entry in entries if courses else ():
            if not (isinstance(entry, Position | Tally) and _supports(entry)):
                continue
            course, when = courses.get(entry.candidate), checked.days(entry)
            if course and when[0] > FIRST:
                moment = instant(entry.happened, checked.zone)
                key = entry.candidate, moment or when
                if key not in out:
                    out[key] = _surely_out(course, when, moment)
                if out[key]:
                    yield _after(checked, entry, course, moment or (when[0], 0, 0))


def candidates_running(checked: Checked) -> Iterator[Finding]:
    """Candidates of whom no candidacy is told, where one is of others: a name most like another's
    may be a slip, and then what is said counts for nobody.
    """
    described = {party.name for party in checked.state.all(Party)}
    for matter, entries in sorted(checked.by_matter.items()):
        told = [entry for entry in entries if isinstance(entry, Candidacy)]
        running = {entry.candidate for entry in told}
        uses: dict[str, list[AnyEntry]] = defaultdict(list)
        known = (matter or not checked.matters) and any(e.change not in OUT for e in told)
        for entry in entries if known else ():
            name = getattr(entry, "candidate", "")
            if name and name not in running and (name in described or not described):
                uses[name].append(entry)
        for name, some in sorted(uses.items()):
            # Whom a party entry describes is no slip of the pen.
            near = None if described else nearest(name, running, cutoff=0.75)
            yield _not_running(checked, name, near, some)


def _not_running(
    checked: Checked, name: str, near: str | None, entries: Sequence[AnyEntry]
) -> Finding:
    hint = (
        say("did you mean {near}? Else record the candidacy", near=quoted(near))
        if near
        else say("record the candidacy, or correct the name")
    )
    message = say(
        "{name} is named as a candidate, and no candidacy of that name is told, while others are; "
        "{hint}",
        name=checked.title(name),
        hint=hint,
    )
    severity: Severity = "warning" if near else "note"
    return checked.finding("no-candidacy", severity, message, entries, "candidate")


def _departures(checked: Checked, entries: Sequence[AnyEntry]) -> dict[str, _Course]:
    """The candidacies of a matter of which a departure is reported."""
    own: dict[str, list[Candidacy]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Candidacy):
            own[entry.candidate].append(entry)
    return {
        name: _Course(
            steps_of(checked.state, found, name),
            frozenset(
                day
                for entry in found
                for when in (entry.told, entry.public, entry.happened)
                for day in checked.day_range(when)
            ),
        )
        for name, found in own.items()
        if any(entry.change in OUT for entry in found)
    }


def _supports(entry: Position | Tally) -> bool:
    if not confirmed(entry):
        return False
    if isinstance(entry, Tally):
        return any(c.stance == "support" and c.number > 0 for c in entry.counts)
    return entry.stance == "support" and not entry.negated and not entry.condition


def _surely_out(course: _Course, when: Range, moment: Point | None) -> bool:
    """Whether the candidate is out on each of these days, whatever the uncertain dates are; or at
    the exact moment.
    """
    if moment:
        return not standing(course.steps, moment).may_run
    first, last = when
    days = sorted({last, *(day for day in course.days if first <= day <= last)})
    points = [(first, 0, 0), *((day, END_OF_DAY, 0) for day in days)]
    return all(not standing(course.steps, point).may_run for point in points)


def _after(checked: Checked, entry: Position | Tally, course: _Course, point: Point) -> Finding:
    name = checked.title(entry.candidate)
    left = standing(course.steps, point).departure
    assert left is not None, "nobody is out without a departure"
    message = say(
        "the support of {whose} for {name} is dated {when}, but {name} {left} before "
        "({public}); check both dates, or record that the candidate ran again",
        whose=_whose(checked, entry),
        name=name,
        when=entry.happened or days(checked.days(entry)),
        left=_LEFT[left.change],
        public=left.public,
    )
    code = "support-after-departure"
    return checked.finding(code, "warning", message, [entry], "happened")


def _whose(checked: Checked, entry: Position | Tally) -> str:
    if isinstance(entry, Tally):
        return say("the members counted")
    if ALL in entry.members:
        return say("all members")
    return listed(map(checked.title, entry.members)) or quoted(entry.group)
