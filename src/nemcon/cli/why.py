"""`nemcon why`: the reasons for the verdict, each down to the words that say so."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from nemcon.cli.citing import Citations
from nemcon.cli.opening import answered, asked, exit_code, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.cli.status import write_counting, write_head
from nemcon.views.phrases import short_id

if TYPE_CHECKING:
    from nemcon.views.reasons import Reason


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.question()
    parser.explain(
        "Each reason stands above those it rests on; at the end of each branch are the words of a\n"
        "source, or its citation, and the id of the entry. --json prints what 'status' prints.",
        "nemcon why report-2024-06-20.txt",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the reasons."""
    found = asked(args.records, body=args.body, recorded=args.recorded)
    view = answered(found, args)
    if args.json:
        paper.json(view.to_json())
        return exit_code(view.findings)
    write_head(paper, view)
    paper.line()
    paper.heading("Because")
    citations = Citations(found)
    for reason in view.reasons:
        write_reason(paper, citations, reason)
    if not view.reasons:
        paper.line("nothing here says anything about it", indent=2)
    write_counting(paper, view, found)
    print_findings(paper, view.findings, citations)
    return exit_code(view.findings)


def write_reason(paper: Paper, citations: Citations, reason: Reason, depth: int = 0) -> None:
    """A reason, what it quotes, and those below it."""
    indent = 2 * depth
    leaf = not reason.below and len(reason.entries) == 1
    mark = f"  ({short_id(reason.entries[0])})" if leaf else ""
    paper.line(f"- {reason.text}{mark}", indent=indent, hang=2)
    if leaf:
        for quote in citations.of(reason):
            paper.line(quote, "dim", indent=indent + 4, hang=1)
    for below in reason.below:
        write_reason(paper, citations, below, depth + 1)
