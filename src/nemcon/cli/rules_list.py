"""`nemcon rules list`: the procedures of the library."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from nemcon import library
from nemcon.access.packs import procedure
from nemcon.cli.paper import Paper
from nemcon.rules.procedure import Procedure


def run(args: Namespace, paper: Paper) -> int:
    """Print every procedure of the library."""
    found = [one for each in library.procedure_ids() if (one := procedure(each)) is not None]
    if args.json:
        paper.json([_json(one) for one in found])
        return 0
    paper.heading(f"{len(found)} procedures")
    width = max(len(one.id) for one in found)
    for one in found:
        paper.line(f"{one.id:<{width}}  {one.title}", indent=2, hang=width + 2)
    paper.line()
    paper.line("'nemcon rules show ID' prints one beside its clauses")
    return 0


def _json(one: Procedure) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "body": one.body,
        "in_force": list(_periods(one)),
        "model": one.model,
        "comparison": one.comparison,
        "clauses": len(one.clauses),
        "clauses_from_memory": sum(clause.confidence == "memory" for clause in one.clauses),
        "cases": len(one.cases),
    }


def _periods(one: Procedure) -> Iterator[dict[str, str | None]]:
    for start, end in one.in_force:
        yield {"from": str(start) if start else None, "to": str(end) if end else None}
