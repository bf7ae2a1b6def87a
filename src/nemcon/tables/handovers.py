"""Who comes into an office and who leaves it, and when: each change once, whoever tells of it.

An office changes hands once, though reports plan it, a decision sets its day and another report
says that it has come. A calendar shows what has come, else the plan as it was told last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from nemcon.entries import AnyEntry, Decision, Term
from nemcon.state import State, confirmed
from nemcon.when import When

Side: TypeAlias = Literal["start", "end"]
Key: TypeAlias = tuple[str, str, Side, bool]


@dataclass(frozen=True)
class Change:
    """A start or an end in an office; `sure` once something tells that it has come, `called_off`
    where a plan was denied after it was told last.

    `number` counts the changes of one holder in the order of their dates.
    """

    office: str
    holder: str
    side: Side
    acting: bool
    when: When
    sure: bool
    entries: tuple[AnyEntry, ...]
    number: int = 0
    called_off: bool = False

    @property
    def body(self) -> str:
        """The body that the office is of, as entries name it."""
        return next((entry.body for entry in self.entries if entry.body), "")


def changes(entries: Iterable[AnyEntry], state: State) -> list[Change]:
    """Every change that the entries tell of; what is denied only where it was planned before."""
    told: dict[Key, list[Change]] = {}
    denials: list[Term] = []
    for entry in entries:
        if isinstance(entry, Term) and entry.modality == "denied":
            denials.append(entry)
        for each in _told(entry, state):
            key = (each.office, each.holder, each.side, each.acting)
            told.setdefault(key, []).append(each)
    return [
        replace(change, number=number, called_off=_denied(change, denials, state))
        for key in sorted(told)
        for number, change in enumerate(_once(told[key], state))
    ]


def _denied(plan: Change, denials: Iterable[Term], state: State) -> bool:
    """Whether the last word on a plan is that it will not be: on that day, or on any."""
    if plan.sure:
        return False
    told = max(state.known_day(entry) or date.min for entry in plan.entries)
    for entry in denials:
        if (entry.office, entry.holder, entry.acting) == (plan.office, plan.holder, plan.acting):
            day = entry.start if plan.side == "start" else entry.end
            meant = day is None and entry.start is entry.end
            meant = meant or (day is not None and day.overlap(plan.when, state.zone) is not None)
            if meant and (state.known_day(entry) or date.min) >= told:
                return True
    return False


def office_of(decision: Decision, state: State) -> str:
    """The office that a decision gives to its candidate; empty if it gives none, or none is said.

    Its start is then a change of that office, and no more need be said of when it takes effect.
    """
    appoints = decision.candidate and decision.result in ("appointed", "adopted")
    if not appoints or decision.modality == "denied":
        return ""
    names = state.matter_names
    matter = decision.matter or (min(names) if len(names) == 1 else "")
    return min((each.office for each in state.matters.get(matter, ()) if each.office), default="")


def _told(entry: AnyEntry, state: State) -> Iterator[Change]:
    if isinstance(entry, Term) and entry.modality != "denied":
        dated: tuple[tuple[Side, When | None], ...] = (("start", entry.start), ("end", entry.end))
        for side, when in dated:
            if when is not None:
                sure = confirmed(entry)
                yield Change(entry.office, entry.holder, side, entry.acting, when, sure, (entry,))
    elif isinstance(entry, Decision) and entry.effective and (office := office_of(entry, state)):
        sure = entry.effective_confirmed and confirmed(entry)
        yield Change(office, entry.candidate, "start", False, entry.effective, sure, (entry,))


def _once(told: Sequence[Change], state: State) -> list[Change]:
    """What several entries tell of one holder, one change each, in the order of their dates.

    A plan says nothing of the day of what has come: that is as certain as those who confirm it.
    """
    come = _merged([each for each in told if each.sure], state)
    plans: list[Change] = []
    for plan in (each for each in told if not each.sure):
        for n, change in enumerate(come):
            if change.when.overlap(plan.when, state.zone) is not None:
                come[n] = replace(change, entries=(*change.entries, *plan.entries))
                break
        else:
            if not any(_comes_after(change, plan, state) for change in come):
                plans.append(plan)
    plans = [plan for plan in plans if not any(_instead(other, plan, state) for other in plans)]
    return sorted([*come, *_merged(plans, state)], key=lambda each: _first(each.when, state))


def _comes_after(change: Change, plan: Change, state: State) -> bool:
    """Whether what has come is what was planned: it was still ahead when the plan was told."""
    last = change.when.last_day(state.zone)
    return last is None or last >= _day_told(plan, state)


def _instead(later: Change, plan: Change, state: State) -> bool:
    """Whether a plan was told anew with another day, before its own had passed."""
    anew, last = _day_told(later, state), plan.when.last_day(state.zone)
    if anew <= _day_told(plan, state) or (last is not None and last < anew):
        return False
    return later.when.overlap(plan.when, state.zone) is None


def _day_told(plan: Change, state: State) -> date:
    return state.known_day(plan.entries[0]) or date.min


def _merged(told: Sequence[Change], state: State) -> list[Change]:
    """Reports of one change, which may be of one day, as one; in the order of their dates."""
    groups: list[Change] = []
    for each in sorted(told, key=lambda each: (_first(each.when, state), each.entries[0].id)):
        both = groups[-1].when.overlap(each.when, state.zone) if groups else None
        if both is None:
            groups.append(each)
        else:
            entries = (*groups[-1].entries, *each.entries)
            groups[-1] = replace(groups[-1], when=both, entries=entries)
    return groups


def _first(when: When, state: State) -> date:
    return when.first_day(state.zone) or when.last_day(state.zone) or date.min


def handed_over(found: Sequence[Change], state: State) -> dict[int, Change]:
    """The ends that are one event with a start, by the place of the start in `found`: on one
    certain day one leaves an office and one other takes it, and both are sure, both planned or
    both called off.
    """
    days: dict[tuple[str, bool, bool, date], dict[Side, list[int]]] = {}
    for n, each in enumerate(found):
        first, last = each.when.first_day(state.zone), each.when.last_day(state.zone)
        if first is not None and first == last:
            sides = days.setdefault(
                (each.office, each.sure, each.called_off, first), {"start": [], "end": []}
            )
            sides[each.side].append(n)
    pairs: dict[int, Change] = {}
    for sides in days.values():
        if len(sides["start"]) == len(sides["end"]) == 1:
            start, end = found[sides["start"][0]], found[sides["end"][0]]
            named = {e.succeeds for e in start.entries if isinstance(e, Term)} - {""}
            if start.holder != end.holder and named <= {end.holder}:
                pairs[sides["start"][0]] = end
    return pairs
