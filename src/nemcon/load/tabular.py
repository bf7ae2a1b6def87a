"""Opening tables: XLSX and CSV files as sheets of rows, with the kind of each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from nemcon.findings import Finding, Place
from nemcon.load.csv_file import open_csv
from nemcon.load.files import LoadError
from nemcon.load.workbook import Opened, open_workbook
from nemcon.saying import say
from nemcon.tables.columns import ROSTER
from nemcon.tables.grid import Step, quietly
from nemcon.tables.kinds import guess_kind
from nemcon.tables.plan import unread
from nemcon.tables.read import ReadSheet, read_sheet
from nemcon.tables.roster import read_roster

BOOKS = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv")
NOT_READ = (".xls", ".xlsb", ".ods", ".numbers")

LARGEST = 50 * 1024 * 1024
"""Bytes of a table that are read."""


@dataclass(frozen=True)
class Table:
    """The sheets of one file as they were read, the sum of the file, and what is wrong."""

    file: str
    sha256: str
    sheets: tuple[ReadSheet, ...]
    findings: tuple[Finding, ...]


def is_table(name: str) -> bool:
    """Whether a file is a table by the end of its name."""
    return name.lower().endswith((*BOOKS, *TEXTS, *NOT_READ))


def read_table(name: str, step: Step = quietly) -> Table:
    """Everything in a table. Raises `LoadError` for a path that cannot be read.

    `step` is told how many rows of a workbook are read. Findings: those of `open_workbook`,
    `open_csv`, `read_sheet` and `read_roster`, and `file-too-large`, `unknown-table`,
    `unread-sheet`, `no-rows`, `wrong-format`.
    """
    low = name.lower()
    if low.endswith(NOT_READ):
        message = say("this format is not read; save it as .xlsx or as 'CSV UTF-8'")
        return Table(name, "", (), (Finding("wrong-format", "error", message, place=Place(name)),))
    data = _bytes(name)
    if isinstance(data, Finding):
        return Table(name, "", (), (data,))
    book = low.endswith(BOOKS)
    opened = open_workbook(data, name, step) if book else open_csv(data, name)
    if low.endswith(".xlsm") and not any(each.code == "macros" for each in opened.findings):
        message = say(
            "workbooks of this kind may hold macros; none are run, only its cells are read"
        )
        opened.tell("macros", "warning", message, Place(name))
    sheets, more = _read(opened, name)
    found = (*opened.findings, *more)
    return Table(name, hashlib.sha256(data).hexdigest(), sheets, found)


def _bytes(name: str) -> bytes | Finding:
    try:
        with Path(name).open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise LoadError(
            say("{name}: it cannot be read ({reason}); check the path", name=name, reason=reason)
        ) from error
    if len(data) > LARGEST:
        message = say(
            "the file has more than {largest} MB, the most that is read of a table; "
            "split it, and import the parts one by one",
            largest=LARGEST // 1024**2,
        )
        return Finding("file-too-large", "error", message, place=Place(name))
    return data


def _read(opened: Opened, name: str) -> tuple[tuple[ReadSheet, ...], list[Finding]]:
    """The sheets whose kind is known; a sheet that holds something else is passed over.

    Of a file that cannot be read whole, nothing is read.
    """
    sheets, findings = [], []
    if any(each.severity == "error" for each in opened.findings):
        return (), []
    for sheet in opened.sheets:
        if not sheet.rows:
            continue
        kind = guess_kind(sheet, Path(name).stem if not sheet.name else "")
        if kind is None:
            findings.append(unread(sheet.name, name))
        else:
            sheets.append(read_roster(sheet) if kind == ROSTER else read_sheet(sheet, kind))
    wrong = any(each.severity == "error" for sheet in sheets for each in sheet.findings)
    if sheets and not wrong and not any(sheet.rows for sheet in sheets):
        message = say("there are headers and no rows below them, so nothing comes in")
        findings.append(Finding("no-rows", "warning", message, place=Place(name)))
    if not any(sheet.rows for sheet in opened.sheets):
        message = say("there is nothing in this file; is it the right one?")
        findings = [Finding("no-rows", "error", message, place=Place(name))]
    elif not sheets:
        message = say(
            "nothing in this file says what it holds{apart}; name the sheet or the file "
            "'roster', 'positions' or 'tallies', or start from 'nemcon export --template'",
            apart=opened.sheets[0].apart,
        )
        findings = [Finding("unknown-table", "error", message, place=Place(name))]
    return tuple(sheets), findings
