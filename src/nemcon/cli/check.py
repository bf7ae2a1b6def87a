"""`nemcon check`: mistakes in entries, reports or a record."""

from __future__ import annotations

from argparse import Namespace

from nemcon.cli.opening import asked, exit_code, json_findings, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.views.phrases import plural


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.records()
    parser.json()
    parser.explain("", "nemcon check record/", "nemcon check record.nemcon --json")


def run(args: Namespace, paper: Paper) -> int:
    """Print what is wrong."""
    found = asked(args.records)
    findings = found.findings
    if args.json:
        paper.json({"entries": len(found.items), "findings": json_findings(findings)})
    else:
        print_findings(paper, findings)
        paper.line(f"{plural(len(found.items), 'entry', 'entries')} checked")
    return exit_code(findings)
