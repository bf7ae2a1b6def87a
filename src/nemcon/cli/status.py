"""`nemcon status`: is it agreed?"""

from __future__ import annotations

import shlex
from argparse import Namespace
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from nemcon.cli.citing import Citations
from nemcon.cli.opening import answered, asked, exit_code, print_findings
from nemcon.cli.paper import Paper, Style
from nemcon.cli.parser import Parser
from nemcon.views.alphabet import by_name
from nemcon.views.needed import settling_words
from nemcon.views.phrases import listed, plural
from nemcon.views.silence import quiet_words
from nemcon.views.stands import overturned_by, stands
from nemcon.views.status import StatusView
from nemcon.views.telling import (
    asked_when,
    decision_words,
    hope_words,
    office_words,
    plus_words,
    shown_words,
    stage_words,
    standing_words,
    support_words,
    title_of,
    waiting_words,
)
from nemcon.views.unread import unread_words

if TYPE_CHECKING:
    from nemcon.load import Asked
    from nemcon.views.timeline import TimelineView
    from nemcon.worlds.verdict import Reckoning

VERDICTS: dict[str, Style] = {"met": "good", "not met": "bad", "cannot tell": "open"}
_MANY = 8  # names listed before the rest is only counted


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.question()
    parser.explain(
        "The answer is 'met', 'not met' or 'cannot tell', with who is certain, who is open and\n"
        "what is needed. Reports can be asked directly: what they say counts as if confirmed.\n"
        "Findings are those that bear on the matter; 'nemcon check' tells them all.",
        "nemcon status report-2024-06-20.txt",
        "nemcon status reports/ tally.toml --on 2024-06-18 --count record=complete",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the status."""
    found = asked(args.records, body=args.body, recorded=args.recorded)
    view = answered(found, args)
    if args.json:
        paper.json(view.to_json())
    else:
        write_status(paper, view, found)
        paper.line()
        paper.line(f"Why: nemcon why {_same(args)}", "dim")
    return exit_code(view.findings)


def _same(args: Namespace) -> str:
    """The arguments that put the same question."""
    given = {"--body": args.body, "--matter": args.matter, "--on": args.on, "--known": args.known}
    options = [word for name, value in given.items() if value for word in (name, str(value))]
    counts = [word for setting in args.count for word in ("--count", setting)]
    return shlex.join([*args.records, *options, *counts])


def write_status(paper: Paper, view: StatusView, found: Asked) -> None:
    """The answer for people, the verdict first."""
    write_head(paper, view)
    paper.line()
    for one in view.answer.reckonings:
        _candidate(paper, view, one)
    for quiet in view.silences:
        paper.pair("Silence", quiet_words(quiet, view.titles))
    paper.pair("Decision", decision_words(view))
    if view.question.office:
        paper.pair("Office", office_words(view))
    for hope in view.hopes:
        paper.pair("Expected", hope_words(view, hope))
    for shown in view.shows:
        about = f" ({view.title(shown.candidate)})" if shown.candidate else ""
        paper.pair(f"{shown.label[:1].upper()}{shown.label[1:]}{about}", shown_words(view, shown))
    _needed(paper, view)
    write_counting(paper, view, found)
    print_findings(paper, view.findings, Citations(found))


def write_head(paper: Paper, view: StatusView) -> None:
    """What is asked, and the verdict."""
    paper.heading(title_of(view))
    paper.line(asked_when(view))
    paper.line()
    paper.pair("Verdict", view.answer.verdict, VERDICTS[view.answer.verdict])
    paper.pair("Stage", stage_words(view))


def _candidate(paper: Paper, view: StatusView, one: Reckoning) -> None:
    """Who it is, whether running, and by whom supported."""
    counts = one.standing.may_run or not one.candidate
    support = [support_words(one), plus_words(view, one)] if counts else []
    said = "; ".join(filter(None, [*standing_words(view, one), *support]))
    name = f"{view.title(one.candidate)}: " if one.candidate else ""
    paper.line(f"{name}{said}" if name else f"{said[:1].upper()}{said[1:]}", hang=2)
    if counts:
        for group in stands(view, one):
            if group.members:
                paper.line(f"{group.label}: {_names(view, group.members)}", indent=2, hang=2)
        if risk := overturned_by(view, one):
            paper.line(risk, indent=2, hang=2)


def _names(view: StatusView, members: Sequence[str]) -> str:
    names = sorted((view.title(member) for member in members), key=by_name)
    if len(names) <= _MANY:
        return listed(names)
    return f"{', '.join(names[:_MANY])} and {plural(len(names) - _MANY, 'other')}"


def _needed(paper: Paper, view: StatusView) -> None:
    if view.needed:
        paper.line()
        paper.heading("Needed")
        paper.bullets(needed.text for needed in view.needed)
    for line in settling_words(view.settling, view.titles):
        paper.line(line, hang=2)


def write_counting(paper: Paper, view: StatusView | TimelineView, found: Asked) -> None:
    """How it was counted, and what the answer rests on: never left out."""
    paper.line()
    shown = ", ".join(f"{name}={_setting(value)}" for name, value in view.counting.items())
    paper.pair("Counted with", shown)
    for line in rests_on(view, found):
        paper.line(line, "dim", hang=2)


def _setting(value: object) -> str:
    return (
        {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
    )


def rests_on(view: StatusView | TimelineView, found: Asked) -> Iterator[str]:
    """Proposals, unreadable entries and packs that the answer rests on."""
    if view.proposed and not found.live:
        many = plural(view.proposed, "proposal")
        yield f"{many} read from the reports count as if confirmed ('nemcon read' lists them)"
    elif view.proposed:
        wait = "waits" if view.proposed == 1 else "wait"
        then = waiting_words(view) if isinstance(view, StatusView) else ""
        told = f"{plural(view.proposed, 'proposal')} {wait} for confirmation ('nemcon review')"
        yield f"{told}; {then}" if then else told
    if isinstance(view, StatusView) and (silent := unread_words(view.unread)):
        lists = "it" if view.unread.number == 1 else "them"
        yield f"{silent}; 'nemcon read --coverage' lists {lists}"
    for number, what in ((view.sealed, "cannot be read"), (view.erased, "was erased")):
        if number:
            words = what if number == 1 else what.replace("was", "were")
            yield f"{plural(number, 'entry', 'entries')} {words} and could say anything"
    if found.packs:
        yield f"Members, offices and rules: the built-in pack {listed(found.packs)}"
