"""`nemcon check`: mistakes in entries, reports or a record."""

from __future__ import annotations

from argparse import Namespace

from nemcon.access.packs import procedure
from nemcon.check import check
from nemcon.cli.citing import Citations
from nemcon.cli.opening import asked, exit_code, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.findings import Finding, not_told
from nemcon.load import Asked
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
    findings = _findings(found)
    view = CheckView(len(found.items), findings)
    if args.json:
        paper.json(view.to_json())
    else:
        print_findings(paper, view.findings, Citations(found))
        problems = plural(len(findings), "finding") if findings else "nothing wrong"
        paper.line(f"{plural(view.entries, 'entry', 'entries')} checked: {problems}")
    return exit_code(findings)


def _findings(found: Asked) -> tuple[Finding, ...]:
    """What is wrong with all that was read; of a record also with what is confirmed by itself.

    The answers rest on the latter: a confirmed entry may lean on one that is only proposed.
    """
    told: dict[Finding, None] = dict.fromkeys(found.findings)
    held = {item.entry.id for item in (*found.items, *found.packed)}
    proposals = any(item.proposed for item in found.items)
    for proposed in (True, False) if found.live and proposals else (True,):
        state = found.state(proposed=proposed)
        more = check(state, found.texts, found.places, procedures=procedure, held=held)
        told.update(dict.fromkeys(not_told([*state.findings, *more], [*told])))
    return tuple(told)
