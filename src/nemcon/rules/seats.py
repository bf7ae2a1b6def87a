"""Filling seats from a ranking with ties, under a limit such as two of one employer.

The limit works from the top: who would exceed it is passed over, and the next moves up. That is
the same as disqualifying the lowest of those above the limit again and again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from nemcon.rules.names import Value

Filled: TypeAlias = tuple[str, ...]
MOST_LEVEL = 12
MOST_WAYS = 5000


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many winners may share a value of an attribute."""

    attribute: str
    at_most: int


@dataclass(frozen=True, slots=True)
class Filling:
    """Every set of winners that some order of those who are level gives, in order of election.

    `passed` are those passed over for the limit on every way; `whole` is false where there were
    too many ways to look at all.
    """

    ways: tuple[Filled, ...]
    passed: tuple[str, ...] = ()
    whole: bool = True


def fill(
    groups: Iterable[Sequence[str]],
    seats: int,
    limit: Limit | None = None,
    shares: Mapping[str, Value] | None = None,
) -> Filling:
    """Fill the seats from groups of candidates, best first; those in one group are level.

    `shares` says for candidates what they have of the limited attribute.
    """
    ways: dict[frozenset[str], tuple[Filled, frozenset[str]]] = {frozenset(): ((), frozenset())}
    whole = True
    for group in groups:
        if all(len(chosen) == seats for chosen in ways):
            break
        if len(group) > MOST_LEVEL or len(ways) > MOST_WAYS:
            whole = False
            break
        after: dict[frozenset[str], tuple[Filled, frozenset[str]]] = {}
        for filled, passed in ways.values():
            for way, over in _through(filled, group, seats, limit, shares or {}):
                key = frozenset(way)
                kept = after.get(key, (way, passed | over))
                after[key] = (kept[0], kept[1] & (passed | over))
        ways = after
    passed = frozenset.intersection(*(over for _, over in ways.values()))
    return Filling(tuple(filled for filled, _ in ways.values()), tuple(sorted(passed)), whole)


def _through(
    filled: Filled,
    group: Sequence[str],
    seats: int,
    limit: Limit | None,
    shares: Mapping[str, Value],
) -> Iterable[tuple[Filled, frozenset[str]]]:
    """Every set that this group adds, whatever the order in it."""
    found: dict[frozenset[str], tuple[Filled, frozenset[str]]] = {}
    seen: set[tuple[frozenset[str], frozenset[str]]] = set()
    waiting = [(filled, frozenset(group), frozenset[str]())]
    while waiting:
        chosen, left, over = waiting.pop()
        if (state := (frozenset(chosen), left)) in seen:
            continue
        seen.add(state)
        if not left or len(chosen) == seats:
            key = frozenset(chosen)
            kept = found.get(key, (chosen, over))
            found[key] = (kept[0], kept[1] & over)
            continue
        for who in [each for each in group if each in left]:
            if _full(who, chosen, limit, shares):
                waiting.append((chosen, left - {who}, over | {who}))
            else:
                waiting.append(((*chosen, who), left - {who}, over))
    return [
        (tuple(sorted(way, key=lambda who: _place(who, filled, group))), over)
        for way, over in found.values()
    ]


def _place(who: str, filled: Filled, group: Sequence[str]) -> int:
    return filled.index(who) if who in filled else len(filled) + list(group).index(who)


def _full(who: str, chosen: Filled, limit: Limit | None, shares: Mapping[str, Value]) -> bool:
    if limit is None or who not in shares:
        return False
    alike = sum(1 for each in chosen if shares.get(each) == shares[who])
    return alike >= limit.at_most


def grouped(votes: Mapping[str, int]) -> list[list[str]]:
    """Candidates by votes, most first; those with as many stand in one group."""
    found: dict[int, list[str]] = {}
    for who in sorted(votes, key=lambda who: (-votes[who], who)):
        found.setdefault(votes[who], []).append(who)
    return list(found.values())


def settled(groups: Iterable[Sequence[str]], favoured: Sequence[str]) -> list[list[str]]:
    """The groups, where among those who are level the favoured come first, in their order."""
    found: list[list[str]] = []
    for group in groups:
        found += [[who] for who in favoured if who in group]
        if rest := [who for who in group if who not in favoured]:
            found.append(rest)
    return found
