"""`nemcon timeline`: how a matter went, day by day."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from nemcon.cli.citing import Citations
from nemcon.cli.drawing import draw, format_of
from nemcon.cli.errors import CommandError
from nemcon.cli.opening import (
    asked,
    conventions,
    exit_code,
    no_answer,
    print_findings,
    refusal,
)
from nemcon.cli.paper import Paper, Progress, cells
from nemcon.cli.parser import Parser, one_date
from nemcon.cli.status import VERDICTS, write_counting
from nemcon.load.over_time import over_time
from nemcon.views.dates import day_words, on_words
from nemcon.views.phrases import listed, plural
from nemcon.views.question import QuestionError
from nemcon.views.stretches import (
    events_of,
    heading,
    moved,
    stage_words,
    status_words,
    support_words,
)
from nemcon.when import When

if TYPE_CHECKING:
    from nemcon.load import Asked
    from nemcon.views.timeline import Stretch, Support, TimelineView

_MANY = 8  # names listed before the rest is only counted
_WIDTH = 32  # cells of a bar at most
_SIGNS, _PLAIN = "█▒·", "#=."


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.records()
    parser.matter()
    parser.add_argument(
        "--from", dest="first", metavar="DATE", type=one_date, help="the first day (else all)"
    )
    parser.add_argument("--to", dest="last", metavar="DATE", type=one_date, help="the last day")
    parser.known()
    parser.counting()
    parser.add_argument(
        "--plot", metavar="FILE", default="", help="also draw it: FILE ends in .svg or .png"
    )
    parser.add_argument(
        "--dark", action="store_true", help="draw it light on dark, for a dark page"
    )
    parser.json()
    parser.explain(
        "Each line is a stretch of days with one answer: the verdict, the least and the most\n"
        "members that support, of how many, and what happened. Every day is answered as\n"
        "'nemcon status --on' answers it: with all that became known later, unless --known.",
        "nemcon timeline report-2024-06-20.txt report-2024-06-26.txt",
        "nemcon timeline tally.toml --from 2024-06-01 --to 2024-06-30 --plot june.svg",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print the timeline, and draw it where that is asked for."""
    format_ = _format(args.plot, dark=args.dark)
    counting = conventions(args.count)
    found = asked(args.records, body=args.body, recorded=args.recorded)
    state = found.state(None, args.known, recorded=args.recorded, proposed=args.proposed)
    first, last = _day(args.first), _day(args.last)
    if first and last and last < first:
        raise CommandError(f"--to {last} lies before --from {first}; write the earlier first")
    progress = Progress()
    try:
        view = over_time(
            found,
            state,
            matter=args.matter,
            conventions=counting,
            first=first,
            last=last,
            progress=lambda day, done, of: progress(f"working out {day}", done, of),
        )
    except QuestionError as error:
        message = no_answer(error, found, state, args.records[0])
        raise refusal(message, found.findings) from error
    finally:
        progress.done()
    if format_:
        _draw(view, args.plot, dark=args.dark)
    if args.json:
        paper.json(view.to_json())
    else:
        write_timeline(paper, view, found)
        if format_:
            paper.line(f"Drawn in {args.plot}")
    return exit_code(view.findings)


def _day(when: When | None) -> date | None:
    bound = when.latest if when else None
    return bound.date() if isinstance(bound, datetime) else bound


# Text


def write_timeline(paper: Paper, view: TimelineView, found: Asked) -> None:
    """The timeline for people, stretch by stretch."""
    paper.heading(heading(view))
    known = f", as known {on_words(view.known)}" if view.known else ""
    paper.line(f"From {day_words(view.first)} to {day_words(view.last)}{known}")
    paper.line()
    signs = _SIGNS if paper.draws(_SIGNS) else _PLAIN
    paper.line(
        f"{signs[0]} supports for certain, {signs[1]} may support, {signs[2]} does not; "
        "each line is a stretch of days with one answer",
        "dim",
        hang=2,
    )
    for here in view.stretches:
        paper.line()
        _stretch(paper, view, here, signs)
    if after := view.assumed_from:
        paper.line()
        paper.line(
            f"From {day_words(after)} on, past what is known, positions are assumed to persist",
            hang=2,
        )
    write_counting(paper, view, found)
    print_findings(paper, view.findings, Citations(found))


def _stretch(paper: Paper, view: TimelineView, here: Stretch, signs: str) -> None:
    days = f"{here.first}" if here.first == here.last else f"{here.first} to {here.last}"
    paper.pair(days, here.verdict, VERDICTS[here.verdict])
    paper.line(stage_words(view, here), indent=2, hang=2)
    if not here.candidates:
        why = "not worked out" if not here.exact else "nobody stands"
        paper.line(f"support: {why}; roll: {plural(here.roll.most, 'member')}", indent=2, hang=2)
    names = [view.title(one.candidate) for one in here.candidates if one.candidate]
    wide = max(map(cells, names), default=0)
    for one in here.candidates:
        paper.line(_support(view, here, one, wide, signs), indent=2, hang=4)
    for event in events_of(view, here):
        paper.line(f"- {on_words(event.when)}: {event.text}", indent=2, hang=2)
    if here is not view.stretches[0]:
        for text in _moves(view, here):
            paper.line(f"- {text}", indent=2, hang=2)


def _support(view: TimelineView, here: Stretch, one: Support, wide: int, signs: str) -> str:
    """A candidate's line: name, bar, numbers, and what is said of the candidacy."""
    name = view.title(one.candidate) if one.candidate else ""
    head = f"{name}{' ' * (wide - cells(name))}  " if name else ""
    status = status_words(one)
    if not one.may_run:
        return f"{head}{status}"
    said = f", {status}" if status and one.status != ("running",) else ""
    return f"{head}{_bar(here, one, signs)}  {support_words(here, one)}{said}"


def _bar(here: Stretch, one: Support, signs: str) -> str:
    """The roll as a bar: certain, possible, the rest. Where it is long a sign is several members;
    a part that is not empty always has a sign.
    """
    roll = max(here.roll.most, 1)
    width = min(roll, _WIDTH)
    sure = one.support.least * width // roll
    most = -(-one.support.most * width // roll)
    if one.support.least and not sure:
        sure = 1
    if one.support.most < roll:
        most = min(most, width - 1)
    return signs[0] * sure + signs[1] * max(0, most - sure) + signs[2] * (width - max(most, sure))


def _moves(view: TimelineView, here: Stretch) -> Iterator[str]:
    for candidate, word, names in moved(view, here.first):
        whom = f" for {view.title(candidate)}" if candidate else ""
        yield f"{word}{whom}: {_names(names)}"


def _names(names: Sequence[str]) -> str:
    if len(names) <= _MANY:
        return listed(names)
    return f"{', '.join(names[:3])} and {plural(len(names) - 3, 'other')}"


# Pictures


def _format(name: str, *, dark: bool) -> str:
    """*svg* or *png*, by the end of the file's name; empty where no picture is asked for."""
    if not name:
        if dark:
            raise CommandError("--dark is for a picture; name its file with --plot FILE.svg")
        return ""
    return format_of(name)


def _draw(view: TimelineView, name: str, *, dark: bool) -> None:
    from nemcon.charts.timeline import timeline_chart

    draw(timeline_chart(view, dark=dark), name)
