"""The answers that completeness kept, and dropped, give, put together.

A record that is said to be complete may be contradicted by what it holds; then its completeness is
one more claim that may be the wrong one (SEMANTICS 3 and 11).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeAlias

from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State
from nemcon.worlds.answers import Answer, Reckoning, verdict_of
from nemcon.worlds.claims import Claims
from nemcon.worlds.conflicts import Settled
from nemcon.worlds.days import day_range
from nemcon.worlds.problem import Problem
from nemcon.worlds.reckoning import Reckoner
from nemcon.worlds.silences import may_run
from nemcon.worlds.unanswered import no_world, too_hard

Mode: TypeAlias = tuple[bool, bool]
"""Whether the record holds every position, and every objection."""


def modes_of(
    claims: Claims, state: State, event: str, matter: str, drafts: Collection[str]
) -> list[Mode]:
    """Which completeness is taken as given: as stated for `on` first, then as it may be dropped.

    None while silence may still run on the matter, or on one of these drafts of it: who has not
    spoken then has not consented yet.
    """
    domain = claims.timings[event].domain if event else None
    day = domain[0][0] if domain else day_range(state.on, state.zone)[1]
    last = domain[-1][1] if domain else day
    if claims.completeness and may_run(state, matter, drafts, last):
        return [(False, False)]
    stated = {c.what for c in claims.completeness if _covers(c.start, c.end, day, last, state)}
    position, objection = "position" in stated, "objection" in stated
    return [
        (p, o)
        for p in ([True, False] if position else [False])
        for o in ([True, False] if objection else [False])
    ]


def _covers(start: object, end: object, first: int, last: int, state: State) -> bool:
    low = day_range(start, state.zone)[1] if start else first
    high = day_range(end, state.zone)[0] if end else last
    return low <= first and last <= high


def over_modes(
    parts: Iterable[Reckoner], claims: Claims, selection: bool, *, complete: bool
) -> Answer:
    """Union over completeness kept or dropped; dropped only where that keeps some other claim."""
    found: list[list[Reckoning]] = []
    findings = list(claims.findings)
    before: list[tuple[Problem, Settled]] = []
    decided: set[bool] = set()
    rough: set[str] = set()
    for part in parts:
        worth = part.beyond([s for problem, s in before if _takes_as_much(problem, part.problem)])
        before.append((part.problem, part.settled))
        if not worth:
            continue
        reckoned = part.reckon()
        if reckoned is not None:
            found.append(reckoned)
            decided |= part.decided
            rough |= part.rough
        if not part.settled.clean:
            findings.append(_conflict(part))
        elif len(before) == 1:
            break
    if not found:
        return Answer("cannot tell", (), (*findings, no_world()), complete=complete)
    joined = found[0]
    for more in found[1:]:
        joined = [a.join(b) for a, b in zip(joined, more, strict=True)]
    verdict = verdict_of(joined, selection=selection)
    given_up = any(r.candidate in rough and r.verdict == "cannot tell" for r in joined)
    if given_up:
        findings.append(too_hard())
    kept = tuple(dict.fromkeys(findings))
    exact = not given_up or verdict != "cannot tell"
    sure = frozenset(decided) or None
    return Answer(verdict, tuple(joined), kept, exact, complete=complete, decided=sure)


def _takes_as_much(one: Problem, other: Problem) -> bool:
    """Whether the first takes all completeness as given that the second does."""
    return one.complete >= other.complete and (one.complete_objections >= other.complete_objections)


def _conflict(part: Reckoner) -> Finding:
    claims = part.problem.claims
    first = len(claims.atoms)
    options = [*part.settled.dropped, *(d for ds in part.settled.private.values() for d in ds)]
    units = {unit for option in options for unit in option}
    entries = {
        claims.atoms[u].entry if u < first else claims.aggregates[u - first].entry for u in units
    }
    return Finding(
        "conflict",
        "warning",
        say(
            "these reports contradict each other; the answer allows for each of them: "
            "correct the one that is wrong"
        ),
        tuple(sorted(entries)),
    )
