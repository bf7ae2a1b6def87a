"""Changes of office that were planned for a day that has passed, and that nothing confirms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.entries import Decision, Term
from nemcon.findings import Finding
from nemcon.saying import joined, say
from nemcon.state import confirmed
from nemcon.when import When
from nemcon.worlds.days import FIRST


class Change(NamedTuple):
    """Somebody's entering (`start`) or leaving (`end`) an office."""

    office: str
    holder: str
    which: str


class Plan(NamedTuple):
    """A planned change as one entry tells it, known from the day `told`."""

    told: int
    when: When
    entry: Term | Decision


def unconfirmed_changes(checked: Checked) -> Iterator[Finding]:
    """Planned starts and ends whose day has passed at `on` and at `known`, with no confirmation."""
    confirmations = _confirmations(checked)
    denials = _denials(checked)
    for change, plans in sorted(_plans(checked).items()):
        # A later plan takes the place of an earlier one.
        newest = max(plan.told for plan in plans)
        current = [plan for plan in plans if plan.told == newest]
        day = max(checked.day_range(plan.when)[1] for plan in current)
        passed = day < min(checked.on, checked.known)
        dropped = denials.get(change, FIRST) > newest
        if passed and not dropped and not any(w >= newest for w in confirmations.get(change, ())):
            yield _unconfirmed(checked, change, current)


def _plans(checked: Checked) -> Mapping[Change, list[Plan]]:
    plans: dict[Change, list[Plan]] = defaultdict(list)
    for term in checked.state.all(Term):
        if term.modality == "planned":
            for change, when in _changes(term):
                plans[change].append(Plan(_told(checked, term), when, term))
    for decision in checked.state.all(Decision):
        office = _office(checked, decision)
        if office and decision.effective and not decision.effective_confirmed:
            change = Change(office, decision.candidate, "start")
            plans[change].append(Plan(_told(checked, decision), decision.effective, decision))
    return plans


def _changes(term: Term) -> Iterator[tuple[Change, When]]:
    for which, when in (("start", term.start), ("end", term.end)):
        if when is not None:
            yield Change(term.office, term.holder, which), when


def _told(checked: Checked, entry: Term | Decision) -> int:
    known = checked.state.known_day(entry)
    return known.toordinal() if known else FIRST


def _office(checked: Checked, decision: Decision) -> str:
    """The office that a confirmed decision gives to its candidate."""
    if not (decision.candidate and confirmed(decision) and decision.result == "appointed"):
        return ""
    stated = checked.state.matters.get(checked.matter_of(decision), ())
    return min((matter.office for matter in stated if matter.office), default="")


def _confirmations(checked: Checked) -> Mapping[Change, list[int]]:
    """The last possible day of each change that is reported as having come."""
    found: dict[Change, list[int]] = defaultdict(list)
    for term in checked.state.all(Term):
        if confirmed(term):
            for change, when in _changes(term):
                found[change].append(checked.day_range(when)[1])
    return found


def _denials(checked: Checked) -> Mapping[Change, int]:
    """When it was last known of each change that it does not come."""
    found: dict[Change, int] = {}
    for term in checked.state.all(Term):
        if term.modality == "denied":
            for change, _ in _changes(term):
                found[change] = max(found.get(change, FIRST), _told(checked, term))
    return found


def _unconfirmed(checked: Checked, change: Change, plans: Sequence[Plan]) -> Finding:
    office, holder = checked.title(change.office), checked.title(change.holder)
    what = (
        say("{holder} was to take office as {office}", holder=holder, office=office)
        if change.which == "start"
        else say("the term of {holder} as {office} was to end", holder=holder, office=office)
    )
    dates = joined(" or ", dict.fromkeys(plan.when.text for plan in plans))
    message = say(
        "{what} on {dates}, and nothing confirms it since; add a [[term]] with its "
        "{which}, the new plan, or the denial where it was dropped (modality = {denied})",
        what=what,
        dates=dates,
        which=change.which,
        denied='"denied"',
    )
    entries = [plan.entry for plan in plans]
    name = change.which if isinstance(entries[0], Term) else "effective"
    return checked.finding("unconfirmed-change", "warning", message, entries, name)
