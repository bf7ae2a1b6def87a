"""Reserves that stand, and that the rule of their matter passes over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemcon.check.checked import Checked
from nemcon.check.lookup import procedure_of
from nemcon.check.words import quoted
from nemcon.entries import ALL, AnyEntry, Position, Reserve
from nemcon.findings import Finding
from nemcon.rules.decide import lets_a_reserve_pass
from nemcon.rules.procedure import Procedure
from nemcon.rules.seating import named_positions
from nemcon.saying import say
from nemcon.state import confirmed
from nemcon.worlds.drafts import possible_drafts


def reserves_read(checked: Checked) -> Iterator[Finding]:
    """Reserves that are not lifted on the day, where the rule reads neither reserves nor support.

    Such a rule (*no member objects*) is met for all that they stand, and nobody would notice.
    """
    by_matter: dict[str, list[Reserve]] = {}
    for reserve in checked.state.all(Reserve):
        if matter := checked.matter_of(reserve):
            by_matter.setdefault(matter, []).append(reserve)
    for matter, reserves in sorted(by_matter.items()):
        procedure = procedure_of(checked, matter, (checked.on, checked.on))
        if procedure is None or not procedure.ladder or _reads(procedure):
            continue
        entries = checked.state.of_matter(matter)
        drafts = possible_drafts(entries, checked.state)
        for reserve in reserves:
            asked = not reserve.draft or any(reserve.draft in some for some in drafts)
            if asked and _stands(checked, reserve, entries):
                yield _passed_over(checked, reserve, procedure)


def _reads(procedure: Procedure) -> bool:
    """Whether whoever has a reserve is told apart from who has none: the rule counts support, and
    a single reserve is no more let pass than a single objection.
    """
    named = {*named_positions(procedure)}
    if procedure.position("reserve") in named:
        return True
    return procedure.position("support") in named and not lets_a_reserve_pass(procedure)


def _stands(checked: Checked, reserve: Reserve, entries: Sequence[AnyEntry]) -> bool:
    """Whether it may have been entered by the day, is not lifted for certain by then, and no later
    position of that member has taken its place.
    """
    first, last = checked.days(reserve)
    if not confirmed(reserve) or first > checked.on:
        return False
    if reserve.lifted is not None and checked.day_range(reserve.lifted)[1] <= checked.on:
        return False
    return not any(
        isinstance(entry, Position)
        and confirmed(entry)
        and (reserve.member in entry.members or ALL in entry.members)
        and reserve.member not in entry.excepted
        and last < checked.days(entry)[0] <= checked.on
        for entry in entries
    )


def _passed_over(checked: Checked, reserve: Reserve, procedure: Procedure) -> Finding:
    message = say(
        "{who} has a reserve that is not lifted, and the rule {rule} does not read reserves, so "
        "that the verdict passes over it; record an 'objection' too, if that is what it means",
        who=checked.title(reserve.member),
        rule=quoted(procedure.id),
    )
    return checked.finding("reserve-not-read", "warning", message, [reserve])
