"""A rule beside its clauses on a page: what the text says, and what the program computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

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
from nemcon.saying import listed, marked_each, say, say_many
from nemcon.views.rule import RulePart, parts_of


@dataclass(frozen=True)
class RuleLine:
    """One line of the ladder. `when` is its condition as a sentence part; where it takes more than
    one, they are in `parts`. `otherwise` says that no condition is left. `clauses` say so.
    """

    outcome: str
    favourable: bool
    when: str
    otherwise: bool
    parts: tuple[Said, ...] = ()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class ClausesView:
    """The rule that decides a matter, with its clauses and with what entries state of it.

    `before` and `after` are the parts that are counted before the lines of the ladder and after
    them; `rest` are the clauses that are for no part. `stated` are entries that say what the rule
    is, in words or by a citation that the clauses do not have.
    """

    id: str
    title: str
    before: tuple[RulePart, ...]
    lines: tuple[RuleLine, ...]
    after: tuple[RulePart, ...]
    rest: tuple[Clause, ...]
    stated: tuple[Rule, ...]

    @property
    def listed(self) -> bool:
        """Whether the library has a procedure of this id."""
        return self.id in procedure_ids()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause, in the order in which they are shown."""
        parts: list[RulePart | RuleLine] = [*self.before, *self.lines, *self.after]
        return (*(clause for part in parts for clause in part.clauses), *self.rest)

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
    parts, rest = parts_of(procedure)
    numbers = [n for n, part in enumerate(parts) if part.line]
    start, end = (numbers[0], numbers[-1] + 1) if numbers else (len(parts), len(parts))
    ladder = zip(procedure.ladder, parts[start:end], strict=True)
    return ClausesView(
        procedure.id,
        procedure.title,
        parts[:start],
        tuple(replace(rule_line(one, procedure), clauses=part.clauses) for one, part in ladder),
        parts[end:],
        rest,
        tuple(e for e in stated if (e.clause or e.cite) and not _summed_up(e, procedure)),
    )


def _summed_up(entry: Rule, procedure: Procedure) -> bool:
    """Whether an entry only says in short what the clauses of its rule of the library say."""
    return entry.name == entry.procedure == procedure.id and bool(procedure.clauses)


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
            verb = _verb(members, 0)
            return say("no member {supports}", supports=verb) if verb else ""
        case Not(Nobody(members)):
            verb = _verb(members, 0)
            return say("at least one member {supports}", supports=verb) if verb else ""
        case Compare(Term(Stances() as members, ""), "=", Term(Everyone(), "")):
            return say("every member {supports}", supports=_verb(members, 0))
        case Compare(Term(Stances() as members, ""), operator, right):
            amount, verb = _amount(right), _verb(members, 1)
            if not amount or not verb or operator not in _COMPARED:
                return ""
            return say(_COMPARED[operator], members=amount, support=verb)
        case Every(parts):
            said = [_said(part) for part in parts]
            return _in_a_row(said, "and") if all(said) else ""
        case Some(parts):
            said = [_said(part) for part in parts]
            return _in_a_row(said, "or") if all(said) else ""
    return ""


def _in_a_row(said: Sequence[str], word: Literal["and", "or"]) -> str:
    text = said[0] if said else ""
    for more in said[1:]:
        if word == "and":
            text = say("{said}, and {more}", said=text, more=more)
        else:
            text = say("{said}, or {more}", said=text, more=more)
    return text


_COMPARED = marked_each(
    {
        ">=": "at least {members} {support}",
        ">": "more than {members} {support}",
        "=": "exactly {members} {support}",
        "<=": "at most {members} {support}",
        "<": "fewer than {members} {support}",
    }
)

# One member, several members.
_VERBS = marked_each(
    {
        "support": ("supports", "support"),
        "objection": ("objects", "object"),
        "abstention": ("abstains", "abstain"),
        "no-objection": ("says that it does not object", "say that they do not object"),
        "none": ("has taken no position", "have taken no position"),
        "recusal": ("recuses itself", "recuse themselves"),
    }
)


def _verb(members: Members, number: int) -> str:
    """What members of a set do, one of them or several; empty where no word is known."""
    if not isinstance(members, Stances) or not set(members.names) <= set(_VERBS):
        return ""
    order = list(_VERBS)
    verbs = [_VERBS[name][number] for name in sorted(members.names, key=order.index)]
    return listed(map(say, verbs), "or") if verbs else ""


def _amount(measure: Measure) -> str:
    match measure:
        case Constant(value):
            number = value.numerator if value.denominator == 1 else 2
            return say_many("{number} member", "{number} members", number, number=value)
        case Multiple(factor, Term(members, "")):
            whole = _whole(members)
            return whole and _share(factor, whole)
        case Term(members, ""):
            whole = _whole(members)
            return whole and say("as many as {whole}", whole=whole)
    return ""


def _whole(members: Members) -> str:
    if isinstance(members, Everyone):
        return say("all members")
    verb = _verb(members, 1)
    return say("those that {support}", support=verb) if verb else ""


def _share(factor: Fraction, whole: str) -> str:
    match factor:
        case Fraction(numerator=1, denominator=2):
            return say("half of {whole}", whole=whole)
        case Fraction(numerator=2, denominator=3):
            return say("two thirds of {whole}", whole=whole)
        case Fraction(numerator=3, denominator=4):
            return say("three quarters of {whole}", whole=whole)
        case Fraction(numerator=3, denominator=5):
            return say("three fifths of {whole}", whole=whole)
    return say("{number} of {whole}", number=factor, whole=whole)
