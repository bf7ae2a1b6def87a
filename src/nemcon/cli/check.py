"""`nemcon check`: mistakes in entries, reports or a record."""

from __future__ import annotations

from argparse import Namespace

from nemcon.access.packs import procedure
from nemcon.check import check
from nemcon.cli.opening import asked, exit_code, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.views.checking import CheckView
from nemcon.views.phrases import plural


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.records()
    parser.json()
    parser.explain(
        "Errors keep an entry from counting or contradict its source: the exit code is then 1.\n"
        "Warnings and notes are worth a look.",
        "nemcon check minutes.toml",
        "nemcon check nato.nemcon --json",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print what is wrong."""
    found = asked(args.records, body=args.body)
    state = found.state(proposed=True)
    held = {item.entry.id for item in (*found.items, *found.packed)}
    told = check(state, found.texts, found.places, procedures=procedure, held=held)
    findings = tuple(dict.fromkeys([*found.findings, *state.findings, *told]))
    view = CheckView(len(found.items), findings)
    if args.json:
        paper.json(view.to_json())
    else:
        print_findings(paper, view.findings)
        problems = plural(len(findings), "finding") if findings else "nothing wrong"
        paper.line(f"{plural(view.entries, 'entry', 'entries')} checked: {problems}")
    return exit_code(findings)
