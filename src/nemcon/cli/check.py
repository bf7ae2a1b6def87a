"""`nemcon check`: mistakes in entries, reports or a record."""

from __future__ import annotations

from argparse import Namespace

from nemcon.access.packs import procedure
from nemcon.check import check
from nemcon.check.unread import as_far_as_read
from nemcon.cli.citing import Citations
from nemcon.cli.opening import SeveralError, asked, exit_code, print_findings
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
    try:
        opened = {"": asked(args.records, body=args.body)}
    except SeveralError as several:
        if args.body:
            raise
        opened = {body: asked(args.records, body=body) for body in several.bodies}
    told = {body: _findings(found) for body, found in opened.items()}
    if len(opened) > 1:  # nothing is left out: each body is checked in its turn
        told = {b: tuple(f for f in some if f.code != "other-bodies") for b, some in told.items()}
    findings = tuple(dict.fromkeys(each for some in told.values() for each in some))
    view = CheckView(len({i.entry.id for f in opened.values() for i in f.items}), findings)
    if args.json:
        paper.json(view.to_json())
        return exit_code(findings)
    shown: set[Finding] = set()
    for body, found in opened.items():
        title = f"Findings: {body}" if body else "Findings"
        new = [each for each in told[body] if each not in shown]
        print_findings(paper, new, Citations(found), title=title)
        shown.update(new)
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
        more = tuple(as_far_as_read(more, found.findings))
        told.update(dict.fromkeys(not_told([*state.findings, *more], [*told])))
    return tuple(sorted(told, key=_in_order))


def _in_order(finding: Finding) -> tuple[int, tuple[str, int, int]]:
    """Errors first, then by file and by line."""
    severities = ("error", "warning", "note")
    order = finding.place.order if finding.place else ("", 0, 0)
    return severities.index(finding.severity), order
