"""`nemcon correct`: put another entry in the place of one, or take it out."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace

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
from nemcon.entries import AnyEntry, Confirmation, Correction, Rejection, Source
from nemcon.findings import Place, errors
from nemcon.load import load
from nemcon.state import Logged


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument("record", metavar="RECORD", help="the record")
    parser.add_argument("id", metavar="ID", help="the entry, by its id or enough of it")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--with",
        dest="file",
        metavar="FILE",
        help="a file with the one entry that stands instead, and the source it cites, if it is new",
    )
    what.add_argument("--drop", action="store_true", help="nothing stands instead")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why; kept in the record")
    parser.add_argument(
        "--source",
        metavar="NAME",
        default="",
        help="the source that corrects it, of the record or of FILE: the correction is known from "
        "its date (else from now, or from the one source that FILE brings)",
    )
    by_whom(parser)
    parser.json()
    parser.explain(
        "Nothing is overwritten: both entries stay readable, and so does the correction.\n"
        "Where the correction rests on a document of its own, FILE holds that as [[source]], too;\n"
        "the correction is then known from the date of that document.",
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
    new, sources, found = _replacement(args.file) if args.file else (None, [], {})
    if new is not None and new.id == ident:
        raise CommandError("the entry in the file is the one that stands already", BAD_CONTENT)
    entries = _entries(args, held, old, new, sources)
    places = {**held.found.places, **found}
    result = write(args.record, entries, by=args.by, places=places)
    if args.json:
        paper.json({"record": args.record, **result.to_json()})
    elif result.refused:
        write_refusal(paper, args.record, result, Citations(held.found))
    else:
        paper.line(f"No longer counts: {held.line(ident)}", hang=2)
        if new is not None:
            paper.line(f"Stands instead: {entry_line(new, held.titles)}", hang=2)
        for source in sources:
            paper.line(f"Added: {entry_line(source, held.titles)}", hang=2)
        print_findings(paper, result.findings, Citations(held.found))
    return code_of(result)


def _answered(name: str, answer: Confirmation | Rejection) -> str:
    if isinstance(answer, Confirmation):
        return (
            f"to undo a confirmation, reject the proposal: nemcon reject {name} {answer.confirms}"
        )
    return f"to undo a rejection, confirm the proposal: nemcon confirm {name} {answer.rejects}"


def _replacement(file: str) -> tuple[AnyEntry, list[Source], Mapping[str, Place]]:
    """The one entry of a file, the sources beside it, and where everything stands there. A source
    alone is the entry itself.
    """
    with in_our_words():
        found = load([file], now())
    if errors(found.findings):
        raise CommandError("nothing was written", BAD_CONTENT, found.findings)
    entries = [item.entry for item in found.items]
    sources = [entry for entry in entries if isinstance(entry, Source)]
    others = [entry for entry in entries if not isinstance(entry, Source)]
    if found.live or found.reading or len(others or sources) != 1:
        raise CommandError(
            f"{file}: a correction takes a file with exactly one entry, and beside it the "
            "[[source]] that it cites, where the record does not hold that",
            BAD_CONTENT,
        )
    return (others or sources)[0], sources if others else [], found.places


def _entries(
    args: Namespace, held: Held, old: AnyEntry, new: AnyEntry | None, sources: list[Source]
) -> list[Logged]:
    """The correction, with what stands instead and its sources; an open proposal is answered by it
    as well.
    """
    cited = _cited(args.source, held, new, sources)
    sources[:] = [source for source in sources if source.id not in held.entries]
    told = [Logged(source) for source in sources]
    items, reason = [*held.found.items, *told], args.reason
    try:
        for item in replacing(items, old, new, later(items, now()), by=args.by, reason=reason):
            entry = item.entry
            if cited and isinstance(entry, Correction) and not entry.source:
                item = Logged(replace(entry, source=cited))
            told.append(item)
        return told
    except NotNowError as error:
        raise CommandError("nothing was written", BAD_CONTENT, (error.finding,)) from error


def _cited(name: str, held: Held, new: AnyEntry | None, sources: list[Source]) -> str:
    """The source that the correction rests on: as told, else the one that comes with it."""
    brought = {source.name for source in sources}
    if not name:
        return new.source if new is not None and new.source in brought else ""
    known = {entry.name for entry in held.entries.values() if isinstance(entry, Source)} | brought
    if name not in known:
        from nemcon.rules.names import nearest  # seldom needed

        near = nearest(name, known)
        hint = f"; did you mean '{near}'?" if near else ""
        raise CommandError(f"--source {name}: neither the record nor the file holds it{hint}")
    return name
