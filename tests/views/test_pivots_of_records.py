"""Pivots of a record: a change of position, supposed in the record, turns exactly what they say."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from nemcon.entries import AnyEntry, Membership
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.state import State, at
from nemcon.views.pivots import Part, PivotsView, of_record
from nemcon.views.status import status
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.supposed import Supposed
from nemcon.worlds.verdict import answer
from tests.rules.strategies import attributes, rules
from tests.worlds.build import back, day, motion

WORDS = ("yes", "no", "abstain", "silent")


@st.composite
def records(draw: st.DrawFn) -> list[AnyEntry]:
    """A motion and up to four members, most of whom have said something."""
    entries: list[AnyEntry] = [motion()]
    for n in range(draw(st.integers(1, 4))):
        entries.append(
            Membership(
                member=f"m{n}",
                happened=When.parse(draw(st.sampled_from(["2020", "2020", "2020", "2024-01-03"]))),
                attributes=draw(attributes()),
            )
        )
        said = draw(st.sampled_from([*WORDS[:3], *WORDS[:3], ""]))
        if said:
            when: str | int = draw(st.sampled_from(["2024-01-02", "2024-01-02/2024-01-04"]))
            entries.append(back(f"m{n}", when, stance=said))
    return entries


def supposing(state: State, rule: Procedure, chosen: dict[str, str]) -> str | None:
    """The verdict where these members hold that."""
    held = tuple(sorted((m, ("none" if to == "silent" else to, "")) for m, to in chosen.items()))
    found = answer(state, "m", rule, Conventions(), supposed=Supposed(held))
    return found.verdict if found.exact else None


def asked(entries: list[AnyEntry], rule: Procedure) -> tuple[State, PivotsView]:
    """The pivots on 3 January."""
    state = at(entries, day(3))
    view = status(state, lambda _: rule, matter="m", rule=rule)
    return state, of_record(view, Conventions())


@settings(
    max_examples=3000 if os.environ.get("NEMCON_LONG") else 50,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(records(), rules())
def test_a_change_turns_exactly_what_pivots_say(
    entries: list[AnyEntry], data: dict[str, Any]
) -> None:
    rule = read_procedure(data)
    try:
        state, view = asked(entries, rule)
    except RuleError:
        assume(False)
    for part in view.parts:
        if part.found is None:
            event(f"refused: {part.problem[:60]}")
            continue
        event(f"{part.found.verdict}, {'exact' if part.found.exact else 'not exact'}")
        assert part.found.verdict == view.verdict
        turns(state, rule, part)
        away(state, rule, part)


def turns(state: State, rule: Procedure, part: Part) -> None:
    """Every single change does what it is said to do."""
    assert part.found is not None
    told = {(t.of, str(t.to)): t.verdict for t in part.found.turns}
    for n, one in enumerate(part.members):
        for position in WORDS:
            if one.held == (position,):
                continue
            for name in one.names:
                found = supposing(state, rule, {name: position})
                mine = told.get((n, position), part.found.verdict)
                if part.found.exact:
                    assert mine == found, (name, position)
                elif mine not in (found, "cannot tell"):
                    assert (n, position) not in told, (name, position)


def away(state: State, rule: Procedure, part: Part) -> None:
    """The example does what it is for."""
    assert part.found is not None
    for wanted, one in (("met", part.found.met), ("not met", part.found.not_met)):
        if one is None:
            continue
        chosen: dict[str, str] = {}
        for n, position, number in one.changes:
            free = [name for name in part.members[n].names if name not in chosen]
            chosen.update(dict.fromkeys(free[:number], str(position)))
        assert len(chosen) == one.size
        if "?" not in chosen.values():
            assert supposing(state, rule, chosen) in (wanted, None)
