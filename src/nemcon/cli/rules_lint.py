"""`nemcon rules lint`: what is odd about a procedure."""

from __future__ import annotations

from argparse import Namespace

from nemcon.analysis.lint import lint
from nemcon.cli.opening import exit_code, json_findings, print_findings, rule_of
from nemcon.cli.paper import Paper


def run(args: Namespace, paper: Paper) -> int:
    """Print the findings about the procedure."""
    procedure = rule_of(args.rule)
    findings = lint(procedure)
    if args.json:
        paper.json({"rule": procedure.id, "findings": json_findings(findings)})
    elif findings:
        paper.heading(procedure.title)
        print_findings(paper, findings)
    else:
        paper.heading(procedure.title)
        paper.line("Nothing odd was found", "good")
    return exit_code(findings)
