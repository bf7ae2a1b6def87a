"""Folders among RECORD: entries and reports are read, all else is passed over and told."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from nemcon.entries import Body, Matter, Membership, Party, Position
from nemcon.findings import Finding
from nemcon.load import LoadError, SeveralBodiesError, load
from nemcon.record.sqlite import SqliteLog
from nemcon.text import write_json, write_json_lines, write_toml
from nemcon.when import When
from tests.load.test_load import NOW

BACKS = Position(body="nato", matter="sg-2024", members=("romania",), candidate="mark-rutte")
RULE = """
id = "mine"
title = "Mine"
kind = "motion"
[[outcome]]
when = { cmp = [{ n = "yes" }, ">", 3] }
is = "adopted"
favourable = true
[[outcome]]
is = "rejected"
"""
BALLOTS = {
    "rows.toml": '[rows]\nfields = ["encourage"]\n"Ana" = [12]\n',
    "approvals.toml": 'on = "2026-05-30"\n[approvals]\nana = 17\n',
    "groups.json": json.dumps([{"pos": "yes", "count": 9}]),
    "rankings.json": json.dumps({"options": ["a", "b"], "rankings": {"12": 3}}),
    "strings.json": json.dumps(["12", "21"]),
    "ballots.toml": '[[ballots]]\npos = "yes"\nvoters = ["ana"]\n',
}


def put(files: dict[str, str]) -> None:
    """Write files below the current folder."""
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, "utf-8")


def passed(found: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    """What is told of a folder."""
    return [(f.severity, str(f.place), f.message) for f in found if f.code == "passed-over"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)


def only_note(kind: str, name: str, hint: str = "") -> tuple[str, str, str]:
    """The note of one file."""
    said = f"passed over, as they are no entries and no reports: {name} ({kind})"
    return ("note", "case", f"{said}; {hint}" if hint else said)


@pytest.mark.parametrize("name", BALLOTS)
def test_ballots_are_no_entries(name: str) -> None:
    put({"case/a.toml": write_toml([BACKS]), f"case/more/{name}": BALLOTS[name]})
    found = load(["case"], NOW)
    assert [item.entry for item in found.items] == [BACKS]
    hint = "'nemcon rules decide RULE --ballots FILE' counts ballots"
    assert passed(found.findings) == [only_note("ballots", f"more/{name}", hint)]
    assert [f.code for f in found.findings] == ["passed-over"]


@pytest.mark.parametrize(
    ("name", "text", "kind", "hint"),
    [
        ("mine.toml", RULE, "rule", ""),
        ("roll.json", '[{"member": "ana", "weight": 2}]', "roll", ""),
        (
            "table.csv",
            "member,weight\nana,2\n",
            "table",
            "tables are for 'nemcon import', --roll, 'nemcon rollcalls' or 'nemcon serve FILE'",
        ),
        (
            "people.json",
            '{"persons": [], "organizations": []}',
            "Popolo",
            "'nemcon import FILE --record RECORD' brings Popolo in",
        ),
        ("minutes.md", "# Minutes", "text for people", ""),
        ("dates.ics", "BEGIN:VCALENDAR", "calendar", ""),
        ("r.nemcon.keys", "x", "keys of a record", ""),
        ("picture.png", "x", "of another kind", ""),
    ],
)
def test_other_files_are_passed_over(name: str, text: str, kind: str, hint: str) -> None:
    put({"case/a.toml": write_toml([BACKS]), f"case/{name}": text})
    found = load(["case"], NOW)
    assert [item.entry for item in found.items] == [BACKS]
    assert passed(found.findings) == [only_note(kind, name, hint)]


@pytest.mark.parametrize("name", ["README.md", "readme.txt", "README.de.md", "LICENSE", "COPYING"])
def test_what_tells_of_the_folder_is_no_matter_of_the_record(name: str) -> None:
    put({"case/a.toml": write_toml([BACKS]), f"case/{name}": "Read me"})
    found = load(["case"], NOW)
    assert ([item.entry for item in found.items], found.findings) == ([BACKS], ())


@pytest.mark.parametrize("name", ["notice-of-june.txt", "changes-in-office.txt", "licensed.txt"])
def test_a_report_is_read_whatever_its_name_begins_with(name: str) -> None:
    put({"case/a.toml": write_toml([BACKS]), f"case/{name}": " date 2024-06-20 Nothing happened."})
    found = load(["case"], NOW)
    assert passed(found.findings) == []
    assert len(found.texts) == 1


def test_a_record_in_a_folder_is_warned_of() -> None:
    put({"case/a.toml": write_toml([BACKS])})
    SqliteLog.create("case/r.nemcon").close()
    found = load(["case"], NOW)
    ((severity, _, message),) = passed(found.findings)
    assert severity == "warning"
    assert "r.nemcon (record)" in message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.parametrize("name", ["pipe", "pipe.toml", "pipe.txt"])
def test_a_pipe_in_a_folder_is_not_waited_for(name: str) -> None:
    put({"case/a.toml": write_toml([BACKS])})
    os.mkfifo(f"case/{name}")
    found = load(["case"], NOW)
    assert passed(found.findings) == [only_note("no file that could be read", name)]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
@pytest.mark.parametrize("asked", ["case", "case/closed", "case/closed/b.toml"])
def test_what_may_not_be_read_is_not_left_out_in_silence(asked: str) -> None:
    put({"case/a.toml": write_toml([BACKS]), "case/closed/b.toml": write_toml([BACKS])})
    Path("case/closed").chmod(0)
    try:
        with pytest.raises(LoadError, match=r"case/closed.*: it may not be read"):
            load([asked], NOW)
    finally:
        Path("case/closed").chmod(0o700)


def test_very_many_are_counted() -> None:
    put({"case/a.toml": write_toml([BACKS])} | {f"case/{n}.png": "" for n in range(1, 10)})
    ((_, _, message),) = passed(load(["case"], NOW).findings)
    assert message.endswith(": 1.png, 2.png, 3.png and 6 more (of another kind)")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.toml", write_toml([BACKS])),
        ("a.json", write_json([BACKS])),
        ("a.jsonl", write_json_lines([BACKS])),
    ],
)
def test_entries_in_any_form_are_read(name: str, text: str) -> None:
    put({f"case/{name}": text})
    found = load(["case"], NOW)
    assert ([item.entry for item in found.items], found.findings) == ([BACKS], ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[[postion]]\nmembers = ["a"]\n', "unknown-kind"),
        ("[[position]\n", "bad-toml"),
        ('title = "Nothing known"\n', "unknown-key"),
    ],
)
def test_what_may_be_meant_as_entries_is_an_error_and_never_passed_over(
    text: str, code: str
) -> None:
    put({"case/a.toml": text, "case/b.toml": write_toml([BACKS])})
    found = load(["case"], NOW)
    assert [f.code for f in found.findings if f.severity == "error"] == [code]
    assert passed(found.findings) == []


def test_a_file_that_is_named_itself_is_taken_at_its_word() -> None:
    put({"rule.toml": RULE})
    assert any(f.severity == "error" for f in load(["rule.toml"], NOW).findings)


def test_a_folder_without_entries_says_what_it_holds() -> None:
    put({"case/roll.csv": "member\n", "case/README.md": ""})
    with pytest.raises(LoadError, match=r"it holds roll\.csv \(table\), README\.md \(text for"):
        load(["case"], NOW)
    put({"none/ballots.toml": BALLOTS["rows.toml"]})
    with pytest.raises(LoadError, match=r"it holds ballots\.toml \(ballots\)"):
        load(["none"], NOW)
    Path("empty").mkdir()
    with pytest.raises(LoadError, match="it is empty"):
        load(["empty"], NOW)


def body(name: str, *members: str) -> str:
    """A body with its members, a matter, and what all of them say of it."""
    start = When.parse("2020-01-01")
    entries = [
        Body(body=name, name=name, title=name.title()),
        Matter(body=name, name=f"{name}-matter", title="A matter"),
        *(Party(body=name, name=each, title=each, sort="person") for each in members),
        *(Membership(body=name, member=each, happened=start) for each in members),
    ]
    return write_toml(entries)


class TestSeveralBodies:
    """The members of one body are not members of another that stands beside it."""

    @pytest.fixture(autouse=True)
    def files(self) -> None:
        put({"two/mill.toml": body("mill", "ana", "bo"), "two/lake.toml": body("lake", "cy")})

    def test_the_question_must_say_which(self) -> None:
        with pytest.raises(SeveralBodiesError, match=r"lake, mill.*--body ID") as caught:
            load(["two"], NOW)
        assert caught.value.bodies == ("lake", "mill")
        with pytest.raises(SeveralBodiesError):
            load(["two"], NOW, body="nato")

    def test_only_the_members_of_that_one_count(self) -> None:
        found = load(["two"], NOW, body="mill")
        members = {e.member for e in found.state().all(Membership)}
        assert members == {"ana", "bo"}
        message = "4 entries of lake left out: the question is about mill"
        assert [(f.code, f.message) for f in found.findings] == [("other-bodies", message)]

    def test_reports_that_do_not_name_it_are_left_out(self) -> None:
        put({"two/nato.txt": " date 2024-06-20 All 32 members of NATO now back Mark Rutte."})
        found = load(["two"], NOW, body="mill")
        assert found.reading is None
        (finding,) = found.findings
        assert "and 1 report that names nothing of mill, left out" in finding.message

    def test_what_names_no_body_is_of_all(self) -> None:
        put({"two/more.toml": write_toml([Party(name="dee", title="Dee")])})
        found = load(["two"], NOW, body="lake")
        assert {e.name for e in found.state().all(Party)} == {"cy", "dee"}
