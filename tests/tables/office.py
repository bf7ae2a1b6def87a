"""LibreOffice, as somebody who edits a sheet in it: cells typed, rows added and deleted, saved."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{code}</script:module>
"""
_EDIT = """
Sub Edit
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{steps}
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", how())
  book.close(True)
End Sub
"""


def need() -> str:
    """The program; the test is skipped without it, except on CI, where it must be there."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing: apt-get install libreoffice-calc")
        pytest.skip("LibreOffice (soffice) is not installed: apt-get install libreoffice-calc")
    return program


def typed(sheet: str, cell: str, text: str) -> str:
    """Type a text into a cell: what looks like a number or a date becomes one."""
    return f'{_sheet(sheet)}.getCellRangeByName("{cell}").FormulaLocal = "{text}"'


def deleted(sheet: str, row: int) -> str:
    """Delete a row."""
    return f"{_sheet(sheet)}.Rows.removeByIndex({row - 1}, 1)"


def moved(sheet: str, row: int, to: int) -> str:
    """Move a row to before another, as one does with the mouse."""
    return "\n".join(
        [
            f"{_sheet(sheet)}.Rows.insertByIndex({to - 1}, 1)",
            f'  taken = {_sheet(sheet).strip()}.getCellRangeByName("A{row + 1}:AZ{row + 1}")',
            f'  place = {_sheet(sheet).strip()}.getCellRangeByName("A{to}")',
            f"{_sheet(sheet)}.moveRange(place.CellAddress, taken.RangeAddress)",
        ]
    )


def _sheet(name: str) -> str:
    return f'  book.Sheets.getByName("{name}")'


def edit(source: Path, target: Path, steps: Iterable[str], profile: Path) -> None:
    """Open a workbook, do the steps, and save it as XLSX."""
    if not profile.exists():
        _run(profile, "--terminate_after_init")  # lays out a fresh profile
    code = _EDIT.format(source=source.as_uri(), target=target.as_uri(), steps="\n".join(steps))
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(_MODULE.format(code=escape(code)), "utf-8")
    told = _run(profile, "macro:///Standard.Module1.Edit")
    assert target.exists(), f"LibreOffice saved nothing: {told}"


def _run(profile: Path, *arguments: str) -> str:
    done = subprocess.run(
        [
            need(),
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nolockcheck"),
            *arguments,
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout + done.stderr
