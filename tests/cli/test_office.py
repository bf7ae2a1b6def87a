"""A sheet that somebody edits in LibreOffice comes back with exactly the edits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.cli.conftest import Nemcon
from tests.tables import office


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile of LibreOffice's own."""
    office.need()
    return tmp_path_factory.mktemp("office") / "profile"


@pytest.fixture
def mill(desk: Path, root: Path, nemcon: Nemcon) -> Path:
    """The desk with the record of the cooperative on it, and a workbook of it."""
    for name in ("coop.toml", "coop-2.toml"):
        shutil.copy(root / "tests" / "cli" / name, desk / name)
    assert nemcon("add", "coop.toml", "coop-2.toml", "--record", "r.nemcon").code == 0
    assert nemcon("export", "r.nemcon", "--to", "r.xlsx").code == 0
    return desk


def edited(desk: Path, profile: Path, *steps: str) -> None:
    """Edit the workbook in LibreOffice and save it as edited.xlsx."""
    office.edit(desk / "r.xlsx", desk / "edited.xlsx", steps, profile)


def at(desk: Path, sheet: str, header: str, first: str = "") -> str:
    """The address of a cell: below a header, in the row that holds `first` (else the next free)."""
    rows = list(openpyxl.load_workbook(desk / "r.xlsx")[sheet].iter_rows(values_only=True))
    column = rows[0].index(header)
    letters = get_column_letter(column + 1)
    number = next((n for n, row in enumerate(rows, 1) if first and first in row), len(rows) + 1)
    return f"{letters}{number}"


def row_of(desk: Path, sheet: str, first: str) -> int:
    return int("".join(c for c in at(desk, sheet, "id", first) if c.isdigit()))


def imported(nemcon: Nemcon, *options: str) -> dict[str, Sequence[object]]:
    done = nemcon("import", "edited.xlsx", "--record", "r.nemcon", "--json", "--yes", *options)
    assert done.code == 0, done
    view: dict[str, Sequence[object]] = json.loads(done.out)
    return view


def codes(view: dict[str, Sequence[object]]) -> list[str]:
    return sorted(each["code"] for each in view["findings"] if isinstance(each, dict))


def test_saving_it_changes_nothing(mill: Path, profile: Path, nemcon: Nemcon) -> None:
    before = (mill / "r.nemcon").read_bytes()
    edited(mill, profile)
    view = imported(nemcon)
    assert (view["new"], view["changed"], codes(view)) == ([], [], [])
    assert (mill / "r.nemcon").read_bytes() == before


def test_exactly_the_edits_come_back(mill: Path, profile: Path, nemcon: Nemcon) -> None:
    """A cell changed, a row added with a date typed in, a row moved, a row deleted."""
    cell = at(mill, "positions", "happened", "cy")
    steps = [
        office.typed("positions", cell, "2024-03-14"),
        *(
            office.typed("positions", at(mill, "positions", header), text)
            for header, text in {
                "matter": "new-roof",
                "members": "Bo Åk",
                "stance": "abstention",
                "claim": "changes",
                "happened": "2024-03-20",
            }.items()
        ),
        office.moved("parties", 4, 2),
        office.deleted("memberships", row_of(mill, "memberships", "bo")),
    ]
    edited(mill, profile, *steps)
    view = imported(nemcon, "--date", "2024-03-21")
    kinds = sorted(str(ident).partition("-")[0] for ident in view["new"])
    assert kinds == ["correction", "position", "position", "source"]
    assert codes(view) == ["read-as", "row-deleted"]

    nemcon("export", "r.nemcon", "--to", "after/")
    header, *after = (mill / "after" / "positions.csv").read_text("utf-8-sig").splitlines()
    assert header.startswith("matter,members,candidate,stance,claim,happened,body,source,")
    assert sorted(row.partition(",edited-")[0] for row in after if "minutes" not in row) == [
        "new-roof,bo,,abstention,changes,2024-03-20,mill"
    ]
    assert sorted(row.partition(",minutes")[0] for row in after if "minutes" in row) == [
        "new-roof,ana; bo,,support,changes,2024-03-10,mill",
        "new-roof,cy,,support,changes,2024-03-14,mill",
    ]

    again = imported(nemcon, "--date", "2024-03-21")
    assert (again["new"], again["changed"]) == ([], [])


def test_a_deleted_row_is_taken_out_if_that_is_said(
    mill: Path, profile: Path, nemcon: Nemcon
) -> None:
    edited(mill, profile, office.deleted("positions", row_of(mill, "positions", "cy")))
    view = imported(nemcon, "--deleted", "retract")
    assert [str(ident).partition("-")[0] for ident in view["retracted"]] == ["position"]
    assert [str(ident).partition("-")[0] for ident in view["new"]] == ["correction"]
    assert imported(nemcon, "--deleted", "retract")["new"] == []


def test_an_edit_that_is_undone_brings_the_old_entry_back(
    mill: Path, profile: Path, nemcon: Nemcon
) -> None:
    cell = at(mill, "positions", "happened", "cy")
    before = nemcon("status", "r.nemcon", "--on", "2024-03-16", "--json").out
    edited(mill, profile, office.typed("positions", cell, "2024-03-18"))
    (changed,) = imported(nemcon)["changed"]
    assert isinstance(changed, dict)
    assert nemcon("status", "r.nemcon", "--on", "2024-03-16", "--json").out != before

    nemcon("export", "r.nemcon", "--to", "r.xlsx", "--replace")
    (mill / "edited.xlsx").unlink()
    cell = at(mill, "positions", "happened", "cy")
    edited(mill, profile, office.typed("positions", cell, "2024-03-15"))
    (undone,) = imported(nemcon)["changed"]
    assert undone == {"old": changed["new"], "new": changed["old"]}
    after = json.loads(nemcon("status", "r.nemcon", "--on", "2024-03-16", "--json").out)
    assert after["verdict"] == json.loads(before)["verdict"] == "met"
    assert imported(nemcon)["new"] == []
