"""Assumptions as they are written, made into chances. Nothing is assumed that nobody wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from nemcon.analysis.columns import Like
from nemcon.analysis.paths import Group, PathsError
from nemcon.analysis.paths_rounds import ABSTAIN, Independent, Ranked, Voters
from nemcon.rules.algebra import Position
from nemcon.rules.names import as_value, canonical, listed, nearest, shown
from nemcon.rules.procedure import Procedure
from nemcon.rules.sides import sides

OTHERS = "*"
_SETTINGS = ("voters", "ranking", "candidates")
HOW_OPEN = (
    "say how likely each open member is to be in favour, such as --assume 'hungary=0.7', or how "
    "likely each position is: --assume 'hungary=yes:0.5,no:0.3,abstain:0.2'. 'permanent=true=0.9' "
    "is for each member with that attribute, '*=0.5' for each that is not named"
)
HOW_ROUNDS = (
    "say how many vote, and with which weights for whom: --assume voters=96 --assume A=40 --assume "
    "B=35 --assume abstain=2; or give --assume FILE with 'voters' and [[ranking]] tables: order = "
    '["A", "B"], chance = "0.6"'
)


def read_settings(texts: Sequence[str]) -> dict[str, Any]:
    """The assumptions of `NAME=VALUE` texts as the table of a file. Raises `PathsError`."""
    found: dict[str, Any] = {}
    for text in texts:
        name, equals, value = (each.strip() for each in text.rpartition("="))
        if not (name and equals and value):
            raise PathsError(f"'{text}' assumes nothing; {HOW_OPEN}")
        if name in found:
            raise PathsError(f"'{name}' is assumed twice; assume one thing of it")
        parts = [part.partition(":") for part in value.split(",")]
        if all(colon for _, colon, _ in parts):
            found[name] = {position.strip(): chance.strip() for position, _, chance in parts}
        else:
            found[name] = value
    return found


def _number(value: Any, what: str) -> Fraction:
    try:
        number = Fraction(str(value).strip()) if not isinstance(value, bool) else Fraction(-1)
    except (ValueError, ZeroDivisionError):
        number = Fraction(-1)
    if number < 0:
        raise PathsError(f"{what} is {shown(value)}; write a number from 0, such as 0.7 or 2/3")
    return number


# Open members of one ballot


def groups(procedure: Procedure, members: Sequence[Like], table: Mapping[str, Any]) -> list[Group]:
    """The open members by what is assumed of them. Raises `PathsError` where that is not enough."""
    rows = {canonical(str(name)): _chances(procedure, name, value) for name, value in table.items()}
    used: set[str] = set()
    found: dict[tuple[int, tuple[tuple[Position, Fraction], ...]], int] = {}
    missing: list[str] = []
    for n, one in enumerate(members):
        if len(one.held) < 2:
            continue
        names = [*one.names, *[""] * (one.number - len(one.names))]
        for name in names:
            key = _key(name, one, rows)
            if key is None:
                missing.append(name or "a member without a name")
                continue
            used.add(key)
            found[n, rows[key]] = found.get((n, rows[key]), 0) + 1
    if missing:
        who = listed(dict.fromkeys(missing), "and", 8)
        raise PathsError(
            f"nothing is assumed of {who}, and nothing is taken for granted; {HOW_OPEN}"
        )
    _all_used(rows, used, members)
    if not found:
        raise PathsError("nobody is open in these ballots; 'nemcon rules decide' gives the outcome")
    return [Group(n, number, chances) for (n, chances), number in found.items()]


def _key(name: str, one: Like, rows: Mapping[str, Any]) -> str | None:
    """Under which name something is assumed of a member: its own, its class, or all others."""
    if canonical(name) in rows:
        return canonical(name)
    for row in rows:
        attribute, equals, value = row.partition("=")
        if equals and one.attributes.get(attribute, False) == as_value(value):
            return row
    return OTHERS if OTHERS in rows else None


def _all_used(rows: Mapping[str, Any], used: set[str], members: Sequence[Like]) -> None:
    named = [name for one in members for name in one.names]
    for row in rows:
        if row in used or row == OTHERS:
            continue
        if row in map(canonical, named):
            raise PathsError(f"'{row}' has voted already; assume nothing of it")
        near = nearest(row, named)
        hint = f"did you mean '{near}'?" if near else "nobody who is open is called so"
        raise PathsError(f"something is assumed of '{row}'; {hint}")


def _chances(procedure: Procedure, name: str, value: Any) -> tuple[tuple[Position, Fraction], ...]:
    """How likely each position is; one number is the chance of being in favour, else against."""
    voices = sides(procedure)
    what = f"the chance of '{name}'"
    if not isinstance(value, Mapping):
        favour = _number(value, what)
        if favour > 1:
            raise PathsError(f"{what} is {value}; write a number from 0 to 1, such as 0.7")
        rows: dict[Position, Fraction] = {voices.favour: favour, voices.against: 1 - favour}
    else:
        rows = {}
        for position, chance in value.items():
            known = procedure.positions.find(str(position))
            if known is None:
                raise PathsError(
                    f"'{position}' is no position of this rule; "
                    f"{procedure.positions.hint(str(position))}"
                )
            rows[known] = rows.get(known, Fraction(0)) + _number(chance, f"{what} of '{position}'")
    total = sum(rows.values(), Fraction(0))
    if total != 1 or any(chance < 0 for chance in rows.values()):
        raise PathsError(f"the chances of '{name}' add up to {total}; they must add up to 1")
    return tuple((position, chance) for position, chance in rows.items() if chance)


# Rounds


def voters(table: Mapping[str, Any], candidates: Sequence[str]) -> tuple[Voters, tuple[str, ...]]:
    """How voters vote, and who may be voted for. Raises `PathsError` where that is not enough."""
    if not table or "voters" not in table:
        raise PathsError(f"how voters vote is not assumed, and not taken for granted; {HOW_ROUNDS}")
    number = _number(table["voters"], "'voters'")
    if number.denominator != 1 or not 0 < number <= 10**7:
        raise PathsError(f"'voters' is {shown(table['voters'])}; write a whole number from 1")
    if "ranking" in table:
        return _ranked(int(number), table["ranking"], candidates)
    weights = {str(name): value for name, value in table.items() if name not in _SETTINGS}
    names = tuple(candidates) or tuple(name for name in weights if canonical(name) != ABSTAIN)
    known = {canonical(name): name for name in (*names, ABSTAIN)}
    held = {name: Fraction(0) for name in known.values()}
    for name, value in weights.items():
        if canonical(name) not in known:
            near = nearest(name, known.values())
            hint = f"did you mean '{near}'?" if near else f"there are {listed(names, 'and')}"
            raise PathsError(f"'{name}' is no candidate here; {hint}")
        held[known[canonical(name)]] = _number(value, f"the weight of '{name}'")
    missing = [name for name in names if name not in weights]
    if missing:
        raise PathsError(f"no weight is given for {listed(missing, 'and')}; {HOW_ROUNDS}")
    return Independent(int(number), [held[name] for name in (*names, ABSTAIN)]), names


def _ranked(number: int, rows: Any, candidates: Sequence[str]) -> tuple[Voters, tuple[str, ...]]:
    if not isinstance(rows, list) or not all(
        isinstance(row, Mapping) and isinstance(row.get("order"), list) and "chance" in row
        for row in rows
    ):
        raise PathsError(
            'a [[ranking]] needs order = ["A", "B"] and chance = "0.6"; write one table for each'
        )
    named = [str(who) for row in rows for who in row["order"]]
    names = tuple(candidates) or tuple(dict.fromkeys(named))
    if strange := [who for who in named if who not in names]:
        raise PathsError(f"'{strange[0]}' is no candidate here; there are {listed(names, 'and')}")
    chances = [_number(row["chance"], "the chance of a ranking") for row in rows]
    if sum(chances) != 1:
        raise PathsError(f"the chances of the rankings add up to {sum(chances)}; they must be 1")
    orders = [tuple(names.index(str(who)) for who in row["order"]) for row in rows]
    return Ranked(number, orders, chances), names
