"""A procedure as people read it: its sentences beside its clauses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from nemcon.rules.procedure import Clause, Procedure
from nemcon.rules.sentences import Said, Words
from nemcon.rules.sentences_rounds import chain_said, choice_said, clock_said, rounds_said
from nemcon.views.tongue import _, marked


@dataclass(frozen=True, slots=True)
class RulePart:
    """One part of a rule: what its data say, and the clauses that say so.

    `line` is the number of its line of the ladder, from 1; 0 for the other parts.
    """

    title: str
    said: tuple[Said, ...]
    clauses: tuple[Clause, ...]
    line: int = 0


@dataclass(frozen=True)
class RuleView:
    """One procedure.

    `standing` is *in force 1965-08-31 to …*, *a model* or *for comparison only*; `memory` counts
    the clauses that rest on memory; `rest` are clauses that speak of no part of the data.
    """

    id: str
    title: str
    body: str
    kind: str
    standing: tuple[str, ...]
    parts: tuple[RulePart, ...]
    rest: tuple[Clause, ...]
    positions: tuple[str, ...]
    params: tuple[tuple[str, str], ...]
    memory: int
    cases: tuple[tuple[str, str, bool], ...]

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "kind": self.kind,
            "standing": list(self.standing),
            "positions": list(self.positions),
            "params": [{"name": name, "about": about} for name, about in self.params],
            "parts": [
                {
                    "title": part.title,
                    "sentences": [line for said in part.said for line in said.lines()],
                    "clauses": [_clause(clause) for clause in part.clauses],
                }
                for part in self.parts
            ],
            "clauses": [_clause(clause) for clause in self.rest],
            "clauses_from_memory": self.memory,
            "cases": [
                {"title": title, "expected": expected, "near_miss": near}
                for title, expected, near in self.cases
            ],
        }


def rule_view(procedure: Procedure) -> RuleView:
    """The procedure as sentences beside its clauses."""
    parts, rest = parts_of(procedure)
    return RuleView(
        procedure.id,
        procedure.title,
        procedure.body,
        procedure.kind,
        tuple(_standing(procedure)),
        parts,
        rest,
        tuple(procedure.positions.shown.values()),
        tuple((name, one.about) for name, one in procedure.params.items()),
        sum(clause.confidence == "memory" for clause in procedure.clauses),
        tuple((case.title, _expected(case.expected), case.near_miss) for case in procedure.cases),
    )


def parts_of(procedure: Procedure) -> tuple[tuple[RulePart, ...], tuple[Clause, ...]]:
    """The parts of a procedure in the order of counting, each with the clauses that are `for` it,
    and the clauses that are for none. A clause is in one of these places only.
    """
    ladder = enumerate(Words(procedure).ladder(), 1)
    sorted_parts = [
        (_("Before counting"), Words(procedure).steps(), _BEFORE, 0),
        *((_("Outcome {n}").format(n=n), (said,), (f"outcome {n}",), n) for n, said in ladder),
        (_("Rounds"), tuple(rounds_said(procedure)), ("rounds",), 0),
        (_("Choice"), tuple(choice_said(procedure)), ("choose",), 0),
        (_("Time"), tuple(clock_said(procedure)), ("clock",), 0),
        (_("Steps and findings"), tuple(chain_said(procedure)), _FINDINGS, 0),
    ]
    left = list(procedure.clauses)
    parts = []
    for title, said, about, line in sorted_parts:
        clauses = [clause for clause in left if _speaks_of(clause, about)]
        if said or clauses:
            left = [clause for clause in left if clause not in clauses]
            parts.append(RulePart(title, tuple(said), tuple(clauses), line))
    return tuple(parts), tuple(left)


_BEFORE = ("normalise", "roll", "positions", "params", "aggregates")
_FINDINGS = ("chain", "attest", "objections")


def _speaks_of(clause: Clause, about: Iterable[str]) -> bool:
    where = clause.part
    return any(where == one or where.startswith((f"{one}.", f"{one} ")) for one in about)


def _standing(procedure: Procedure) -> Iterable[str]:
    if procedure.model:
        yield _("a model of our own, in force nowhere")
    if procedure.comparison:
        yield _("for comparison only, in force nowhere")
    if procedure.each_candidate:
        yield _("asked about each candidate apart: a member may be for several")
    for start, end in procedure.in_force:
        yield _("in force {start} to {end}").format(start=start or "…", end=end or _("today"))


def _expected(value: Any) -> str:
    """What a case comes to, in words: an outcome, winners, or the events of rounds."""
    if isinstance(value, dict):
        return ", ".join(f"{key} {_expected(each)}" for key, each in value.items())
    if not isinstance(value, list):
        return str(value)
    if value and all(isinstance(each, list) and len(each) == 3 for each in value):
        return "; ".join(_event(*each) for each in value)
    return " / ".join(_expected(each) or _("nobody") for each in value) if value else _("nobody")


marked("elected", "eliminate", "restrict", "tie")


def _event(kind: Any, who: Any, number: Any) -> str:
    names = ", ".join(map(str, who)) if isinstance(who, list) else str(who or "")
    said = f"{_(str(kind))} {names}".strip()
    return _("{said} in ballot {number}").format(said=said, number=number)


def _clause(clause: Clause) -> dict[str, str]:
    return {"text": clause.text, "cite": clause.cite, "confidence": clause.confidence}
