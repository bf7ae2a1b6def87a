"""Opening what `rules decide` is given: the rule, the ballots, the roll, the pack of a body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from nemcon import library
from nemcon.access.packs import pack
from nemcon.access.packs import procedure as of_library
from nemcon.entries import Party
from nemcon.findings import Finding, Place
from nemcon.load.files import File, LoadError, read_files
from nemcon.rules.algebra import as_attributes
from nemcon.rules.ballots import POSITION
from nemcon.rules.file import parsed, read_text
from nemcon.rules.names import as_number, canonical, listed, nearest
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat, roll_of_rows
from nemcon.saying import say
from nemcon.state import State, at
from nemcon.tables.grid import Broken, Sheet
from nemcon.text import decode
from nemcon.views.register import register
from nemcon.when import When
from nemcon.worlds.days import FIRST, LAST

_TABLES = (".csv", ".tsv", ".xlsx", ".xls")
_RULE_FILES = (".toml", ".json")
# Columns of a table of ballots that are neither candidates nor positions.
_ABOUT = ("source", "note", "date", "cite", "sum", "total", "sum-is-15", "confidence")
_BESIDE = {
    **{name: name for name in ("eligible", "members", "voters", "valid", "outstanding")},
    "abstain": "abstain",
    "abstentions": "abstain",
    "invalid": "invalid",
    "spoilt": "invalid",
    "blank": "invalid",
    "present": "voters",
}


def open_rule(name: str) -> Procedure:
    """The procedure of an id of the library, or in a file.

    Raises `LoadError` where there is neither, `RuleError` for a rule that cannot be read.
    """
    path = Path(name)
    if path.suffix.lower() not in _RULE_FILES and not path.is_file():
        return _by_id(name)
    file = _one(name)
    text = decode(file.data, name)
    if isinstance(text, Finding):
        raise RuleError(str(text))
    return read_text(text, name, path.stem)


def _by_id(name: str) -> Procedure:
    if (found := of_library(name)) is not None:
        return found
    ids = library.procedure_ids()
    for each in ids:
        other = of_library(each)
        if other and canonical(name) in map(canonical, (other.id, *other.aka)):
            return other
    near = nearest(name, ids)
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("give an id of the library, or a TOML file")
    )
    raise LoadError(say("the library has no rule '{name}'; {hint}", name=name, hint=hint))


def _one(name: str) -> File:
    """The one file of a name. Raises `LoadError`."""
    if Path(name).is_dir():
        raise LoadError(say("{name}: this is a folder; name the file itself", name=name))
    files, findings = read_files([name])
    if findings:
        raise LoadError(str(findings[0]))
    return files[0]


def open_ballots(name: str) -> tuple[Any, list[Finding]]:
    """The ballots of a file as plain values: JSON, TOML, CSV or XLSX.

    Raises `LoadError` where it cannot be opened. Findings are errors of what it holds.
    """
    suffix = Path(name).suffix.lower()
    if suffix in _TABLES:
        rows, findings = rows_of(name)
        return (_as_form(rows) if rows else []), findings
    file = _one(name)
    text = decode(file.data, name)
    if isinstance(text, Finding):
        return [], [text]
    text = text.removeprefix("\ufeff")
    is_json = suffix == ".json" or text.lstrip().startswith(("{", "["))
    try:
        if suffix == ".toml":
            is_json = False
        return parsed(text, name, is_json=is_json), []
    except RuleError as error:
        return [], [Finding("ballots-unreadable", "error", str(error))]


def open_roll(name: str, procedure: Procedure) -> tuple[Roll, list[Finding]]:
    """The roll of a CSV, XLSX, JSON or TOML file: `member`, then one column an attribute.

    Raises `LoadError` where it cannot be opened.
    """
    rows: Sequence[Mapping[str, Any]]
    if Path(name).suffix.lower() in _TABLES:
        rows, findings = rows_of(name)
    else:
        data, findings = open_ballots(name)
        rows = _table_of(data)
    roll, more = roll_of_rows(rows, name, procedure.attributes)
    if not roll.seats and not findings and not more:
        message = say(
            "nobody is on this roll; write a line 'member,…' and one line a member below it"
        )
        more.append(Finding("no-member", "error", message, place=Place(name)))
    return roll, [*findings, *more]


def _table_of(data: Any) -> list[Mapping[str, Any]]:
    """The rows of a roll in JSON or TOML: a list of tables or names, or one list in a table."""
    if isinstance(data, Mapping):
        lists = [value for value in data.values() if isinstance(value, list)]
        data = lists[0] if len(lists) == 1 else []
    rows = data if isinstance(data, list) else []
    return [row if isinstance(row, Mapping) else {"member": str(row)} for row in rows]


def pack_roll(name: str, on: When) -> tuple[Roll | None, list[Finding]]:
    """The roll of a built-in body on a date; None where there is no such body, or where it is not
    certain who was a member (finding `roll-uncertain`).
    """
    if name not in library.packs():
        return None, []
    return state_roll(
        at(pack(name).entries, on), say("the pack {name} on {day}", name=name, day=on)
    )


def days_with_members(name: str) -> list[tuple[date, date | None]]:
    """The stretches of days on which a built-in body certainly has members: the first day of each,
    and the last, if there is one.
    """
    from nemcon.check.roll import roll_of  # seldom needed

    roll = roll_of(at(pack(name).entries, When.day(date.max)))
    found: list[tuple[date, date | None]] = []
    for day, least in zip(roll.days, roll.least, strict=True):
        inside = bool(found) and found[-1][1] is None
        if least and not inside and day > FIRST:
            # The day before, somebody joined: at its end they were members.
            found.append((date.fromordinal(day - 1), None))
        elif not least and inside and day < LAST:
            found[-1] = found[-1][0], date.fromordinal(day - 1)
    return found


def state_roll(state: State, source: str) -> tuple[Roll | None, list[Finding]]:
    """The roll of a state at its date; None where it is not certain who was a member (finding
    `roll-uncertain`). `source` says where it is from.
    """
    view = register(state)
    unsure = [view.title(line.member) for line in view.members if not line.certain]
    if unsure:
        message = say(
            "on {on} it is not certain whether {unsure} belonged to {body}; give "
            "another date, or the roll with --roll",
            on=state.on,
            unsure=listed(unsure, "and"),
            body=view.body or say("the body"),
        )
        return None, [Finding("roll-uncertain", "error", message)]
    also = {party.name: (party.title, *party.aliases) for party in state.all(Party)}
    seats = [
        Seat(line.member, also.get(line.member, ()), as_attributes(line.attributes))
        for line in view.members
    ]
    return Roll(tuple(seats), source), []


# Tables


def rows_of(name: str) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The rows of a CSV or XLSX file, by their headers. Raises `LoadError`."""
    file = _one(name)
    if Path(name).suffix.lower() in (".csv", ".tsv"):
        from nemcon.load.csv_file import open_csv

        opened = open_csv(file.data, name)
    else:
        from nemcon.load.workbook import open_workbook

        opened = open_workbook(file.data, name)
    findings = list(opened.findings)
    sheets = [sheet for sheet in opened.sheets if any(not row.empty for row in sheet.rows)]
    if not sheets and not any(f.severity == "error" for f in findings):
        findings.append(Finding("no-rows", "error", say("the table is empty"), place=Place(name)))
    return (_by_header(sheets[0], findings) if sheets else []), findings


def _by_header(sheet: Sheet, findings: list[Finding]) -> list[dict[str, Any]]:
    rows = [row for row in sheet.rows if not row.empty]
    headers = [str(cell).strip() if cell is not None else "" for cell in rows[0].cells]
    seen: set[str] = set()
    for column, header in enumerate(headers):
        if header and canonical(header) in seen:
            message = say("two columns are called '{header}'; rename one of them", header=header)
            findings.append(sheet.error("bad-table", message, rows[0].number, column))
        seen.add(canonical(header))
    found = []
    for row in rows[1:]:
        values: dict[str, Any] = {}
        for column, header in enumerate(headers):
            cell = row.at(column)
            if isinstance(cell, Broken):
                findings.append(sheet.error(cell.code, cell.message, row.number, column))
            elif header:
                values[header] = cell.strip() if isinstance(cell, str) else cell
        found.append(values)
    return found


def _as_form(rows: Sequence[Mapping[str, Any]]) -> Any:
    """The rows of a table in the form of ballots that its columns say."""
    names = {canonical(key): key for key in rows[0]}
    if any(key in names for key in POSITION):
        return {"ballots": [_group(row) for row in rows]}
    if "ranking" in names:
        return {"rankings": _rankings(rows, names)}
    if "candidate" in names and "votes" in names:
        return _votes(rows, names)
    if "candidate" in names:
        return {"rows": _results(rows, names["candidate"])}
    if "round" in names:
        return {"rounds": [_round(row, names["round"]) for row in rows]}
    return {"ballots": [_group(row) for row in rows]}


def _group(row: Mapping[str, Any]) -> dict[str, Any]:
    """A group; an empty position is silence, other empty cells say nothing."""
    return {
        key: (None if value == "" else value)
        for key, value in row.items()
        if value not in (None, "") or canonical(key) in POSITION
    }


def _rankings(rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Any:
    if "count" not in names:
        return [str(row[names["ranking"]]) for row in rows]
    found: dict[str, Any] = {}
    for row in rows:
        key = str(row[names["ranking"]])
        number = _whole(row[names["count"]])
        before = found.get(key, 0)
        both = isinstance(before, int) and isinstance(number, int)
        found[key] = before + number if both else number
    return found


def _votes(rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Any:
    who, votes = names["candidate"], names["votes"]
    if "round" not in names:
        return {"totals": {str(row[who]): _whole(row[votes]) for row in rows}}
    rounds: dict[Any, dict[str, Any]] = {}
    for row in rows:
        rounds.setdefault(row[names["round"]], {})[str(row[who])] = _whole(row[votes])
    return {"rounds": list(rounds.values())}


def _results(rows: Sequence[Mapping[str, Any]], who: str) -> dict[str, Any]:
    fields = [key for key in rows[0] if key != who and canonical(key) not in (*_ABOUT, "round")]
    found: dict[str, Any] = {"fields": fields}
    for row in rows:
        found[str(row[who])] = [row.get(key) for key in fields]
    return found


def _round(row: Mapping[str, Any], which: str) -> dict[str, Any]:
    """One ballot of several: candidates are columns; who is out has no number."""
    found: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    for key, value in row.items():
        name = canonical(key)
        if key == which or name in _ABOUT or value in (None, ""):
            continue
        if name in _BESIDE:
            beside[_BESIDE[name]] = _whole(value)
        elif not (isinstance(value, str) and canonical(value) in ("out", "-", "withdrawn", "")):
            found[key] = _whole(value)
    return {**found, **({"_": beside} if beside else {})}


def _whole(value: Any) -> Any:
    """A whole number, where a cell holds one; else what stands there."""
    number = as_number(value)
    return int(number) if number is not None and number.denominator == 1 else value
