"""`nemcon whatif`: what the answer would be, were something otherwise."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from nemcon.access.packs import procedure
from nemcon.analysis.whatif import Scenario, SupposeError, read_scenario
from nemcon.cli.citing import Citations
from nemcon.cli.errors import BAD_ARGUMENTS, CommandError
from nemcon.cli.opening import (
    answered,
    asked,
    conventions,
    exit_code,
    print_findings,
    rule_of,
)
from nemcon.cli.paper import Paper, cells
from nemcon.cli.parser import Parser
from nemcon.cli.status import VERDICTS, write_counting
from nemcon.views.telling import asked_when, stage_words, support_words, title_of
from nemcon.views.whatif import Side, Suppose, WhatIfView

if TYPE_CHECKING:
    from nemcon.rules.procedure import Procedure
    from nemcon.views.status import StatusView
    from nemcon.worlds.verdict import Reckoning


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.question()
    parser.add_argument(
        "--if",
        dest="suppose",
        metavar="CHANGE",
        action="append",
        default=[],
        help="one scenario, such as hungary=support; several changes with commas between them",
    )
    parser.explain(
        "Each --if is one scenario, asked beside the present answer. A CHANGE is one of\n"
        "  MEMBER=STANCE[:CANDIDATE]       a member's stance, such as hungary=objection\n"
        "  join=PARTY[:NAME=VALUE…]        one member more, with attributes that the rule reads\n"
        "  leave=MEMBER                    one member less\n"
        "  rule=RULE                       another rule: an id of the library, or a file\n"
        "  count:NAME=VALUE                another convention, such as count:intent=yes\n"
        "  on=DATE                         another date\n"
        "In every course of events that the record allows, the stance on that date is replaced,\n"
        "and all else is left as it is. Nothing is stored.",
        "nemcon whatif reports/ --on 2024-06-18 --if romania=support --if join=ukraine",
        "nemcon whatif reports/ --if hungary=objection,leave=turkiye --json",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the present answer, and that of each scenario beside it."""
    if not args.suppose:
        raise CommandError("--if is missing: say what to suppose, such as --if hungary=support")
    scenarios = _scenarios(args.suppose)
    found = asked(args.records, body=args.body, recorded=args.recorded)
    present = answered(found, args)
    suppose = Suppose(
        present,
        conventions(args.count),
        procedure,
        lambda on: found.state(on, args.known, recorded=args.recorded, proposed=args.proposed),
        _rule,
    )
    try:
        view = suppose.view(scenarios)
    except SupposeError as error:
        raise CommandError(f"--if {error}", BAD_ARGUMENTS) from error
    if args.json:
        paper.json(view.to_json())
    else:
        write(paper, view)
        write_counting(paper, view.present, found)
        print_findings(paper, view.findings, Citations(found))
    return exit_code(view.findings)


def _scenarios(texts: list[str]) -> list[Scenario]:
    try:
        return [read_scenario(text) for text in texts]
    except SupposeError as error:
        raise CommandError(f"--if {error}", BAD_ARGUMENTS) from error


def _rule(name: str) -> Procedure:
    return procedure(name) or rule_of(name)


def write(paper: Paper, view: WhatIfView) -> None:
    """The answers for people: all of them side by side, then what is different in each."""
    paper.heading(title_of(view.present))
    paper.line(asked_when(view.present))
    paper.line()
    _beside(paper, view)
    for number, side in enumerate(view.sides, 1):
        paper.line()
        _write_side(paper, view, side, number)
    paper.line()
    paper.line("Supposed, not reported: nothing of this is stored, and no source says it", "dim")


def _beside(paper: Paper, view: WhatIfView) -> None:
    """One line for each answer: its verdict, who is supported by how many, its stage."""
    rows = [("as it is", view.present)]
    rows += [(f"{n}. {view.words(side)}", side.view) for n, side in enumerate(view.sides, 1)]
    width = max(cells(name) for name, _ in rows)
    for name, one in rows:
        gap = " " * (width - cells(name))
        verdict = one.answer.verdict
        paper.line(f"{name}{gap}  {verdict:<11}  {_said(one)}", VERDICTS[verdict], hang=4)


def _said(view: StatusView) -> str:
    best = _best(view)
    who = f"{view.title(best.candidate)} " if best and best.candidate else ""
    support = f"{who}{support_words(best)}; " if best else ""
    return f"{support}{stage_words(view)}"


def _best(view: StatusView) -> Reckoning | None:
    running = [r for r in view.answer.reckonings if r.standing.may_run or not r.candidate]

    def first(one: Reckoning) -> tuple[bool, bool, int, int, str]:
        """Who meets the rule comes before whoever has most support."""
        met = one.verdict == "met"
        return met, one.can_meet, one.support.least, one.support.most, one.candidate

    return max(running, key=first, default=None)


def _write_side(paper: Paper, view: WhatIfView, side: Side, number: int) -> None:
    paper.heading(f"{number}. If {view.words(side)}")
    lines = list(view.lines(side))
    if not lines:
        paper.line("nothing would be different")
    paper.bullets(lines)
