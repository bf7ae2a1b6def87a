"""Rankings under a quorum, a supermajority over a default option, and the Schwartz set.

The constitution of Debian, A.6: an option that too few prefer to the default option, or that does
not defeat it by the majority that it needs, is dropped; then see `ranked`. All in exact numbers: a
root is compared as a square.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from nemcon.findings import Finding
from nemcon.rules.answer import Comparison, exact_text
from nemcon.rules.counted import Counted, each_once
from nemcon.rules.names import as_number, listed, shown
from nemcon.rules.ranked import (
    Matrix,
    RankingError,
    certain_winner,
    pairwise,
    sequential_dropping,
    total,
)
from nemcon.rules.ties import TOLD, asked, told
from nemcon.when import When


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many must prefer an option to the default: a number, or so many times a root."""

    number: Fraction
    root_of: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """Whether the majority must be exceeded, not only reached, within these dates."""

    start: When | None
    end: When | None
    strict: bool


@dataclass(frozen=True, slots=True)
class Condorcet:
    """The rule. `default_option`: a name, or `last`; empty: there is none."""

    ties: tuple[str, ...]
    default_option: str = "last"
    quorum: Quorum | None = None
    supermajority: str | bool = False
    strict: tuple[Dated, ...] = (Dated(None, None, False),)

    @property
    def params(self) -> frozenset[str]:
        """The names under which something may be told beside the ballots."""
        named = {self.supermajority} if isinstance(self.supermajority, str) else set()
        named |= {"quorum", self.quorum.root_of} - {""} if self.quorum else set()
        return frozenset({*TOLD.values(), "default_option", *named})

    def is_strict(self, on: When | None) -> set[bool]:
        """Whether the majority must be exceeded on that date: both, if the text is not known."""
        if on is None:
            return {self.strict[-1].strict} if self.strict else {False}
        found = set()
        for row in self.strict:
            after = row.start is None or row.start.after(on) is not True
            before = row.end is None or row.end.before(on) is not True
            if after and before:
                found.add(row.strict)
        return found or {False, True}


@dataclass(frozen=True)
class _Asked:
    """What is asked: the matrix and what is told beside it."""

    names: tuple[str, ...]
    matrix: Matrix
    default: int | None
    voters: int
    outstanding: int


def decide_condorcet(
    rule: Condorcet, ballots: Mapping[str, Any], params: Mapping[str, Any], on: When | None = None
) -> Counted:
    """The winner, or the Schwartz set that is left. Raises `RankingError` for bad ballots."""
    asked_for = _read(rule, ballots, params)
    arithmetic: list[Comparison] = []
    findings: list[Finding] = []
    least = _quorum(rule, ballots, params, findings)
    short = _below_quorum(asked_for, least, arithmetic)
    ways = _below_majority(rule, asked_for, ballots, params, on, arithmetic)
    worlds = []
    for way in ways:
        left = [x for x in range(len(asked_for.names)) if x not in {*short, *way}]
        worlds.append((sequential_dropping(asked_for.matrix, left), sorted({*short, *way}), left))
    if asked_for.outstanding:
        return _open(rule, asked_for, ballots, params, on, tuple(arithmetic), findings)
    return _closed(rule, asked_for, worlds, ballots, params, tuple(arithmetic), findings)


def _closed(
    rule: Condorcet,
    asked_for: _Asked,
    worlds: list[tuple[list[int], list[int], list[int]]],
    ballots: Mapping[str, Any],
    params: Mapping[str, Any],
    arithmetic: tuple[Comparison, ...],
    findings: list[Finding],
) -> Counted:
    names = asked_for.names
    sets = each_once(tuple(names[x] for x in inner) for inner, _, _ in worlds)
    dropped = each_once(tuple(names[x] for x in gone) for _, gone, _ in worlds)
    more: dict[str, Any] = {
        "schwartz_set": list(sets[0]) if len(sets) == 1 else None,
        "dropped": list(dropped[0]) if len(dropped) == 1 else None,
        "pairwise": _shown(asked_for),
    }
    possible = each_once(name for inner in sets for name in inner)
    outcome = possible[0] if len(possible) == 1 else None
    if len(sets) == 1 and outcome is None:
        for policy in rule.ties:
            outcome = told(policy, possible, params, ballots)
            if outcome is not None:
                more[TOLD[policy]] = outcome
                break
        else:
            left = f"{listed(possible, 'and')} are left in the Schwartz set"
            text = f"{left}; {asked(rule.ties)}, one of them"
            findings.append(Finding("tie-open", "warning", text))
    unsure = any(each.severity == "warning" for each in findings)
    default = None if asked_for.default is None else names[asked_for.default]
    verdict: Any = "cannot tell"
    if outcome is not None and not unsure:
        verdict = "not met" if outcome == default else "met"
    return Counted(
        outcome,
        possible if outcome is None else (outcome,),
        () if outcome is None else (outcome,),
        verdict,
        (),
        _notes(dropped),
        arithmetic,
        tuple(findings),
        more,
    )


def _open(
    rule: Condorcet,
    asked_for: _Asked,
    ballots: Mapping[str, Any],
    params: Mapping[str, Any],
    on: When | None,
    arithmetic: tuple[Comparison, ...],
    findings: list[Finding],
) -> Counted:
    """Ballots are outstanding: a winner only where none of them can change it."""
    count, default = asked_for.outstanding, asked_for.default
    winner = certain_winner(asked_for.matrix, range(len(asked_for.names)), count)
    if winner is not None and default is not None and winner != default:
        short = _below_quorum(asked_for, _quorum(rule, ballots, params, []), [])
        worst = [list(row) for row in asked_for.matrix]
        worst[default][winner] += count
        at_worst = _Asked(asked_for.names, worst, default, asked_for.voters, 0)
        under = _below_majority(rule, at_worst, ballots, params, on, [])
        if winner in short or any(winner in way for way in under):
            winner = None
    outcome = None if winner is None else asked_for.names[winner]
    unsure = any(each.severity == "warning" for each in findings)
    verdict: Any = "cannot tell"
    if outcome is not None and not unsure:
        verdict = "not met" if winner == default else "met"
    return Counted(
        outcome,
        asked_for.names if outcome is None else (outcome,),
        () if outcome is None else (outcome,),
        verdict,
        (),
        (f"{count} ballots are outstanding",),
        arithmetic,
        tuple(findings),
        {"schwartz_set": None, "dropped": None, "pairwise": _shown(asked_for)},
    )


def _read(rule: Condorcet, ballots: Mapping[str, Any], params: Mapping[str, Any]) -> _Asked:
    data = ballots.get("rankings", ballots.get("ballots"))
    if not isinstance(data, list | Mapping):
        raise RankingError('no ballots; write {"options": ["A", "B"], "rankings": {"12": 155}}')
    names = _options(ballots.get("options"), data)
    outstanding = ballots.get("outstanding", 0)
    if isinstance(outstanding, bool) or not isinstance(outstanding, int) or outstanding < 0:
        raise RankingError(f"'outstanding' is {shown(outstanding)}; write a whole number")
    default = None
    if rule.default_option:
        default = _default(rule, ballots.get("default_option", params.get("default_option")), names)
    return _Asked(names, pairwise(data, len(names)), default, total(data), outstanding)


def _options(data: Any, ballots: Any) -> tuple[str, ...]:
    if data is None:
        first = next(iter(ballots), "")
        data = len(first) if isinstance(first, str | list | tuple) else 0
    if isinstance(data, int) and not isinstance(data, bool):
        data = [str(number) for number in range(1, data + 1)]
    names = data.split() if isinstance(data, str) else data
    if not isinstance(names, list) or not names or not all(isinstance(each, str) for each in names):
        raise RankingError(
            f"'options' is {shown(data)}; write a list of names in the order of the ballots, "
            "or how many there are"
        )
    if len(set(names)) < len(names):
        raise RankingError("'options' names one of them twice")
    return tuple(names)


def _default(rule: Condorcet, told_name: Any, names: tuple[str, ...]) -> int:
    if told_name is None:
        told_name = rule.default_option
        if told_name == "last":
            return len(names) - 1
    if isinstance(told_name, int) and not isinstance(told_name, bool):
        if 1 <= told_name <= len(names):
            return told_name - 1
    elif str(told_name) in names:
        return names.index(str(told_name))
    raise RankingError(
        f"the default option {shown(told_name)} is none of {listed(names, 'and')}; "
        "write its name, or its number from 1 on"
    )


def _quorum(
    rule: Condorcet,
    ballots: Mapping[str, Any],
    params: Mapping[str, Any],
    findings: list[Finding],
) -> tuple[Fraction, bool] | None:
    """What must be reached, and whether it is to be compared with the square of the votes."""
    if rule.quorum is None:
        return None
    given = ballots.get("quorum", params.get("quorum"))
    if given is not None:
        if (number := as_number(given)) is None or number < 0:
            raise RankingError(f"'quorum' is {shown(given)}; write a number such as '45.22' or 2")
        return number, False
    if not rule.quorum.root_of:
        return rule.quorum.number, False
    name = rule.quorum.root_of
    size = as_number(ballots.get(name, params.get(name)))
    if size is None or size < 0:
        text = (
            f"the quorum was not checked: it depends on '{name}', which is not told; "
            f"give --param {name}=N, or --param quorum=R"
        )
        findings.append(Finding("quorum-not-checked", "warning", text))
        return None
    return rule.quorum.number**2 * size, True


def _below_quorum(
    asked_for: _Asked, least: tuple[Fraction, bool] | None, arithmetic: list[Comparison]
) -> list[int]:
    if least is None or asked_for.default is None:
        return []
    needed, squared = least
    short = []
    for x, name in enumerate(asked_for.names):
        if x == asked_for.default:
            continue
        votes = asked_for.matrix[x][asked_for.default]
        left = votes**2 if squared else votes
        holds = left >= needed
        about = f"who prefer it to {asked_for.names[asked_for.default]}"
        about += ", squared, reach the quorum squared" if squared else " reach the quorum"
        arithmetic.append(
            Comparison(f"option {name}", about, str(left), ">=", exact_text(needed), holds)
        )
        if not holds:
            short.append(x)
    return short


def _below_majority(
    rule: Condorcet,
    asked_for: _Asked,
    ballots: Mapping[str, Any],
    params: Mapping[str, Any],
    on: When | None,
    arithmetic: list[Comparison],
) -> list[tuple[int, ...]]:
    """The options that do not defeat the default by their majority: every case that may be."""
    if asked_for.default is None:
        return [()]
    default, strictness = asked_for.default, rule.is_strict(on)
    cases: list[tuple[bool, ...]] = []
    for x, name in enumerate(asked_for.names):
        if x == default:
            cases.append((False,))
            continue
        times = _times(rule, name, ballots, params)
        votes, against = asked_for.matrix[x][default], asked_for.matrix[default][x]
        reached = {
            (votes > times * against if strict else votes >= times * against) and votes > against
            for strict in strictness
        }
        operator = ">" if True in strictness or times == 1 else ">="
        holds = reached.copy().pop() if len(reached) == 1 else None
        about = f"defeats {asked_for.names[default]}"
        about += "" if times == 1 else f" by {exact_text(times)} to 1"
        arithmetic.append(
            Comparison(
                f"option {name}", about, str(votes), operator, exact_text(times * against), holds
            )
        )
        cases.append(tuple(sorted(not each for each in reached)))
    return [tuple(x for x, out in enumerate(case) if out) for case in product(*cases)]


def _times(
    rule: Condorcet, name: str, ballots: Mapping[str, Any], params: Mapping[str, Any]
) -> Fraction:
    """The majority that an option needs over the default: 1 where nothing is told."""
    if not isinstance(rule.supermajority, str):
        return Fraction(1)
    given = ballots.get(rule.supermajority, params.get(rule.supermajority, 1))
    value = given.get(name, 1) if isinstance(given, Mapping) else given
    number = as_number(value)
    if number is None or number < 1:
        raise RankingError(
            f"'{rule.supermajority}' of option {name} is {shown(value)}; write a number such as "
            "3 or '3/1', or a table of them by option"
        )
    return number


def _notes(dropped: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    if len(dropped) > 1:
        return ("which options are dropped depends on a text that is not known for this date",)
    gone = dropped[0] if dropped else ()
    verb = "is" if len(gone) == 1 else "are"
    return (f"{listed(gone, 'and')} {verb} dropped",) if gone else ()


def _shown(asked_for: _Asked) -> dict[str, dict[str, int]]:
    return {
        name: {other: asked_for.matrix[x][y] for y, other in enumerate(asked_for.names) if x != y}
        for x, name in enumerate(asked_for.names)
    }
