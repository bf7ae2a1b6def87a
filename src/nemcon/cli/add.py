"""`nemcon add`: reports and files of entries into a record."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace

from nemcon.access.stored import Stored
from nemcon.access.submit import Batch, Submitted
from nemcon.cli.citing import Citations
from nemcon.cli.errors import BAD_CONTENT, CommandError
from nemcon.cli.opening import in_our_words, now, print_findings
from nemcon.cli.paper import Paper, Progress
from nemcon.cli.parser import Parser
from nemcon.cli.recording import (
    by_whom,
    code_of,
    is_new,
    record,
    write,
    write_entries,
    write_notice,
    write_refusal,
)
from nemcon.entries import Source
from nemcon.findings import errors
from nemcon.load import Asked, load
from nemcon.state import Logged
from nemcon.views.phrases import plural
from nemcon.views.status import titles_of

_NOTHING = Submitted((), (), (), ())
_EMPTY = Stored((), 0, 0, ())


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="dated reports; files or folders of entries"
    )
    parser.add_argument(
        "--record", metavar="RECORD", required=True, help="the record; made if there is none"
    )
    parser.add_argument(
        "--proposed", action="store_true", help="entries of files, too, wait for confirmation"
    )
    parser.body()
    parser.add_argument("--dry-run", action="store_true", help="only tell what would be added")
    by_whom(parser)
    parser.json()
    parser.explain(
        "What is read in a report waits for confirmation ('nemcon confirm'); entries of TOML and\n"
        "JSON files count at once. Either all of it is added, or nothing; adding twice adds once.",
        "nemcon add report-2024-06-20.txt --record nato.nemcon",
        "nemcon add minutes.toml --record nato.nemcon --by 'Anna Ek'",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Add the files."""
    new = is_new(args.record)
    beside = None if new else record(args.record)
    found = _read(args, beside)
    if errors(found.findings):
        raise CommandError(f"nothing was written to {args.record}", BAD_CONTENT, found.findings)
    items = [_item(item, found, proposed=args.proposed) for item in found.items]
    if not items:
        nothing = "there is nothing to add in these files"
        raise CommandError(nothing, BAD_CONTENT, found.findings)
    result = _submitted(args, items, found, is_new=new, beside=beside)
    if args.json:
        paper.json({"record": args.record, "made": new and _was_made(args), **result.to_json()})
    elif result.refused:
        write_refusal(paper, args.record, result, Citations(found))
    else:
        print_findings(paper, found.findings, Citations(found))
        titles = {**_titles(beside), **_titles(found)}
        _tell(paper, args, items, titles, result, is_new=new)
        print_findings(paper, result.findings, Citations(found))
        _tell_next(paper, args, items, titles, result)
    return code_of(result)


def _titles(found: Asked | None) -> Mapping[str, str]:
    return titles_of(found.state(proposed=True)) if found else {}


def _was_made(args: Namespace) -> bool:
    return not is_new(args.record)


def _read(args: Namespace, beside: Asked | None) -> Asked:
    progress = Progress()
    try:
        with in_our_words():
            found = load(args.files, now(), body=args.body, beside=beside, progress=progress)
    finally:
        progress.done()
    if found.live:
        raise CommandError(f"{args.files[0]} is a record itself; give files to add to it")
    return found


def _item(item: Logged, found: Asked, *, proposed: bool) -> Logged:
    """An entry as it is to be added; the source of a report keeps its text, to show spans from."""
    entry = item.entry
    if not isinstance(entry, Source):
        return Logged(entry, item.proposed or proposed)
    if found.reading and entry in found.reading.sources:
        entry = replace(entry, text=found.texts[entry.name])
    return Logged(entry)


def _submitted(
    args: Namespace, items: list[Logged], found: Asked, *, is_new: bool, beside: Asked | None
) -> Submitted:
    """Add the items; a new record is made only if there is nothing against them."""
    if args.dry_run or is_new:
        held = Stored(beside.items, beside.sealed, beside.erased, ()) if beside else _EMPTY
        batch = Batch(held, items, now(), found.places)
        if args.dry_run or errors(batch.findings):
            return replace(_NOTHING, already=batch.already, findings=batch.findings)
        _make(args.record)
    return write(args.record, items, by=args.by, again=True, places=found.places)


def _make(name: str) -> None:
    from nemcon.record.sqlite import SqliteLog  # SQLite and cryptography only where needed

    with in_our_words():
        SqliteLog.create(name).close()


def _tell(
    paper: Paper,
    args: Namespace,
    items: list[Logged],
    titles: Mapping[str, str],
    result: Submitted,
    *,
    is_new: bool,
) -> None:
    """What was added, what was there, and what to do next."""
    new = [item for item in items if item.entry.id not in result.already]
    if is_new and not args.dry_run:
        paper.line(f"Made a new record: {args.record}, with its keys in {args.record}.keys", hang=2)
        paper.line("Keep both, in two places: without its keys a record cannot be read", hang=2)
    if not new:
        paper.line(f"Nothing new: {_there(len(result.already))} already")
        return
    what = "Would add" if args.dry_run else "Added"
    paper.heading(f"{what} {plural(len(new), 'entry', 'entries')} to {args.record}")
    write_entries(paper, [item.entry for item in new], titles)
    if result.already:
        paper.line(f"{_there(len(result.already))} already")


def _tell_next(
    paper: Paper,
    args: Namespace,
    items: list[Logged],
    titles: Mapping[str, str],
    result: Submitted,
) -> None:
    """What was adopted, and what waits."""
    new = [item for item in items if item.entry.id not in result.already]
    for item in new:
        if item.entry.id in result.adopted:
            write_notice(paper, item.entry, titles)
    waiting = sum(item.proposed for item in new)
    if waiting and not args.dry_run:
        wait = "waits" if waiting == 1 else "wait"
        told = f"{plural(waiting, 'proposal')} {wait} for confirmation"
        paper.line(f"{told}: nemcon confirm {args.record}", hang=2)


def _there(number: int) -> str:
    return f"{plural(number, 'entry', 'entries')} {'was' if number == 1 else 'were'} there"
