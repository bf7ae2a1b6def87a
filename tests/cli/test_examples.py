"""Every example folder is asked as a whole, as somebody does who has just cloned the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nemcon.record.sqlite import SqliteLog
from tests.cli.conftest import Nemcon

ASKED = {
    "cooperative": ("--matter", "solar-roof-may"),
    "nato-2024": (),
    "un-sg-2016": ("--body", "un-security-council", "--matter", "sg-2016"),
    "wto-dg-2020": ("--matter", "dg-2020"),
}
TABLES = {"eu-council": "roll-28.csv", "un-ga-74": "roll-calls.csv"}


def test_no_example_is_forgotten(root: Path) -> None:
    folders = {path.name for path in (root / "examples").iterdir() if path.is_dir()}
    assert folders == ASKED.keys() | TABLES.keys()


@pytest.mark.parametrize("example", ASKED)
def test_a_folder_answers(root: Path, nemcon: Nemcon, example: str) -> None:
    folder = str(root / "examples" / example)
    body = ASKED[example][:2] if "--body" in ASKED[example] else ()
    for command in ("status", "why"):
        done = nemcon(command, folder, *ASKED[example])
        assert (done.code, done.err) == (0, "")
    for command in ("check", "register"):
        done = nemcon(command, folder, *body)
        assert (done.code, done.err) == (0, "")
    has_tables = example in ("cooperative", "un-sg-2016")
    assert ("[passed-over]" in nemcon("check", folder, *body).out) is has_tables


@pytest.mark.parametrize("example", TABLES)
@pytest.mark.parametrize("command", ["status", "check", "register", "timeline", "diff"])
def test_a_folder_of_tables_says_so(root: Path, nemcon: Nemcon, example: str, command: str) -> None:
    done = nemcon(command, str(root / "examples" / example))
    assert (done.code, done.out) == (2, "")
    assert f"it holds {TABLES[example]} (table)" in done.err


def test_all_of_them_are_several_bodies(root: Path, nemcon: Nemcon) -> None:
    folder = str(root / "examples")
    done = nemcon("status", folder)
    assert (done.code, done.out) == (2, "")
    assert "choose it with --body ID" in done.err
    told = json.loads(nemcon("status", folder, "--body", "nato", "--json").out)
    assert (told["body"], told["matter"], told["verdict"]) == ("nato", "sg-2024", "met")
    assert nemcon("check", folder).code == 0


def test_a_record_takes_one_body(root: Path, tmp_path: Path, nemcon: Nemcon) -> None:
    coop, nato = (root / "examples" / name for name in ("cooperative", "nato-2024"))
    record = str(tmp_path / "r.nemcon")
    done = nemcon("add", str(coop / "cooperative.toml"), str(nato), "--record", record)
    assert done.code == 2
    assert "choose it with --body ID" in done.err
    sheet = tmp_path / "parties.csv"
    sheet.write_text("kind,body,name,title\nparty,a,x,X\nparty,b,y,Y\n", "utf-8")
    done = nemcon("import", str(sheet), "--record", record, "--date", "2024-01-01", "--yes")
    assert (done.code, "[several-bodies]" in done.err) == (1, True)
    assert not Path(record).exists()
    done = nemcon(
        "add", str(coop / "cooperative.toml"), str(nato), "--record", record, "--body", "mill-lane"
    )
    assert (done.code, done.err) == (0, "")
    with SqliteLog(record) as log:
        assert len(list(log.read())) > 40
