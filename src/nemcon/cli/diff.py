"""`nemcon diff`: what became known between two dates, and what it changed."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from nemcon.access.packs import procedure
from nemcon.cli.citing import Citations
from nemcon.cli.errors import CommandError
from nemcon.cli.opening import (
    asked,
    conventions,
    exit_code,
    no_answer,
    print_findings,
    refusal,
)
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser, date_range, one_date
from nemcon.cli.status import write_counting
from nemcon.entries import Correction, Source
from nemcon.load.answering import problems
from nemcon.views.changes import change_lines
from nemcon.views.dates import on_words
from nemcon.views.diff import DiffView, diff
from nemcon.views.phrases import plural, short_id
from nemcon.views.question import QuestionError
from nemcon.views.reasons import Reason
from nemcon.views.telling import title_of
from nemcon.views.words import describe
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.load import Asked

Two = tuple[When, When]


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.records()
    parser.matter()
    parser.add_argument(
        "--known", metavar="D..D", type=one_or_two, help="what became known between two dates"
    )
    parser.add_argument(
        "--on",
        metavar="D..D",
        type=one_or_two,
        help="the answer at two dates; or one date at which both sides are asked",
    )
    parser.add_argument("--proposed", action="store_true", help="let open proposals count")
    parser.counting()
    parser.json()
    parser.explain(
        "With --known both sides are asked at one date: the later of the two, or --on.",
        "nemcon diff reports/ --known 2024-06-20..2024-06-26",
        "nemcon diff tally.toml --on 2024-06-18..2024-06-20",
    )


def one_or_two(text: str) -> When | Two:
    """One date, or two with two dots between them."""
    return date_range(text) if ".." in text else one_date(text)


def run(args: Namespace, paper: Paper) -> int:
    """Print what changed."""
    counting = conventions(args.count)
    found = asked(args.records, body=args.body)
    ons, knowns = _two_sides(args.on, args.known, found)
    before, after = (
        found.state(on, known, proposed=args.proposed)
        for on, known in zip(ons, knowns, strict=True)
    )
    try:
        view = diff(
            before,
            after,
            procedure,
            matter=args.matter,
            conventions=counting,
            findings=[*found.findings, *problems(found, after, args.matter)],
        )
    except QuestionError as error:
        message = no_answer(error, found, after, args.records[0])
        raise refusal(message, found.findings) from error
    if args.json:
        paper.json(view.to_json())
    else:
        write_diff(paper, view, Citations(found))
        write_counting(paper, view.after, found)
        print_findings(paper, view.findings, Citations(found))
    return exit_code(view.findings)


def _two_sides(
    on: When | Two | None, known: When | Two | None, found: Asked
) -> tuple[Two, tuple[When | None, When | None]]:
    """`on` and `known` of both sides; `on` is held fixed unless two dates are given."""
    if not isinstance(on, tuple) and not isinstance(known, tuple):
        raise CommandError(f"give two dates to compare, such as {_suggestion(found)}")
    knowns = known if isinstance(known, tuple) else (known, known)
    if isinstance(on, tuple):
        return on, knowns
    fixed = on or knowns[1]
    assert fixed is not None, "one of the two is a pair"
    return (fixed, fixed), knowns


def _suggestion(found: Asked) -> str:
    days = sorted(
        {
            day
            for item in found.items
            if isinstance(item.entry, Source) and (day := item.entry.date.last_day())
        }
    )
    if len(days) < 2:
        days = [date(2024, 6, 20), date(2024, 6, 26)]
    return f"--known {days[-2]}..{days[-1]}"


def write_diff(paper: Paper, view: DiffView, citations: Citations) -> None:
    """The differences for people."""
    paper.heading(title_of(view.after))
    before, after = view.sides
    if before.on == after.on:
        paper.line(f"Asked {on_words(after.on)}, both times")
    else:
        paper.line(f"Asked {on_words(before.on)}, and {on_words(after.on)}")
    if before.known and after.known and before.known != after.known:
        paper.line(f"As known {on_words(before.known)}, and {on_words(after.known)}")
    paper.line()
    _write_changes(paper, view)
    if view.happened:
        paper.line()
        _write_happened(paper, view, citations)
    if before.known != after.known:
        paper.line()
        _write_entries(paper, view)


def _write_happened(paper: Paper, view: DiffView, citations: Citations) -> None:
    paper.heading("What happened between")
    for entry in view.happened:
        perhaps = "perhaps: " if entry.id in view.perhaps else ""
        paper.line(f"- {perhaps}{describe(entry, view.titles)}  ({short_id(entry.id)})", hang=2)
        for line in citations.of(Reason("", (entry.id,), entry.spans)):
            paper.line(line, "dim", indent=4, hang=1)


def _write_changes(paper: Paper, view: DiffView) -> None:
    paper.heading("What changed in the answer")
    lines = list(change_lines(view))
    if not lines:
        paper.line("nothing")
    paper.bullets(lines)


def _write_entries(paper: Paper, view: DiffView) -> None:
    added = [entry for entry in view.added if not isinstance(entry, Correction)]
    paper.heading(f"What was added: {plural(len(added), 'entry', 'entries')}")
    for entry in added:
        paper.line(f"- {describe(entry, view.titles)}  ({short_id(entry.id)})", hang=2)
    if view.removed:
        paper.line()
        paper.heading(f"What was corrected: {plural(len(view.removed), 'entry', 'entries')}")
    for gone in view.removed:
        why = view.reasons.get(gone.id)
        reason = f": {why}" if why else ""
        paper.line(f"- {describe(gone, view.titles)}  ({short_id(gone.id)}){reason}", hang=2)
