"""Support for candidates who had left the contest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from nemcon.check.checked import Checked
from nemcon.check.words import days, listed, quoted
from nemcon.entries import ALL, AnyEntry, Candidacy, Position, Tally
from nemcon.findings import Finding
from nemcon.state import confirmed
from nemcon.worlds.candidates import OUT, Step, standing, steps_of
from nemcon.worlds.days import END_OF_DAY, FIRST, LAST, Range

_LEFT = {"withdrawn": "had withdrawn", "declined": "had declined", "eliminated": "was eliminated"}


def support_after_departure(checked: Checked) -> Iterator[Finding]:
    """Support dated when the candidate had certainly withdrawn, declined or lost."""
    for matter, entries in checked.by_matter.items():
        steps = _departures(checked, entries) if matter else {}
        out: dict[tuple[str, Range], bool] = {}
        for entry in entries if steps else ():
            if not (isinstance(entry, Position | Tally) and _supports(entry)):
                continue
            found, when = steps.get(entry.candidate), checked.days(entry)
            if found and when[0] > FIRST:
                key = entry.candidate, when
                if key not in out:
                    out[key] = _surely_out(found, when)
                if out[key]:
                    yield _after(checked, entry, found, when)


def _departures(checked: Checked, entries: Sequence[AnyEntry]) -> dict[str, list[Step]]:
    """The steps of every candidate of a matter of whom a departure is reported."""
    own: dict[str, list[Candidacy]] = defaultdict(list)
    for entry in entries:
        if isinstance(entry, Candidacy):
            own[entry.candidate].append(entry)
    left = {name: found for name, found in own.items() if any(e.change in OUT for e in found)}
    return {name: steps_of(checked.state, found, name) for name, found in left.items()}


def _supports(entry: Position | Tally) -> bool:
    if not confirmed(entry):
        return False
    if isinstance(entry, Tally):
        return any(c.stance == "support" and c.number > 0 for c in entry.counts)
    return entry.stance == "support" and not entry.negated and not entry.condition


def _surely_out(steps: list[Step], when: Range) -> bool:
    """Whether the candidate is out on each of these days, whatever the uncertain dates are."""
    first, last = when
    inside = {day for s in steps for day in (s.first, s.last) if first <= day <= last}
    points = [(first, 0, 0), *((day, END_OF_DAY, 0) for day in sorted({*inside, last}))]
    return all(not standing(steps, point).may_run for point in points)


def _after(checked: Checked, entry: Position | Tally, steps: list[Step], when: Range) -> Finding:
    name = checked.title(entry.candidate)
    left = standing(steps, (when[0], 0, 0)).departure
    assert left is not None, "nobody is out without a departure"
    by = f" by {days((left.last, left.last))}" if left.last < LAST else ""
    whose = f"the support of {_whose(checked, entry)} for {name}"
    message = (
        f"{whose} is dated {days(when)}, but {name} {_LEFT[left.change]}{by}; check both dates, "
        " or record that the candidate ran again"
    )
    code = "support-after-departure"
    return checked.finding(code, "warning", message, [entry], "happened")


def _whose(checked: Checked, entry: Position | Tally) -> str:
    if isinstance(entry, Tally):
        return "the members counted"
    if ALL in entry.members:
        return "all members"
    return listed(map(checked.title, entry.members)) or quoted(entry.group)
