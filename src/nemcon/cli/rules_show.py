"""`nemcon rules show`: one procedure as sentences beside its clauses."""

from __future__ import annotations

from argparse import Namespace

from nemcon.cli.opening import rule_of
from nemcon.cli.paper import Paper
from nemcon.rules.procedure import Clause
from nemcon.views.rule import RuleView, rule_view


def run(args: Namespace, paper: Paper) -> int:
    """Print the procedure."""
    view = rule_view(rule_of(args.rule))
    if args.json:
        paper.json(view.to_json())
    else:
        write(paper, view)
    return 0


def write(paper: Paper, view: RuleView) -> None:
    """The procedure for people."""
    paper.heading(view.title)
    paper.pair("Id", view.id)
    for standing in view.standing:
        paper.line(f"{standing[:1].upper()}{standing[1:]}")
    if view.positions:
        paper.pair("Positions", ", ".join(view.positions))
    for name, about in view.params:
        paper.pair(f"To be said: {name}", about or "a value")
    for part in view.parts:
        paper.line()
        paper.heading(part.title)
        for said in part.said:
            for line in said.lines():
                depth = len(line) - len(line.lstrip())
                paper.line(line.strip(), indent=2 + depth)
        for clause in part.clauses:
            _clause(paper, clause)
    if view.rest:
        paper.line()
        paper.heading("Other clauses")
        for clause in view.rest:
            _clause(paper, clause)
    if view.cases:
        paper.line()
        paper.heading("Cases")
        paper.bullets(
            f"{title}: {expected}{' (a near miss)' if near else ''}"
            for title, expected, near in view.cases
        )
    paper.line()
    if view.memory:
        clauses = "clause rests" if view.memory == 1 else "clauses rest"
        paper.line(f"{view.memory} {clauses} on memory, and should be looked up", "open")
    else:
        paper.line("Every clause was seen in the text that it cites")


def _clause(paper: Paper, clause: Clause) -> None:
    mark = " [from memory]" if clause.confidence == "memory" else ""
    paper.line(f"§ {clause.text}", indent=4, hang=2)
    paper.line(f"{clause.cite}{mark}", indent=6)
