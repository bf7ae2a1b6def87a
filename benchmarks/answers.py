"""Answers in a warm process: the tally chain day by day, and worlds against brute force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from math import comb
from typing import Any

from benchmarks import federation
from benchmarks.clock import Aims, call
from benchmarks.commands import EXAMPLE
from nemcon.access.packs import procedure
from nemcon.entries import AnyEntry, Count, Matter, Membership, Position, Rule, Tally
from nemcon.load import load
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.state import at
from nemcon.views.status import StatusView, status
from nemcon.when import When
from nemcon.worlds.verdict import Answer, answer
from tests.oracle import answer as brute_force
from tests.oracle.rules import RULES

BRUTE_FORCE = 6  # members up to which it is tried
_BASE = date(2024, 1, 1)
_ALL = {
    "stances": ["support", "objection"],
    "outcome": [
        {"when": {"cmp": [{"n": "support"}, "=", {"n": "all"}]}, "is": "met", "favourable": True},
        {"is": "not met"},
    ],
}


def chain(aims: Aims) -> None:
    """The tallies of 2024 with the two reports, asked on every day of June."""
    print("\nThe tally chain of 2024 with both reports, on each day of June 2024 (processor time)")
    found = load([str(path) for path in sorted(EXAMPLE.iterdir())], datetime.now(UTC))
    spent: dict[str, float] = {}
    exact = True
    for n in range(30):
        day = When.day(date(2024, 6, 1) + timedelta(n))

        def ask(day: When = day) -> None:
            nonlocal exact
            exact &= status(found.state(day), procedure).answer.exact

        spent[day.text] = call(ask)
    slowest = max(spent, key=spent.__getitem__)
    aims.show(f"slowest answer ({slowest})", spent[slowest], 2.0)
    aims.show("median answer", sorted(spent.values())[15])
    if not exact:
        aims.fail("an answer on the chain was given up as too hard")


def _day(number: int) -> When:
    return When.day(_BASE + timedelta(number))


def _record(members: int, number: int) -> list[AnyEntry]:
    """Every member named as supporting, against "exactly `number` support" on the same day."""
    names = [f"m{n}" for n in range(members)]
    return [
        Matter(name="m", sort="motion"),
        *(Membership(member=name, happened=When.parse("2020-01-01")) for name in names),
        *(Position(matter="m", members=(name,), happened=_day(2)) for name in names),
        Tally(matter="m", counts=(Count("support", number),), of=members, happened=_day(2)),
    ]


def worlds(aims: Aims) -> None:
    """Named members against a tally: the engine beside brute force over every world."""
    print("\nWorlds: members named one by one against 'exactly n of m' on the same day")
    rule = read_procedure(_ALL, "all-support")
    for members, number in ((4, 2), (6, 4), (32, 20), (200, 120)):
        record = _record(members, number)
        found: list[Answer] = []
        spent = call(partial(_answer_into, found, record, _day(2), "m", rule), 3)
        what = f"{members} named, exactly {number} of {members}"
        if members > BRUTE_FORCE:
            beside = f"brute force: {comb(members, number):.1e} maximal subsets, not tried"
            aims.show(what, spent, 1.0, beside=beside)
            bounds = (number, members)
        else:
            theirs: list[Any] = []
            brute = call(partial(_oracle_into, theirs, record))
            one = theirs[0].candidates[""]
            aims.show(what, spent, 1.0, beside=f"{spent / brute:.3f} x brute force ({brute:.2f} s)")
            bounds = (one.least, one.most)
        mine = found[0].reckonings[0].support if found[0].reckonings else None
        if mine is None or (mine.least, mine.most) != bounds:
            aims.fail(f"{what}: {mine}, not {bounds}")
    _federation(aims)


def _answer_into(
    found: list[Answer], record: list[AnyEntry], on: When, matter: str, rule: Procedure
) -> None:
    found.append(answer(at(record, on), matter, rule))


def _oracle_into(found: list[Any], record: list[AnyEntry]) -> None:
    rule = replace(RULES["support-of-all"], reads=frozenset({"support", "objection"}))
    found.append(brute_force(record, "m", _day(2), None, {}, rule=rule))


def _federation(aims: Aims) -> None:
    """The live matter of the large record: no limit may be passed on clean, complete data."""
    for matters, words in federation.MATTERS.items():
        entries = federation.entries(10_000, matters)
        algebra = next(entry.algebra for entry in entries if isinstance(entry, Rule))
        own = read_procedure(algebra, "own")
        found: list[Answer] = []
        on = When.parse(federation.ASKED)
        spent = call(partial(_answer_into, found, entries, on, federation.LIVE, own))
        aims.show(f"10,000 entries {words}: state and verdict", spent)
        if not found[0].exact:
            aims.fail(f"10,000 clean entries {words}: given up as too hard")
        if any(finding.code == "conflict" for finding in found[0].findings):
            aims.fail(f"10,000 clean entries {words}: a conflict is reported, and there is none")
    _open_verdict(aims)


def _open_verdict(aims: Aims) -> None:
    """The same record under a rule that the open members can settle, and whose word would."""
    entries = federation.entries(10_000, "one", share="1/2")
    views: list[StatusView] = []

    def ask() -> None:
        state = at(entries, When.parse(federation.ASKED))
        views.append(status(state, procedure, matter=federation.LIVE))

    aims.show("10,000 entries, an open verdict: status", call(ask))
    settled = views[0].settling
    if views[0].answer.verdict != "cannot tell" or settled is None or not settled.met:
        aims.fail("10,000 entries, an open verdict: nobody's word is found that would settle it")
