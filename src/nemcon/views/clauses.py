"""A rule beside its clauses on a page: what the text says, and what the program computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from nemcon.entries import AnyEntry, Rule
from nemcon.library import procedure_ids
from nemcon.rules.algebra import (
    Always,
    Compare,
    Constant,
    Every,
    Everyone,
    Measure,
    Members,
    Multiple,
    Nobody,
    Not,
    Predicate,
    Some,
    Stances,
    Term,
)
from nemcon.rules.procedure import Clause, Line, Procedure
from nemcon.rules.sentences import Said, Words


@dataclass(frozen=True)
class RuleLine:
    """One line of the ladder. `when` is its condition as a sentence part; where it takes more than
    one, they are in `parts`. `otherwise` says that no condition is left.
    """

    outcome: str
    favourable: bool
    when: str
    otherwise: bool
    parts: tuple[Said, ...] = ()


@dataclass(frozen=True)
class ClausesView:
    """The rule that decides a matter, with its clauses and with what entries state of it."""

    id: str
    title: str
    clauses: tuple[Clause, ...]
    lines: tuple[RuleLine, ...]
    stated: tuple[Rule, ...]

    @property
    def listed(self) -> bool:
        """Whether the library has a procedure of this id."""
        return self.id in procedure_ids()

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "rule": self.id,
            "title": self.title,
            "clauses": [
                {"text": c.text, "cite": c.cite, "confidence": c.confidence} for c in self.clauses
            ],
            "lines": [
                {"outcome": line.outcome, "favourable": line.favourable, "when": line.when or None}
                for line in self.lines
            ],
            "stated": [rule.id for rule in self.stated],
        }


def clauses_view(procedure: Procedure, entries: Sequence[AnyEntry], matter: str) -> ClausesView:
    """The rule as data beside its clauses; `entries` may hold more that is said of it."""
    stated = tuple(
        e
        for e in entries
        if isinstance(e, Rule) and (e.name == procedure.id or (matter and e.matter == matter))
    )
    return ClausesView(
        procedure.id,
        procedure.title,
        procedure.clauses,
        tuple(rule_line(line, procedure) for line in procedure.ladder),
        stated,
    )


def rule_line(line: Line, procedure: Procedure) -> RuleLine:
    """A line of the ladder in words."""
    if line.when == Always(True):
        return RuleLine(line.outcome, line.favourable, "", True)
    if short := _said(line.when):
        return RuleLine(line.outcome, line.favourable, short, False)
    said = Words(procedure).predicate(line.when)
    return RuleLine(line.outcome, line.favourable, said.text, False, said.parts)


def _said(when: Predicate) -> str:
    """A condition as part of a sentence: *every member supports*; empty if it takes more words."""
    match when:
        case Nobody(members):
            who = _members(members)
            return f"no member {who}" if who else ""
        case Not(Nobody(members)):
            who = _members(members)
            return f"at least one member {who}" if who else ""
        case Compare(Term(Stances() as members, ""), "=", Term(Everyone(), "")):
            return f"every member {_members(members)}"
        case Compare(Term(Stances() as members, ""), operator, right):
            amount = _amount(right)
            verb = _plural(members)
            return f"{_OPERATORS[operator]} {amount} {verb}" if amount and verb else ""
        case Every(parts):
            said = [_said(part) for part in parts]
            return ", and ".join(said) if all(said) else ""
        case Some(parts):
            said = [_said(part) for part in parts]
            return ", or ".join(said) if all(said) else ""
    return ""


_OPERATORS = {
    ">=": "at least",
    ">": "more than",
    "=": "exactly",
    "<=": "at most",
    "<": "fewer than",
}

# One member, several members.
_VERBS = {
    "support": ("supports", "support"),
    "objection": ("objects", "object"),
    "abstention": ("abstains", "abstain"),
    "no-objection": ("says that it does not object", "say that they do not object"),
    "none": ("has taken no position", "have taken no position"),
    "recusal": ("recuses itself", "recuse themselves"),
}


def _verb(members: Members, number: int) -> str:
    if not isinstance(members, Stances) or not set(members.names) <= set(_VERBS):
        return ""
    order = list(_VERBS)
    verbs = [_VERBS[name][number] for name in sorted(members.names, key=order.index)]
    return " or ".join(verbs) if len(verbs) < 3 else f"{', '.join(verbs[:-1])} or {verbs[-1]}"


def _members(members: Members) -> str:
    return _verb(members, 0)


def _plural(members: Members) -> str:
    return _verb(members, 1)


def _amount(measure: Measure) -> str:
    match measure:
        case Constant(value):
            return f"{value} members"
        case Multiple(factor, Term(members, "")):
            whole = _whole(members)
            return f"{_share(factor)} of {whole}" if whole else ""
        case Term(members, ""):
            whole = _whole(members)
            return whole and f"as many as {whole}"
    return ""


def _whole(members: Members) -> str:
    if isinstance(members, Everyone):
        return "all members"
    verb = _plural(members)
    return f"those that {verb}" if verb else ""


def _share(factor: Fraction) -> str:
    return {
        Fraction(1, 2): "half",
        Fraction(2, 3): "two thirds",
        Fraction(3, 4): "three quarters",
        Fraction(3, 5): "three fifths",
    }.get(factor, str(factor))
