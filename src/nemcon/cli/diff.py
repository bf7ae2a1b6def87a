"""`nemcon diff`: what became known between two dates, and what it changed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

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
from nemcon.cli.status import (
    decision_words,
    office_words,
    stage_words,
    title_of,
    write_counting,
)
from nemcon.entries import Correction, Source
from nemcon.views.dates import on_words
from nemcon.views.diff import Change, DiffView, diff
from nemcon.views.phrases import listed, plural, short_id
from nemcon.views.question import QuestionError
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
            findings=found.findings,
        )
    except QuestionError as error:
        message = no_answer(error, found, after, args.records[0])
        raise refusal(message, found.findings) from error
    if args.json:
        paper.json(view.to_json())
    else:
        write_diff(paper, view)
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


def write_diff(paper: Paper, view: DiffView) -> None:
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
    if before.known != after.known:
        paper.line()
        _write_entries(paper, view)


def _write_changes(paper: Paper, view: DiffView) -> None:
    paper.heading("What changed in the answer")
    changes = [part for change in view.changes for part in _parts(change)]
    if not changes:
        paper.line("nothing")
    for change in changes:
        about = (
            f"{view.titles.get(change.candidate, change.candidate)}, " if change.candidate else ""
        )
        label = f"{about}{_LABELS.get(change.what, change.what)}"
        for line in _change(change, view):
            paper.line(f"- {label}: {line}", hang=2)


def _parts(change: Change) -> Iterator[Change]:
    """What changed for a motion as for a candidate: its numbers, and who is open or against.

    Its verdict is told for the whole.
    """
    if change.what != "support" or change.candidate:
        yield change
        return
    before, after = change.before or {}, change.after or {}
    for key in ("support", "open", "against"):
        if before.get(key) != after.get(key):
            yield Change(key, before.get(key), after.get(key))


_LABELS = {"open": "open members", "against": "not supporting"}


def _change(change: Change, view: DiffView) -> Iterable[str]:
    """A change in words, one line or two."""
    if change.what in ("open", "against"):
        yield from _moved(change, view)
    elif change.what in _IN_WORDS:
        words = _IN_WORDS[change.what]
        yield f"{words(view.before) if view.before else 'none'} → {words(view.after)}"
    elif change.what in ("expectations", "needed"):
        yield from _rows(_texts(change.before or ()), _texts(change.after or ()))
    else:
        yield f"{_value(change.before, view)} → {_value(change.after, view)}"


_IN_WORDS = {"decision": decision_words, "office": office_words, "stage": stage_words}


def _moved(change: Change, view: DiffView) -> Iterable[str]:
    before, after = set(change.before or ()), set(change.after or ())
    for word, members in (("now", after - before), ("no longer", before - after)):
        if members:
            yield f"{word} {_some(members, view)}"


def _some(members: Iterable[str], view: DiffView) -> str:
    names = sorted(view.titles.get(member, member) for member in members)
    return listed(names) if len(names) <= 8 else plural(len(names), "member")


def _texts(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """What is expected or needed, with how it stands."""
    return {row.get("what") or row["text"]: row.get("status", "") for row in rows}


def _rows(old: dict[str, str], new: dict[str, str]) -> Iterable[str]:
    for text, status in new.items():
        if text not in old:
            yield f"new: {text}{f' ({status})' if status else ''}"
        elif old[text] != status:
            yield f"{text}: {old[text]} → {status}"
    yield from (f"no longer: {text}" for text in old if text not in new)


def _value(value: Any, view: DiffView) -> str:
    """A part of the answer in few words."""
    if value is None:
        return "none"
    if not isinstance(value, dict):
        return str(view.titles.get(value, value)) if isinstance(value, str) else str(value)
    if "of" in value:
        return f"{_bounds(value)} of {_bounds(value['of'])}"
    if "possible" in value:
        return " or ".join(value["possible"])
    if "least" in value:
        return _bounds(value)
    parts = [f"{key} {_value(each, view)}" for key, each in value.items() if each is not None]
    return ", ".join(parts) or "none"


def _bounds(value: dict[str, Any]) -> str:
    least, most = value["least"], value["most"]
    return str(least) if least == most else f"{least} to {most}"


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
