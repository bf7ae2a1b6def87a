"""`nemcon correct`: put another entry in the place of one, or take it out."""

from __future__ import annotations

from argparse import Namespace

from nemcon.access.replacing import later, replacing
from nemcon.access.submit import NotNowError
from nemcon.cli.citing import Citations
from nemcon.cli.errors import BAD_CONTENT, CommandError
from nemcon.cli.opening import in_our_words, now, print_findings
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser
from nemcon.cli.recording import (
    Held,
    by_whom,
    code_of,
    entry_line,
    record,
    write,
    write_refusal,
)
from nemcon.entries import AnyEntry, Confirmation, Rejection
from nemcon.findings import Place, errors
from nemcon.load import load
from nemcon.state import Logged


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument("record", metavar="RECORD", help="the record")
    parser.add_argument("id", metavar="ID", help="the entry, by its id or enough of it")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--with", dest="file", metavar="FILE", help="a file with the one entry that stands instead"
    )
    what.add_argument("--drop", action="store_true", help="nothing stands instead")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; kept in the record")
    by_whom(parser)
    parser.json()
    parser.explain(
        "Nothing is overwritten: both entries stay readable, and so does the correction.",
        "nemcon correct nato.nemcon position-1a2b3c4d --with right.toml --reason 'wrong day'",
        "nemcon correct nato.nemcon tally-5e6f7a8b --drop --reason 'counted twice'",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Correct the entry."""
    if args.drop and not args.reason.strip():
        raise CommandError("--drop takes something out of the record; say why with --reason TEXT")
    held = Held(record(args.record))
    ident = held.find(args.id)
    old = held.entries[ident]
    if isinstance(old, Confirmation | Rejection):
        raise CommandError(_answered(args.record, old))
    new, place = _replacement(args.file) if args.file else (None, None)
    if new is not None and new.id == ident:
        raise CommandError("the entry in the file is the one that stands already", BAD_CONTENT)
    entries = _entries(args, held, old, new)
    places = {**held.found.places, **({new.id: place} if new and place else {})}
    result = write(args.record, entries, by=args.by, places=places)
    if args.json:
        paper.json({"record": args.record, **result.to_json()})
    elif result.refused:
        write_refusal(paper, args.record, result, Citations(held.found))
    else:
        paper.line(f"No longer counts: {held.line(ident)}", hang=2)
        if new is not None:
            paper.line(f"Stands instead: {entry_line(new, held.titles)}", hang=2)
        print_findings(paper, result.findings, Citations(held.found))
    return code_of(result)


def _answered(name: str, answer: Confirmation | Rejection) -> str:
    if isinstance(answer, Confirmation):
        return (
            f"to undo a confirmation, reject the proposal: nemcon reject {name} {answer.confirms}"
        )
    return f"to undo a rejection, confirm the proposal: nemcon confirm {name} {answer.rejects}"


def _replacement(file: str) -> tuple[AnyEntry, Place | None]:
    """The one entry of a file, and where it stands there."""
    with in_our_words():
        found = load([file], now())
    if errors(found.findings):
        raise CommandError("nothing was written", BAD_CONTENT, found.findings)
    entries = [item.entry for item in found.items]
    if len(entries) != 1 or found.live or found.reading:
        raise CommandError(f"{file}: a correction takes a file with exactly one entry", BAD_CONTENT)
    return entries[0], found.places.get(entries[0].id)


def _entries(args: Namespace, held: Held, old: AnyEntry, new: AnyEntry | None) -> list[Logged]:
    """The correction, with what stands instead; an open proposal is answered by it as well."""
    items, reason = held.found.items, args.reason
    try:
        return replacing(items, old, new, later(items, now()), by=args.by, reason=reason)
    except NotNowError as error:
        raise CommandError("nothing was written", BAD_CONTENT, (error.finding,)) from error
