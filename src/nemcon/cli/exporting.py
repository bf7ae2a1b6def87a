"""`nemcon export`: a record as sheets, JSON Lines, TOML, Popolo or a calendar."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from nemcon.cli.errors import BAD_ARGUMENTS, CommandError
from nemcon.cli.opening import asked, exit_code, in_our_words, now, print_findings, refusal
from nemcon.cli.paper import Paper
from nemcon.cli.parser import Parser, one_date
from nemcon.cli.writing import write_files
from nemcon.entries import AnyEntry
from nemcon.findings import Finding
from nemcon.load import Asked
from nemcon.state import State
from nemcon.tables.chosen import left_out, of_record, standing
from nemcon.views.phrases import plural
from nemcon.when import When

FORMATS = ("xlsx", "csv", "jsonl", "toml", "popolo", "ics")
_BY_END = {
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".toml": "toml",
    ".json": "popolo",
    ".ics": "ics",
}
Files = Mapping[str, bytes]


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "records",
        nargs="*",
        default=[],
        metavar="RECORD",
        help="one record, or reports and files of entries",
    )
    parser.add_argument(
        "--to", metavar="FILE|FOLDER", required=True, help="where to write; a folder for CSV files"
    )
    parser.add_argument(
        "--as",
        dest="form",
        choices=FORMATS,
        metavar="FORMAT",
        help=f"{', '.join(FORMATS)} (else by the end of the name)",
    )
    parser.add_argument(
        "--on", metavar="DATE", type=one_date, help="leave out what certainly happened later"
    )
    parser.add_argument(
        "--known", metavar="DATE", type=one_date, help="only what was known by then"
    )
    parser.add_argument(
        "--packs", action="store_true", help="also what the built-in packs say of the body"
    )
    parser.add_argument(
        "--template",
        choices=("roster", "positions", "tallies"),
        metavar="NAME",
        help="an empty sheet to fill in instead: roster, positions or tallies (.xlsx, .csv)",
    )
    parser.body()
    parser.add_argument("--replace", action="store_true", help="overwrite what is there")
    parser.explain(
        "Sheets and TOML hold what stands: no superseded entries, no open proposals. JSON Lines\n"
        "holds all of a record in its order, with proposals, confirmations and corrections.\n"
        "A sheet can be edited and brought back with 'nemcon import'.",
        "nemcon export nato.nemcon --to nato.xlsx",
        "nemcon export nato.nemcon --to everything.jsonl",
        "nemcon export nato.nemcon --packs --to nato.json --as popolo",
        "nemcon export --template positions --body nato --to positions.xlsx",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Write the export."""
    form = args.form or _form_of(args.to)
    findings: list[Finding] = []
    if args.template:
        files, what = _template(args, form), f"a template for {args.template}"
    elif not args.records:
        raise CommandError("name a RECORD to export, or a template with --template NAME")
    else:
        files, what, findings = _exported(args, form)
    names = _written(args, files)
    paper.line(f"Wrote {what} to {' and '.join(names) if len(names) < 4 else args.to}", hang=2)
    if len(names) > 3:
        paper.bullets(names)
    print_findings(paper, findings)
    return exit_code(findings)


def _form_of(name: str) -> str:
    if _is_folder(name):
        return "csv"
    form = _BY_END.get(Path(name).suffix.lower())
    if form is None:
        ends = ", ".join(_BY_END)
        raise CommandError(f"{name}: say the format with --as, or end the name in one of {ends}")
    return form


def _is_folder(name: str) -> bool:
    return name.endswith(("/", os.sep)) or Path(name).is_dir()


def _exported(args: Namespace, form: str) -> tuple[Files, str, list[Finding]]:
    """The files of an export with their contents, what they hold in words, and findings."""
    found = asked(args.records, body=args.body)
    state = found.state(args.on, args.known)
    if form == "jsonl":
        return _json_lines(args, found, state)
    own = {item.entry.id for item in found.items}
    if args.packs or form in ("popolo", "ics"):
        own |= {item.entry.id for item in found.packed}
    entries = standing(state, frozenset(own), args.on)
    waiting = state.proposed if found.live else 0  # what reports say counts here as in answers
    findings = [*found.findings, *state.findings, *left_out(state, entries, waiting)]
    if form == "popolo":
        from nemcon.tables.popolo import popolo_text

        text, more = popolo_text(entries, state)
        return {"": text.encode()}, "Popolo JSON", [*findings, *more]
    if form == "ics":
        from nemcon.tables.calendar import calendar

        data, more, number = calendar(entries, state, found.now)
        return {"": data}, plural(number, "event"), [*findings, *more]
    if not entries:
        raise refusal("there is nothing to export: no entry of this record stands", findings)
    what = plural(len(entries), "entry", "entries")
    return _tables(args, form, entries, state), what, findings


def _tables(args: Namespace, form: str, entries: Sequence[AnyEntry], state: State) -> Files:
    from nemcon.tables.csv_text import csv_text
    from nemcon.tables.write import one_sheet, sheets

    if form == "toml":
        from nemcon.text import write_toml

        return {"": write_toml(entries).encode()}
    if form == "csv" and _is_folder(args.to):
        return {f"{s.name}.csv": csv_text(s).encode("utf-8-sig") for s in sheets(entries)}
    if form == "csv":
        return {"": csv_text(one_sheet(entries)).encode("utf-8-sig")}
    return {"": _workbook(args, entries, state)}


def _workbook(args: Namespace, entries: Sequence[AnyEntry], state: State) -> bytes:
    from nemcon.tables.columns import sheet_name
    from nemcon.tables.templates import choices, exported_about
    from nemcon.tables.write import sheets
    from nemcon.tables.xlsx import workbook

    kinds = {entry.kind for entry in entries}
    members = sorted(state.memberships)
    stances = _stances(state)
    offered = {sheet_name(kind): choices(kind, members, stances) for kind in kinds}
    what = f"Exported from {', '.join(Path(name).name for name in args.records)} by nemcon."
    held = (entry.id for entry in entries)
    return workbook(sheets(entries), exported_about(what), held, offered)


def _json_lines(args: Namespace, found: Asked, state: State) -> tuple[Files, str, list[Finding]]:
    from nemcon.text import write_logged

    items = of_record(found.items, state, args.known, args.on)
    proposed = {item.entry.id for item in items if item.proposed}
    with in_our_words():
        names = _names(args.records[0]) if found.live else {}
    names = names or {item.entry.id: item.by for item in items if item.by}
    entries = [item.entry for item in items]
    if args.packs:
        entries = [*(item.entry for item in found.packed), *entries]
    unreadable = found.sealed + found.erased
    text = write_logged(entries, proposed, names, unreadable)
    told = [each for each in left_out(state, entries, 0) if each.code == "confidential-entries"]
    if unreadable:
        told += [each for each in left_out(state, (), 0) if each.code == "not-exported"]
    what = plural(len(entries), "entry", "entries")
    return {"": text.encode()}, what, [*found.findings, *told]


def _names(record: str) -> Mapping[str, str]:
    """Who brought each entry of a record in."""
    from nemcon.record.sqlite import SqliteLog

    with SqliteLog(record, readonly=True) as log:
        contents = (getattr(each, "content", None) for each in log.read())
        named = (each for each in contents if isinstance(each, dict) and each.get("by"))
        return {str(each.get("id")): str(each["by"]) for each in named}


def _template(args: Namespace, form: str) -> Files:
    from nemcon.tables.csv_text import csv_text
    from nemcon.tables.templates import about, choices, template, with_comments
    from nemcon.tables.xlsx import workbook

    if form not in ("csv", "xlsx"):
        raise CommandError("a template is a .xlsx or a .csv file; name it so", BAD_ARGUMENTS)
    state = _state(args)
    stances = _stances(state) if state else ()
    if form == "csv":
        sheet = with_comments(args.template, stances)
        return {
            f"{args.template}.csv" if _is_folder(args.to) else "": (
                csv_text(sheet).encode("utf-8-sig")
            )
        }
    kinds = {"roster": "roster", "positions": "position", "tallies": "tally"}
    members = _members(state) if state else ()
    offered = {args.template: choices(kinds[args.template], members, stances)}
    return {"": workbook([template(args.template)], about(args.template, stances), choices=offered)}


def _state(args: Namespace) -> State | None:
    """The state now of the record or of the built-in pack that a template is for, if any."""
    from nemcon.access.packs import missing_packs, pack
    from nemcon.state import at

    if args.records:
        return asked(args.records, body=args.body).state(args.on, args.known)
    if not args.body:
        return None
    if args.body not in missing_packs((), [args.body]):
        raise CommandError(
            f"there is no built-in pack '{args.body}'; name a RECORD that declares its members"
        )
    on = args.on or When.parse(now().replace(microsecond=0).isoformat())
    return at(pack(args.body).entries, on)


def _members(state: State) -> list[str]:
    """The members, for the drop-down list."""
    from nemcon.views.register import register

    view = register(state)
    return [view.title(each.member) for each in view.members]


def _stances(state: State) -> tuple[str, ...]:
    """The stances that the rules of a body know, as they spell them."""
    from nemcon.access.packs import procedure
    from nemcon.tables.ruled import Ruled

    return Ruled.of(state.entries, procedure).stances()


def _written(args: Namespace, files: Files) -> list[str]:
    """Write the files, each whole or not at all; their names."""
    folder = Path(args.to)
    if "" in files and _is_folder(args.to):
        raise CommandError(f"{args.to} is a folder, and this is one file; name the file")
    paths = {(folder / name if name else folder): data for name, data in files.items()}
    there = [path for path in paths if path.exists()]
    if there and not args.replace:
        raise CommandError(
            f"{there[0]} is there already, and may hold edits; give another name, or --replace"
        )
    if not any(files) and not folder.resolve().parent.is_dir():
        raise CommandError(f"{args.to}: there is no folder to put it in; make it first")
    try:
        write_files(paths)
    except OSError as error:
        raise CommandError(f"{args.to}: it cannot be written ({error.strerror})") from error
    return [str(path) for path in paths]
