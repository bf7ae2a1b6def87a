"""Rules as plain predicates over a roll: (member, attributes, stance towards the candidate)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Seat = tuple[str, Mapping[str, Any], str]
Roll = list[Seat]


@dataclass(frozen=True)
class Rule:
    """A predicate and the stances that it tells apart ("the rule's" stances of ADR 0002, 9)."""

    name: str
    reads: frozenset[str]
    holds: Callable[[Roll], bool]

    def __call__(self, roll: Roll) -> bool:
        """Whether the rule is met on this roll; an empty roll is never met (rule 12)."""
        return bool(roll) and self.holds(roll)


def _count(roll: Roll, stance: str) -> int:
    return sum(1 for _, _, held in roll if held == stance)


def _weight(roll: Roll, stance: str | None = None) -> int:
    return sum(int(a.get("weight", 1)) for _, a, held in roll if stance in (None, held))


def _no_objection(roll: Roll) -> bool:
    return _count(roll, "objection") == 0


def _support_of_all(roll: Roll) -> bool:
    return _count(roll, "support") == len(roll)


def _majority(roll: Roll) -> bool:
    return _count(roll, "support") > _count(roll, "objection")


def _qualified(roll: Roll) -> bool:
    members = Fraction(_count(roll, "support"), len(roll))
    if _weight(roll) == 0:
        return False
    weight = Fraction(_weight(roll, "support"), _weight(roll))
    return members >= Fraction(55, 100) and weight >= Fraction(65, 100)


def _quorum_majority(roll: Roll) -> bool:
    voting = _count(roll, "support") + _count(roll, "objection")
    return 2 * voting >= len(roll) and _majority(roll)


BOTH = frozenset({"support", "objection"})
RULES: Mapping[str, Rule] = {
    rule.name: rule
    for rule in (
        Rule("no-objection", frozenset({"objection"}), _no_objection),
        Rule("support-of-all", frozenset({"support"}), _support_of_all),
        Rule("majority", BOTH, _majority),  # present and voting: support against objection
        Rule("qualified", frozenset({"support"}), _qualified),  # 55 % of members, 65 % of weight
        Rule("quorum-majority", BOTH, _quorum_majority),  # half of the roll votes
    )
}
