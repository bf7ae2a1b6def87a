"""`nemcon import`: tables, exports and Popolo files into a record, shown before it is done."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from nemcon.access.stored import Stored
from nemcon.access.submit import Batch, Submitted
from nemcon.cli.citing import Citations
from nemcon.cli.errors import BAD_CONTENT, FINE, CommandError
from nemcon.cli.opening import in_our_words, json_findings, now, print_findings
from nemcon.cli.paper import Paper, Progress
from nemcon.cli.parser import Parser, one_date
from nemcon.cli.recording import (
    by_whom,
    code_of,
    entry_line,
    is_new,
    record,
    write,
    write_entries,
    write_refusal,
)
from nemcon.entries import AnyEntry
from nemcon.findings import Finding, Place, errors
from nemcon.load import Asked, load
from nemcon.load.before import before
from nemcon.load.tabular import Table, is_table, read_table
from nemcon.load.to_import import files_of
from nemcon.state import Logged, at
from nemcon.tables.columns import ROSTER
from nemcon.tables.edited import differences
from nemcon.tables.grid import Step
from nemcon.tables.held import Origin
from nemcon.tables.plan import plan
from nemcon.views.phrases import plural
from nemcon.views.status import titles_of
from nemcon.when import When


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="sheets (.xlsx, .csv), JSON Lines of an export, Popolo JSON, files of entries; or a "
        "folder of them",
    )
    parser.add_argument(
        "--record", metavar="RECORD", required=True, help="the record; made if there is none"
    )
    parser.body()
    parser.add_argument(
        "--matter", metavar="ID", default="", help="the matter of rows that name none"
    )
    parser.add_argument(
        "--date",
        metavar="DATE",
        type=one_date,
        help="the day that the file tells of; the file is then the source of rows that name none",
    )
    parser.add_argument(
        "--deleted",
        choices=("keep", "retract"),
        default="keep",
        metavar="keep|retract",
        help="what becomes of entries whose rows are gone from an exported workbook (else keep)",
    )
    parser.add_argument("--preview", action="store_true", help="only show what would be written")
    parser.add_argument("--yes", action="store_true", help="write without asking")
    by_whom(parser)
    parser.json()
    parser.explain(
        "What would be written is shown first, and asked about on a terminal; elsewhere nothing\n"
        "is written without --yes. All of it is written or nothing, and twice changes nothing.\n"
        "A changed row of an exported sheet corrects its entry; the old one stays readable.",
        "nemcon import nato.xlsx --record nato.nemcon",
        "nemcon import sheets/ --record nato.nemcon",
        "nemcon import positions.csv --record nato.nemcon --body nato --matter sg-2024 "
        "--date 2024-06-18",
        "nemcon import everything.jsonl --record copy.nemcon --yes",
    )


@dataclass
class Gathered:
    """What all files together would write, and what is to be said of them."""

    items: dict[str, Logged] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    changed: list[tuple[AnyEntry, AnyEntry]] = field(default_factory=list)
    retracted: list[AnyEntry] = field(default_factory=list)
    unchanged: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, item: Logged, place: Place | None) -> None:
        """Write this, once."""
        self.items.setdefault(item.entry.id, item)
        if place is not None:
            self.places.setdefault(item.entry.id, place)


def run(args: Namespace, paper: Paper) -> int:
    """Show what would be written; write it."""
    held = None if is_new(args.record) else record(args.record)
    progress = Progress()
    try:
        with in_our_words():
            got = _gathered(args, held, progress)
            batch = _checked(held, got, progress)
    finally:
        progress.done()
    findings = [*got.findings, *batch.findings]
    if errors(findings):
        raise CommandError(f"nothing was written to {args.record}", BAD_CONTENT, findings)
    new = [item for item in got.items.values() if item.entry.id not in set(batch.already)]
    if not args.json:
        _show(paper, args, got, new, held, batch)
        print_findings(paper, findings, Citations(held) if held else None)
    if not new:
        return _nothing(args, paper, got, findings)
    if not _agreed(args, paper):
        if args.json:
            _tell_json(args, paper, got, new, findings, None)
        return FINE
    return _write(args, paper, got, new, findings, held)


def _gathered(args: Namespace, held: Asked | None, progress: Progress) -> Gathered:
    """What the files say, against what the record holds. Tables that declare names come first."""
    got = Gathered()
    tables = []
    found = [files_of(name) for name in dict.fromkeys(args.files)]
    for _, findings in found:
        got.findings += findings
    for name in dict.fromkeys(path for paths, _ in found for path in paths):
        progress(f"reading {name}")
        if is_table(name):
            tables.append(read_table(name, partial(progress, f"reading {name}")))
        else:
            _take_file(args, name, held, got)
    for table in sorted(tables, key=_declares, reverse=True):
        _take_table(args, table, held, got, partial(progress, f"comparing {table.file}"))
    return got


def _declares(table: Table) -> bool:
    return any(
        sheet.kind in ("roster", "party", "body", "organ", "matter") for sheet in table.sheets
    )


def _take_table(
    args: Namespace, table: Table, held: Asked | None, got: Gathered, step: Step
) -> None:
    got.findings += table.findings
    origin = Origin(
        file=table.file,
        title=Path(table.file).name,
        sha256=table.sha256,
        date=args.date,
        body=args.body,
        matter=args.matter,
        by=args.by,
    )
    others = [item.entry for item in got.items.values()]
    listed = any(sheet.kind == ROSTER for sheet in table.sheets)
    known = before(held, args.body, others, (args.date or "now") if listed else None)
    retract = args.deleted == "retract"
    found = plan(table.sheets, known, origin, now(), retract=retract, step=step)
    for ident, entry in found.entries.items():
        got.add(Logged(entry), found.places[ident])
    got.findings += found.findings
    got.changed += found.changed
    got.retracted += found.retracted
    got.unchanged += found.unchanged


def _take_file(args: Namespace, name: str, held: Asked | None, got: Gathered) -> None:
    """A file of entries, of an exported record, or of Popolo."""
    from nemcon.load.popolo import is_popolo, read_popolo

    if is_popolo(name):
        found = read_popolo(name, before(held, args.body), args.body, args.date)
        got.findings += found.findings
        got.unchanged += found.unchanged
        for ident, entry in found.entries.items():
            got.add(Logged(entry, proposed=entry.kind != "source"), found.places[ident])
        return
    asked = load([name], now(), body=args.body, beside=held)
    if asked.live:
        raise CommandError(
            f"{name} is a record itself; 'nemcon export {name} --to FILE.jsonl' makes a file of it"
        )
    if asked.reading is not None:
        raise CommandError(f"{name} is a report; 'nemcon add {name} --record …' brings it in")
    got.findings += (each for each in asked.findings if each.code != "not-confirmed")
    if asked.sealed:
        message = (
            "the file stands for entries that could not be read when it was written; a record made "
            "of it would not know of them, and could claim more than it may: copy the record itself"
        )
        got.findings.append(Finding("unreadable-entries", "error", message, place=Place(name)))
    for item in asked.items:
        by = "" if args.by else item.by
        got.add(Logged(item.entry, item.proposed, by=by), asked.places.get(item.entry.id))


def _checked(held: Asked | None, got: Gathered, progress: Progress) -> Batch:
    """The entries on top of the record, and what is wrong with what they would make."""
    progress(f"checking {plural(len(got.items), 'entry', 'entries')}")
    stored = Stored(held.items, held.sealed, held.erased, ()) if held else Stored((), 0, 0, ())
    batch = Batch(stored, got.items.values() if not errors(got.findings) else (), now(), got.places)
    _ = batch.findings
    return batch


def _show(
    paper: Paper,
    args: Namespace,
    got: Gathered,
    new: Sequence[Logged],
    held: Asked | None,
    b: Batch,
) -> None:
    """What would be written, in words."""
    entries = [item.entry for item in new]
    titles = _titles(held, entries)
    acts = {old.id for old, _ in got.changed} | {old.id for old in got.retracted}
    replaced = {entry.id for _, entry in got.changed}
    plain = [
        e
        for e in entries
        if e.id not in replaced
        and getattr(e, "corrects", None) not in acts
        and getattr(e, "rejects", None) not in acts
    ]
    if plain:
        proposals = sum(item.proposed for item in new)
        waiting = f" ({proposals} of them only proposed: they count once confirmed)"
        paper.heading(
            f"To be added to {args.record}: {plural(len(plain), 'entry', 'entries')}"
            f"{waiting if proposals else ''}"
        )
        write_entries(paper, plain, titles)
    if got.changed:
        paper.heading(f"To be corrected: {plural(len(got.changed), 'entry', 'entries')}")
        for old, instead in got.changed:
            paper.line(f"- {entry_line(old, titles)}", hang=2)
            paper.line(f"now: {entry_line(instead, titles)}", indent=4, hang=2)
            for each in differences(old, instead):
                paper.line(each, indent=4, hang=2)
    if got.retracted:
        paper.heading(f"To be taken out: {plural(len(got.retracted), 'entry', 'entries')}")
        paper.bullets(entry_line(old, titles) for old in got.retracted)
    there = got.unchanged + len(b.already)
    if there and new:
        paper.line(f"{plural(there, 'row or entry', 'rows or entries')} there already")


def _titles(held: Asked | None, new: Sequence[AnyEntry]) -> Mapping[str, str]:
    """The names for people, those of entries to come included."""
    on = When.parse(now().replace(microsecond=0).isoformat())
    items = (*held.packed, *held.items) if held else ()
    return titles_of(at((*items, *new), on, proposed=True))


def _nothing(args: Namespace, paper: Paper, got: Gathered, findings: Sequence[Finding]) -> int:
    if args.json:
        _tell_json(args, paper, got, [], findings, None)
    else:
        empty = not (got.unchanged or got.items)
        why = "these files hold no rows" if empty else f"{args.record} holds all of it already"
        paper.line(f"Nothing new: {why}")
    return FINE


def _agreed(args: Namespace, paper: Paper) -> bool:
    """Whether it may be written: said with --yes, or when asked on a terminal."""
    if args.preview:
        if not args.json:
            paper.line("Nothing was written: this is a preview")
        return False
    if args.yes:
        return True
    if args.json or not _on_terminal():
        if not args.json:
            paper.line("Nothing was written; to write it, run this again with --yes")
        return False
    try:
        answer = input(f"Write this to {args.record}? [y/N] ")
    except EOFError:  # Ctrl-D
        answer = ""
        paper.line()
    if answer.strip().casefold() in ("y", "yes"):
        return True
    paper.line("Nothing was written")
    return False


def _on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _write(
    args: Namespace,
    paper: Paper,
    got: Gathered,
    new: Sequence[Logged],
    findings: Sequence[Finding],
    held: Asked | None,
) -> int:
    """Write it, whole or not at all."""
    if held is None:
        from nemcon.record.sqlite import SqliteLog

        with in_our_words():
            SqliteLog.create(args.record).close()
    result = write(args.record, got.items.values(), by=args.by, again=True, places=got.places)
    if args.json:
        _tell_json(args, paper, got, new, findings, result)
    elif result.refused:
        write_refusal(paper, args.record, result)
    else:
        _tell_written(args, paper, new, result, made=held is None)
    return code_of(result)


def _tell_written(
    args: Namespace, paper: Paper, new: Sequence[Logged], result: Submitted, *, made: bool
) -> None:
    if made:
        paper.line(f"Made a new record: {args.record}, with its keys in {args.record}.keys", hang=2)
        paper.line("Keep both, in two places: without its keys a record cannot be read", hang=2)
    many = plural(len(result.receipts), "entry", "entries")
    paper.line(f"Wrote {many} to {args.record}")
    waiting = sum(item.proposed for item in new)
    if waiting:
        told = f"{plural(waiting, 'proposal')} to confirm: nemcon confirm {args.record}"
        paper.line(told, hang=2)


def _tell_json(
    args: Namespace,
    paper: Paper,
    got: Gathered,
    new: Sequence[Logged],
    findings: Sequence[Finding],
    result: Submitted | None,
) -> None:
    paper.json(
        {
            "record": args.record,
            "written": result is not None and not result.refused,
            "new": [item.entry.id for item in new],
            "changed": [{"old": old.id, "new": entry.id} for old, entry in got.changed],
            "retracted": [entry.id for entry in got.retracted],
            "unchanged": got.unchanged,
            "added": result.to_json()["added"] if result else [],
            "findings": json_findings([*findings, *(result.findings if result else ())]),
        }
    )
