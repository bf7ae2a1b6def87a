"""Random monotone rules as their files say them, and their winners by brute force over all sets.

Shares nothing with the package: a rule is read straight from its plain values, for every coalition
at once, as one column of a table of 2^n rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

Truths = npt.NDArray[np.bool_]
People = Sequence[Mapping[str, Any]]


# Rules that one more member in favour never hurts


@cache
def members() -> st.SearchStrategy[Any]:
    """A set that does not depend on votes."""
    return st.one_of(
        st.just("all"),
        st.sampled_from([True, False]).map(lambda p: {"attr": ["p", p]}),
        st.sampled_from("ab").map(lambda g: {"attr": ["g", g]}),
        st.integers(0, 3).map(lambda w: {"attr": ["w", ">=", w]}),
    )


def for_it(inside: Any) -> Any:
    """Those of a set who are in favour."""
    return "yes" if inside == "all" else {"and": ["yes", inside]}


def not_for_it(inside: Any) -> Any:
    """Those of a set who are not."""
    return {"minus": [inside, "yes"]}


SHARES = st.sampled_from(("1/2", "2/3", "3/5", "55/100", "65/100", "1", "1/3"))
WEIGHTS = st.sampled_from(("w", "u", "v"))


@cache
def counted() -> st.SearchStrategy[tuple[Any, Any]]:
    """A measure that grows with votes in favour, and the same of everybody."""

    def number(inside: Any) -> tuple[Any, Any]:
        return {"n": for_it(inside)}, {"n": inside}

    def weight(drawn: tuple[str, Any]) -> tuple[Any, Any]:
        name, inside = drawn
        return {"w": [name, for_it(inside)]}, {"w": [name, inside]}

    return st.one_of(
        members().map(number),
        st.tuples(WEIGHTS, members()).map(weight),
        st.tuples(WEIGHTS, members()).map(weight),
    )


@st.composite
def quotas(draw: st.DrawFn) -> dict[str, Any]:
    """So much of a measure is needed: a share of it, a number, or more than what is against."""
    mine, whole = draw(counted())
    operator = draw(st.sampled_from((">=", ">")))
    match draw(st.integers(0, 3)):
        case 0:
            return {"cmp": [mine, operator, draw(st.integers(0, 8))]}
        case 1:
            return {"not": {"cmp": [mine, "<", {"mul": [draw(SHARES), whole]}]}}
        case 2:
            return {"cmp": [{"mul": ["2", mine]}, operator, {"floor": whole}]}
        case _:
            return {"cmp": [mine, operator, {"mul": [draw(SHARES), whole]}]}


@st.composite
def ties(draw: st.DrawFn) -> dict[str, Any]:
    """More than a number; or just so much, and something else decides."""
    mine, whole = draw(counted())
    number = draw(st.sampled_from([draw(st.integers(0, 8)), {"mul": [draw(SHARES), whole]}]))
    level = {"all": [{"cmp": [mine, "=", number]}, draw(quotas())]}
    return {"any": [{"cmp": [mine, ">", number]}, level]}


@st.composite
def vetoes(draw: st.DrawFn) -> dict[str, Any]:
    """Nobody of a class is against."""
    inside = draw(members())
    return {"none": draw(st.sampled_from([{"and": ["no", inside]}, not_for_it(inside)]))}


@st.composite
def minorities(draw: st.DrawFn) -> dict[str, Any]:
    """Too few are not in favour to block: a number, or the fewest that hold a share."""
    inside = draw(members())
    least: Any = draw(st.integers(1, 4))
    if draw(st.booleans()):
        name = draw(WEIGHTS)
        share = {"mul": [draw(SHARES), {"w": [name, inside]}]}
        least = {"fewest": [name, inside, draw(st.sampled_from((">", ">="))), share]}
        if draw(st.booleans()):
            least = {"add": [1, least]}
    return {"cmp": [{"n": not_for_it(inside)}, draw(st.sampled_from(("<", "<="))), least]}


@st.composite
def nested(draw: st.DrawFn, depth: int) -> dict[str, Any]:
    """Enough groups in which a rule of their own holds, by number or by weight."""
    groups: dict[str, Any] = {"by": draw(st.sampled_from(("g", "h")))}
    everywhere: dict[str, Any] = {**groups}
    if groups["by"] == "g" and draw(st.booleans()):
        groups["weight"] = everywhere["weight"] = "v"
    groups["where"] = draw(predicates(depth - 1))
    everywhere["where"] = True
    wanted: Any = draw(st.integers(0, 3))
    if draw(st.booleans()):
        wanted = {"mul": [draw(SHARES), {"groups": everywhere}]}
    return {"cmp": [{"groups": groups}, draw(st.sampled_from((">=", ">"))), wanted]}


@st.composite
def extremes(draw: st.DrawFn) -> dict[str, Any]:
    """The lesser, the greater or the sum of two measures; or a square."""
    (one, all_of_one), (other, all_of_other) = draw(counted()), draw(counted())
    kind = draw(st.sampled_from(("min", "max", "add")))
    if draw(st.integers(0, 4)) == 0:
        inside = draw(members())
        square = {"square": {"n": for_it(inside)}}
        return {"cmp": [square, ">=", draw(st.integers(0, 30))]}
    share = draw(SHARES)
    return {
        "cmp": [{kind: [one, other]}, ">=", {"mul": [share, {kind: [all_of_one, all_of_other]}]}]
    }


@cache
def predicates(depth: int = 2) -> st.SearchStrategy[Any]:
    """A condition that one more vote in favour never breaks."""
    leaves = [quotas(), quotas(), vetoes(), minorities(), ties()]
    if depth == 0:
        return st.one_of(leaves)
    inner = predicates(depth - 1)
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        *leaves,
        extremes(),
        several.map(lambda parts: {"all": parts}),
        several.map(lambda parts: {"any": parts}),
        nested(depth),
        st.tuples(members(), inner, inner).map(
            lambda d: {"if": {"some": d[0]}, "then": d[1], "else": d[2]}
        ),
    )


@st.composite
def rules(draw: st.DrawFn) -> dict[str, Any]:
    """A monotone rule: a line that rejects first or not, one or two that adopt."""
    lines: list[dict[str, Any]] = []
    if draw(st.integers(0, 3)) == 0:
        lines.append({"when": {"not": draw(predicates(1))}, "is": "blocked"})
    lines += [
        {"when": draw(predicates()), "is": f"adopted {n}", "favourable": True}
        for n in range(draw(st.integers(1, 2)))
    ]
    found: dict[str, Any] = {
        "id": "random",
        "positions": ["yes", "no", "abstain"],
        "outcome": [*lines, {"is": "rejected"}],
    }
    if draw(st.integers(0, 5)) == 0:
        found["roll"] = {"eligible": {"attr": ["w", "<=", 20]}}
    return found


@st.composite
def rolls(draw: st.DrawFn, most: int) -> list[dict[str, Any]]:
    """Members with a class, two groupings (one with a weight of its own) and three weights."""
    size = draw(st.integers(1, most))
    wide = draw(st.sampled_from((3, 3, 40, 1000, 2**40)))
    classes = draw(st.integers(1, size))
    of_group = {g: draw(st.integers(0, 4)) for g in "abc"}
    kinds = []
    for _ in range(classes):
        g = draw(st.sampled_from("abc"))
        kinds.append(
            {
                "p": draw(st.booleans()),
                "g": g,
                "v": of_group[g],
                "h": draw(st.sampled_from("xyz")),
                "w": draw(st.integers(0, 3)),
                "u": draw(st.integers(0, wide)),
            }
        )
    return [kinds[n % classes] for n in range(size)]


# Their winners, by every coalition


@dataclass
class Amount:
    """Whole numbers, one for each coalition, over one denominator."""

    values: npt.NDArray[Any]
    over: int = 1

    @property
    def whole(self) -> npt.NDArray[Any]:
        """The numbers, where nothing is to be divided."""
        assert self.over == 1
        return self.values


class Table:
    """A rule's answer for every coalition of these members; row r has the members of its bits."""

    def __init__(self, people: People, inside: Truths | None = None) -> None:
        self.people = people
        rows = np.arange(2 ** len(people))
        self.votes = (
            np.array([rows >> i & 1 for i in range(len(people))], dtype=bool)
            if inside is None
            else inside
        )
        self.rows = self.votes.shape[1] if len(people) else 1

    def holds(self, data: Any) -> Truths:
        """Where a predicate holds."""
        if isinstance(data, bool):
            return np.full(self.rows, data)
        if "if" in data:
            condition = self.holds(data["if"])
            return np.where(condition, self.holds(data["then"]), self.holds(data["else"]))
        ((key, inner),) = data.items()
        match key:
            case "cmp":
                return self.compared(self.measure(inner[0]), inner[1], self.measure(inner[2]))
            case "none":
                return np.asarray(~self.among(inner).any(axis=0))
            case "some":
                return np.asarray(self.among(inner).any(axis=0))
            case "all":
                return np.asarray(np.logical_and.reduce([self.holds(part) for part in inner]))
            case "any":
                return np.asarray(np.logical_or.reduce([self.holds(part) for part in inner]))
        assert key == "not"
        return ~self.holds(inner)

    def compared(self, left: Amount, operator: str, right: Amount) -> Truths:
        """Where a comparison holds, exactly."""
        a, b = left.values * right.over, right.values * left.over
        found = {">=": a >= b, ">": a > b, "<": a < b, "<=": a <= b, "=": a == b}[operator]
        return np.asarray(found, dtype=bool)

    def among(self, data: Any) -> Truths:
        """Which members are in a set, one row for each, in every coalition."""
        if data == "all":
            return np.ones_like(self.votes)
        if data == "yes":
            return self.votes
        if data == "no":
            return ~self.votes
        ((key, inner),) = data.items()
        if key == "attr":
            mine = [self.has(one, inner) for one in self.people]
            return np.array(mine, dtype=bool)[:, None] & np.ones_like(self.votes)
        parts = [self.among(part) for part in inner]
        if key == "minus":
            return parts[0] & ~parts[1]
        assert key == "and"
        return np.asarray(np.logical_and.reduce(parts))

    def has(self, one: Mapping[str, Any], wanted: Sequence[Any]) -> bool:
        """Whether a member has an attribute."""
        name, *rest = wanted
        if len(rest) == 1:
            return bool(one[name] == rest[0])
        return bool(one[name] >= rest[1] if rest[0] == ">=" else one[name] <= rest[1])

    def measure(self, data: Any) -> Amount:
        """A measure in every coalition."""
        if isinstance(data, int | str):
            number = Fraction(data)
            return Amount(np.full(self.rows, number.numerator), number.denominator)
        ((key, inner),) = data.items()
        match key:
            case "n":
                return Amount(self.among(inner).sum(axis=0))
            case "w":
                weights = np.array([one[inner[0]] for one in self.people], dtype=np.int64)
                return Amount((self.among(inner[1]) * weights[:, None]).sum(axis=0))
            case "mul":
                number, other = Fraction(inner[0]), self.measure(inner[1])
                return Amount(other.values * number.numerator, other.over * number.denominator)
            case "square":
                return Amount(self.measure(inner).whole ** 2)
            case "floor":
                amount = self.measure(inner)
                return Amount(amount.values // amount.over)
            case "groups":
                return self.groups(inner)
            case "fewest":
                return self.fewest(*inner)
        parts = [self.measure(part) for part in inner]
        over = lcm(*(part.over for part in parts))
        values = [part.values * (over // part.over) for part in parts]
        join = {"add": np.add, "min": np.minimum, "max": np.maximum}[key]
        return Amount(join.reduce(values), over)

    def groups(self, data: Mapping[str, Any]) -> Amount:
        """How many groups hold, or what they weigh."""
        total = np.zeros(self.rows, dtype=np.int64)
        for name in sorted({one[data["by"]] for one in self.people}):
            places = [n for n, one in enumerate(self.people) if one[data["by"]] == name]
            part = Table([self.people[n] for n in places], self.votes[places])
            weight = self.people[places[0]][data["weight"]] if "weight" in data else 1
            total += weight * part.holds(data["where"])
        return Amount(total)

    def fewest(self, name: str, chosen: Any, operator: str, wanted: Any) -> Amount:
        """The least number of a set that reaches a measure; the set is the same in all rows."""
        here: Any = self.among(chosen)[:, 0] if self.people else []
        weights = sorted(
            (one[name] for one, is_in in zip(self.people, here, strict=True) if is_in),
            reverse=True,
        )
        goal = self.measure(wanted)
        found = np.full(self.rows, len(weights) + 1)
        for size in range(len(weights), 0, -1):
            mine = Amount(np.full(self.rows, sum(weights[:size])))
            found = np.where(self.compared(mine, operator, goal), size, found)
        nothing = Amount(np.zeros(self.rows, dtype=np.int64))
        return Amount(np.where(self.compared(nothing, operator, goal), 0, found))


def winners(rule: Mapping[str, Any], people: People) -> Truths:
    """Which coalitions win; a member who is not eligible is nowhere."""
    table = Table(people)
    decided = np.zeros(table.rows, dtype=bool)
    won = np.zeros(table.rows, dtype=bool)
    for line in rule["outcome"]:
        here = table.holds(line.get("when", True)) & ~decided
        won |= here & line.get("favourable", False)
        decided |= here
    return won


def eligible(rule: Mapping[str, Any], people: People) -> list[Mapping[str, Any]]:
    """Those who may vote."""
    wanted = rule.get("roll", {}).get("eligible")
    return [one for one in people if wanted is None or Table([]).has(one, wanted["attr"])]
