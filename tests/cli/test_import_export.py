"""Tables, JSON Lines, Popolo and calendars by the command line: shown, written, the same again."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest

from nemcon.record.sqlite import SqliteLog
from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon


@pytest.fixture
def mill(desk: Path, root: Path, nemcon: Nemcon) -> Path:
    """The desk with the cooperative's record on it."""
    for name in ("coop.toml", "coop-2.toml"):
        shutil.copy(root / "tests" / "cli" / name, desk / name)
    assert nemcon("add", "coop.toml", "coop-2.toml", "--record", "r.nemcon").code == 0
    return desk


@pytest.fixture
def lived(mill: Path, nemcon: Nemcon) -> Path:
    """A record that has seen everything: proposals open, confirmed, rejected; a correction."""
    nemcon("add", "coop.toml", "--record", "l.nemcon", "--by", "Ana Blé")
    nemcon("add", "coop-2.toml", "--record", "l.nemcon", "--proposed", "--by", "Bo")
    (position,) = opened(nemcon, "l.nemcon", "position")
    nemcon("confirm", "l.nemcon", position)
    nemcon("reject", "l.nemcon", position)
    nemcon("confirm", "l.nemcon", position)
    write(mill, "late.toml", body="mill", kind="objection", member="ana", happened="2024-03-12")
    nemcon("add", "late.toml", "--record", "l.nemcon", "--proposed")
    write(mill, "right.toml", body="mill", kind="objection", member="ana", happened="2024-03-11")
    (objection,) = opened(nemcon, "l.nemcon", "objection")
    nemcon("confirm", "l.nemcon", objection)
    nemcon("correct", "l.nemcon", objection, "--with", "right.toml", "--reason", "a day off")
    return mill


def write(desk: Path, name: str, *, body: str, kind: str, **fields: str) -> None:
    """A file with one entry."""
    lines = [f'body = "{body}"', 'matter = "new-roof"', f"[[{kind}]]"]
    lines += [f'{key} = "{value}"' for key, value in fields.items()]
    (desk / name).write_text("\n".join(lines) + "\n", "utf-8")


def opened(nemcon: Nemcon, record: str, kind: str) -> list[str]:
    """The open proposals of one kind."""
    ids = json.loads(nemcon("confirm", record, "--json").out)["open"]
    return [ident for ident in ids if ident.startswith(kind)]


def answers(nemcon: Nemcon, record: str) -> Iterator[dict[str, Any]]:
    """What a record answers, at several dates, as known at several dates."""
    for on in ("2024-03-10", "2024-03-11", "2024-03-16"):
        for known in (None, "2024-03-10", "2024-03-15"):
            asked = ("--on", on, *(("--known", known) if known else ()))
            for more in ((), ("--proposed",)):
                view = json.loads(nemcon("status", record, *asked, *more, "--json").out)
                for finding in view.get("findings", ()):
                    finding.pop("place", None)
                yield view


def view_of(nemcon: Nemcon, *arguments: str) -> dict[str, Any]:
    done = nemcon("import", *arguments, "--json")
    assert done.code == 0, done
    view: dict[str, Any] = json.loads(done.out)
    return view


class TestJsonLines:
    @pytest.mark.usefixtures("lived")
    def test_a_copy_is_the_same_record(self, nemcon: Nemcon) -> None:
        assert nemcon("export", "l.nemcon", "--to", "all.jsonl").code == 0
        assert nemcon("import", "all.jsonl", "--record", "copy.nemcon", "--yes").code == 0
        assert list(answers(nemcon, "copy.nemcon")) == list(answers(nemcon, "l.nemcon"))
        nemcon("export", "copy.nemcon", "--to", "again.jsonl")
        assert Path("again.jsonl").read_text("utf-8") == Path("all.jsonl").read_text("utf-8")
        assert '"by": "Ana Blé"' in Path("again.jsonl").read_text("utf-8")

    @pytest.mark.usefixtures("lived")
    def test_asking_the_file_answers_as_asking_the_record(self, nemcon: Nemcon) -> None:
        nemcon("export", "l.nemcon", "--to", "all.jsonl")
        for on in ("2024-03-10", "2024-03-15", "2024-03-20"):
            asked = ("--on", on, "--known", "2030-01-01", "--json")
            file = json.loads(nemcon("status", "all.jsonl", *asked).out)
            record = json.loads(nemcon("status", "l.nemcon", *asked).out)
            for key in ("verdict", "stage", "support", "decision", "needed"):
                assert file[key] == record[key]
            assert record["decision"] is None  # it is only proposed
            assert "not-confirmed" in [each["code"] for each in file["findings"]]

    @pytest.mark.usefixtures("lived")
    def test_what_was_known_then(self, nemcon: Nemcon) -> None:
        nemcon("export", "l.nemcon", "--to", "then.jsonl", "--known", "2024-03-10")
        text = Path("then.jsonl").read_text("utf-8")
        assert "minutes-1" in text
        assert "minutes-2" not in text
        assert nemcon("import", "then.jsonl", "--record", "then.nemcon", "--yes").code == 0

    @pytest.mark.usefixtures("lived")
    def test_what_stood_before_a_correction_was_known(self, nemcon: Nemcon) -> None:
        """The entry that was put in the place of another does not stand beside it."""
        nemcon("export", "l.nemcon", "--to", "then.jsonl", "--known", "2024-03-20")
        nemcon("import", "then.jsonl", "--record", "then.nemcon", "--yes")
        for name in ("l", "then"):
            known = ("--known", "2024-03-20")
            nemcon("export", f"{name}.nemcon", "--to", f"{name}.csv", *known)
        assert Path("then.csv").read_text("utf-8") == Path("l.csv").read_text("utf-8")
        assert "2024-03-12" in Path("then.csv").read_text("utf-8")

    @pytest.mark.usefixtures("mill")
    def test_an_entry_changed_by_hand_is_refused(self, nemcon: Nemcon) -> None:
        nemcon("export", "r.nemcon", "--to", "all.jsonl")
        text = Path("all.jsonl").read_text("utf-8")
        Path("all.jsonl").write_text(text.replace("Mill Coop", "Hill Coop"), "utf-8")
        done = nemcon("import", "all.jsonl", "--record", "copy.nemcon", "--yes")
        assert done.code == 1
        assert "it was changed by hand" in done.err
        assert not Path("copy.nemcon").exists()

    @pytest.mark.usefixtures("mill")
    def test_what_was_erased_leaves_a_scar(self, nemcon: Nemcon) -> None:
        with SqliteLog("r.nemcon") as log:
            log.erase(log.head().seq)
        done = nemcon("export", "r.nemcon", "--to", "all.jsonl")
        assert "[not-exported]" in done.out
        asked = ("--on", "2024-03-16", "--json")
        view = json.loads(nemcon("status", "all.jsonl", *asked).out)
        assert view["sealed"] == 1
        (told,) = [found["message"] for found in view["findings"] if "unreadable" in found["code"]]
        assert told == (
            "1 entry could not be read, or had been erased, when the file was written; it could "
            "say anything, and so the verdict is 'cannot tell'"
        )
        refused = nemcon("import", "all.jsonl", "--record", "copy.nemcon", "--yes")
        assert refused.code == 1
        assert "could claim more than it may" in refused.err


@pytest.mark.parametrize("name", ["m.xlsx", "m.csv", "m.toml", "m.jsonl"])
def test_what_stands_comes_back_in_an_empty_record(mill: Path, nemcon: Nemcon, name: str) -> None:
    assert nemcon("export", "r.nemcon", "--to", name).code == 0
    assert nemcon("import", name, "--record", "new.nemcon", "--yes").code == 0
    nemcon("export", "r.nemcon", "--to", "a.toml")
    nemcon("export", "new.nemcon", "--to", "b.toml")
    assert Path("a.toml").read_text("utf-8") == Path("b.toml").read_text("utf-8")
    before = Path("new.nemcon").read_bytes()
    done = nemcon("import", name, "--record", "new.nemcon", "--yes")
    assert done.out == "Nothing new: new.nemcon holds all of it already\n"
    assert Path("new.nemcon").read_bytes() == before


def test_a_folder_of_csv_files_comes_back(mill: Path, nemcon: Nemcon) -> None:
    assert nemcon("export", "r.nemcon", "--to", "out/").code == 0
    files = [str(path) for path in Path("out").iterdir()]
    view = view_of(nemcon, *files, "--record", "new.nemcon", "--yes")
    assert len(view["added"]) == 15


class TestFolders:
    def test_the_folder_that_an_export_wrote_comes_back(self, mill: Path, nemcon: Nemcon) -> None:
        assert nemcon("export", "r.nemcon", "--to", "out/").code == 0
        (mill / "out" / "README.md").write_text("Our sheets.\n", "utf-8")
        into = ("--record", "new.nemcon", "--yes")
        assert len(view_of(nemcon, "out/", *into)["added"]) == 15
        done = nemcon("import", "out", *into)
        assert done.out == "Nothing new: new.nemcon holds all of it already\n"

    def test_files_of_every_sort_come_in_and_the_rest_is_told(
        self, mill: Path, nemcon: Nemcon
    ) -> None:
        (mill / "in" / "deep").mkdir(parents=True)
        nemcon("export", "r.nemcon", "--to", "in/deep/r.json")
        nemcon("export", "r.nemcon", "--to", "in/r.xlsx")
        nemcon("export", "r.nemcon", "--to", "in/r.toml")
        nemcon("export", "r.nemcon", "--to", "in/r.ics")
        (mill / "in" / "~$r.xlsx").write_bytes(b"open in a spreadsheet program")
        dated = ("--body", "mill", "--date", "2024-05-01")
        view = view_of(nemcon, "in", "--record", "new.nemcon", *dated, "--preview")
        (told,) = (each for each in view["findings"] if each["code"] == "passed-over")
        assert "r.ics (calendar)" in told["message"]
        assert "~$r.xlsx" in told["message"]
        assert {"position", "membership"} <= {ident.partition("-")[0] for ident in view["new"]}

    def test_nothing_to_import_is_told(self, mill: Path, nemcon: Nemcon) -> None:
        (mill / "none").mkdir()
        done = nemcon("import", "none", "--record", "r.nemcon")
        assert (done.code, "nothing in this folder can be imported" in done.err) == (2, True)
        (mill / "none" / "notes.md").write_text("Notes.\n", "utf-8")
        done = nemcon("import", "none", "--record", "r.nemcon")
        assert (done.code, "it holds notes.md" in done.err) == (2, True)


class TestWhatIsLeftOut:
    LEFT_OUT = "proposals-left-out"

    @pytest.mark.usefixtures("desk")
    @pytest.mark.parametrize("name", ["r.csv", "r.xlsx", "r.toml", "r.json", "r.ics", "r.jsonl"])
    def test_what_reports_say_is_all_there(self, nemcon: Nemcon, name: str) -> None:
        done = nemcon("export", FIRST, SECOND, "--to", name)
        assert (done.code, self.LEFT_OUT in done.out) == (0, False)

    @pytest.mark.usefixtures("desk")
    def test_open_proposals_of_a_record_are_not(self, nemcon: Nemcon) -> None:
        nemcon("add", FIRST, "--record", "r.nemcon")
        (first, *others) = json.loads(nemcon("confirm", "r.nemcon", "--json").out)["open"]
        done = nemcon("export", "r.nemcon", "--to", "r.csv")
        assert f"{len(others) + 1} proposals that nobody confirmed are left out" in done.out
        nemcon("confirm", "r.nemcon", *others)
        done = nemcon("export", "r.nemcon", "--to", "r.csv", "--replace")
        assert "1 proposal that nobody confirmed is left out" in done.out
        nemcon("reject", "r.nemcon", first)
        done = nemcon("export", "r.nemcon", "--to", "r.csv", "--replace")
        assert self.LEFT_OUT not in done.out


def test_the_case_of_the_reports_goes_through_a_workbook(desk: Path, nemcon: Nemcon) -> None:
    nemcon("add", FIRST, SECOND, "--record", "r.nemcon")
    nemcon("confirm", "r.nemcon", "--all")
    assert nemcon("export", "r.nemcon", "--to", "r.xlsx").code == 0
    assert nemcon("import", "r.xlsx", "--record", "new.nemcon", "--yes").code == 0
    for on in ("2024-06-20", "2024-06-26"):
        asked = ("--on", on, "--known", "2024-06-26", "--json")
        old, new = (json.loads(nemcon("status", f"{r}.nemcon", *asked).out) for r in ("r", "new"))
        for view in (old, new):
            for finding in view["findings"]:
                finding.pop("place")
        assert old == new


class TestAsking:
    TEXT = "matter,member,stance,claim,happened\nnew-roof,cy,objection,changes,2024-03-20\n"

    def test_nothing_is_written_unless_it_is_said(self, mill: Path, nemcon: Nemcon) -> None:
        (mill / "positions.csv").write_text(self.TEXT, "utf-8")
        before = (mill / "r.nemcon").read_bytes()
        line = ("import", "positions.csv", "--record", "r.nemcon", "--date", "2024-03-20")
        done = nemcon(*line)
        assert done.code == 0
        assert done.out.endswith("Nothing was written; to write it, run this again with --yes\n")
        assert nemcon(*line, "--preview", "--yes").out.endswith("this is a preview\n")
        assert nemcon(*line[:-2]).code == 1
        assert (mill / "r.nemcon").read_bytes() == before
        assert nemcon(*line, "--yes").code == 0
        assert (mill / "r.nemcon").read_bytes() != before

    @pytest.mark.parametrize(("word", "written"), [("y", True), ("", False), ("no", False)])
    def test_on_a_terminal_it_is_asked(
        self,
        mill: Path,
        nemcon: Nemcon,
        monkeypatch: pytest.MonkeyPatch,
        word: str,
        written: bool,
    ) -> None:
        (mill / "positions.csv").write_text(self.TEXT, "utf-8")
        monkeypatch.setattr("sys.stdin.isatty", lambda: True)
        monkeypatch.setattr("nemcon.cli.importing._on_terminal", lambda: True)
        monkeypatch.setattr("builtins.input", lambda _: word)
        before = (mill / "r.nemcon").read_bytes()
        done = nemcon("import", "positions.csv", "--record", "r.nemcon", "--date", "2024-03-20")
        assert done.code == 0
        assert ((mill / "r.nemcon").read_bytes() != before) is written

    def test_one_wrong_row_keeps_everything_out(self, mill: Path, nemcon: Nemcon) -> None:
        text = self.TEXT + "new-roof,nobody,support,changes,2024-03-21\n"
        (mill / "positions.csv").write_text(text, "utf-8")
        before = (mill / "r.nemcon").read_bytes()
        line = ("import", "positions.csv", "--record", "r.nemcon", "--date", "2024-03-21", "--yes")
        done = nemcon(*line)
        assert done.code == 1
        assert "positions.csv:3 (members): error: 'nobody' is no member" in done.err
        assert (mill / "r.nemcon").read_bytes() == before

    def test_a_file_saved_again_with_a_row_more_adds_that_row(
        self, mill: Path, nemcon: Nemcon
    ) -> None:
        dated = ("--record", "r.nemcon", "--date", "2024-03-21", "--yes")
        (mill / "positions.csv").write_text(self.TEXT, "utf-8")
        assert len(view_of(nemcon, "positions.csv", *dated)["added"]) == 2
        text = self.TEXT + "new-roof,bo,abstention,changes,2024-03-21\n"
        (mill / "positions.csv").write_text(text, "utf-8")
        added = view_of(nemcon, "positions.csv", *dated)["added"]
        assert sorted(each["id"].partition("-")[0] for each in added) == ["position", "source"]

    def test_one_file_is_of_one_day(self, mill: Path, nemcon: Nemcon) -> None:
        (mill / "positions.csv").write_text(self.TEXT, "utf-8")
        line = ("import", "positions.csv", "--record", "r.nemcon", "--yes", "--date")
        assert nemcon(*line, "2024-03-20").code == 0
        before = (mill / "r.nemcon").read_bytes()
        done = nemcon(*line, "2024-03-21")
        assert (done.code, (mill / "r.nemcon").read_bytes()) == (1, before)
        assert "error: the record has this file as of 2024-03-20 (source-" in done.err
        assert "import it with --date 2024-03-20, or correct the date of" in done.err

    @pytest.mark.parametrize("files", [("b.toml", "members.csv"), ("members.csv", "b.toml")])
    def test_the_body_may_be_declared_by_another_file(
        self, desk: Path, nemcon: Nemcon, files: tuple[str, str]
    ) -> None:
        (desk / "b.toml").write_text('[body]\nname = "b"\ntitle = "Bund"\n', "utf-8")
        (desk / "members.csv").write_text("Member;Joined\nAna;2020-01-01\n", "utf-8")
        view_of(nemcon, *files, "--record", "new.nemcon", "--date", "2024-01-01", "--yes")
        register = json.loads(nemcon("register", "new.nemcon", "--json").out)
        assert (register["body"], len(register["members"])) == ("b", 1)
        (desk / "members.csv").write_text("Member;Joined\nBo;2020-01-01\n", "utf-8")
        dated = ("--record", "new.nemcon", "--date", "2024-02-01")
        view = view_of(nemcon, "members.csv", *dated)
        (told,) = (e for e in view["findings"] if e["code"] == "not-on-list")
        assert "members by the record: Ana (ana)" in told["message"]

    @pytest.mark.usefixtures("mill")
    def test_a_report_or_a_record_is_sent_elsewhere(self, nemcon: Nemcon) -> None:
        done = nemcon("import", FIRST, "--record", "new.nemcon")
        assert (done.code, "nemcon add" in done.err) == (2, True)
        done = nemcon("import", "r.nemcon", "--record", "new.nemcon")
        assert (done.code, "nemcon export r.nemcon" in done.err) == (2, True)


def test_what_was_changed_in_a_row_is_shown(mill: Path, nemcon: Nemcon) -> None:
    nemcon("export", "r.nemcon", "--to", "sheets/")
    path = mill / "sheets" / "parties.csv"
    head, first, *others = path.read_text("utf-8-sig").splitlines()
    at_note = head.split(",").index("note")
    cells = first.split(",")
    cells[at_note] = "by letter"
    path.write_text("\n".join([head, ",".join(cells), *others, ""]), "utf-8")
    done = nemcon("import", str(path), "--record", "r.nemcon", "--date", "2024-05-01")
    (at_it,) = (n for n, line in enumerate(done.out.splitlines()) if "now: " in line)
    assert done.out.splitlines()[at_it + 1] == "    note: nothing -> by letter"


class TestTemplates:
    @pytest.mark.usefixtures("desk")
    @pytest.mark.parametrize("name", ["roster", "positions", "tallies"])
    @pytest.mark.parametrize("end", ["xlsx", "csv"])
    def test_a_template_says_what_to_write_and_holds_nothing(
        self, nemcon: Nemcon, name: str, end: str
    ) -> None:
        file = f"{name}.{end}"
        assert nemcon("export", "--template", name, "--to", file, "--body", "nato").code == 0
        view = view_of(nemcon, file, "--record", "r.nemcon")
        assert (view["new"], [each["code"] for each in view["findings"]]) == ([], ["no-rows"])
        if end == "xlsx":
            book = openpyxl.load_workbook(file)
            assert book.sheetnames[:2] == [name, "about"]
            assert book[name].data_validations.dataValidation
        else:
            assert Path(file).read_text("utf-8-sig").lstrip('"').startswith("# One row a")

    @pytest.mark.usefixtures("desk")
    def test_the_members_can_be_chosen(self, nemcon: Nemcon) -> None:
        nemcon("export", "--template", "positions", "--to", "p.xlsx", "--body", "nato")
        book = openpyxl.load_workbook("p.xlsx")
        members = [row[0] for row in book["lists"].iter_rows(values_only=True)]
        assert len(members) == 32
        assert "Türkiye" in members

    @pytest.mark.usefixtures("desk")
    def test_a_roster_filled_in_makes_the_roll(self, nemcon: Nemcon) -> None:
        nemcon("export", "--template", "roster", "--to", "roster.xlsx")
        book = openpyxl.load_workbook("roster.xlsx")
        sheet = book["roster"]
        sheet.append(["Ana Blé", None, "person", "A. Blé", date(2020, 1, 1), None, 2])
        sheet.append(["Bo Åk", "bo", "person", None, "2020-01-01", "2023-12-31", 1])
        sheet.append(["Cy Þór", None, "person", None, None, None, 1])
        book.save("roster.xlsx")
        dated = ("--date", "2024-01-10", "--body", "mill", "--record", "r.nemcon", "--yes")
        assert nemcon("import", "roster.xlsx", *dated).code == 0
        register = json.loads(nemcon("register", "r.nemcon", "--on", "2024-02-01", "--json").out)
        members = {each["member"]: each["attributes"] for each in register["members"]}
        assert members == {"ana-ble": {"weight": 2}, "cy-thor": {"weight": 1}}

    @pytest.mark.parametrize("name", ["p.csv", "p.xlsx"])
    def test_the_stances_are_those_of_the_rule(self, desk: Path, nemcon: Nemcon, name: str) -> None:
        text = '[body]\nname = "b"\n[[matter]]\nname = "m"\nrule = "imf-votes-cast"\n'
        (desk / "b.toml").write_text(text, "utf-8")
        done = nemcon("export", "b.toml", "--template", "positions", "--to", name)
        assert done.code == 0, done
        if name == "p.csv":
            lines = Path(name).read_text("utf-8-sig")
        else:
            cells = openpyxl.load_workbook(name)["about"].iter_rows(values_only=True)
            lines = "\n".join(str(row[0]) for row in cells)
        assert "stance: yes, no, abstain." in lines


class TestFiles:
    def test_what_cannot_be_written_leaves_nothing(
        self, mill: Path, nemcon: Nemcon, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        before = sorted(path.name for path in mill.iterdir())
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", full)
            done = nemcon("export", "r.nemcon", "--to", "out.xlsx")
        told = "nemcon: out.xlsx: it cannot be written (No space left on device)\n"
        assert (done.code, done.out, done.err) == (2, "", told)
        assert sorted(path.name for path in mill.iterdir()) == before

    @pytest.mark.parametrize("name", ["r.nemcon", "r.nemcon.keys", "link.nemcon", "other.nemcon"])
    def test_a_record_is_never_overwritten(self, mill: Path, nemcon: Nemcon, name: str) -> None:
        (mill / "link.nemcon").symlink_to("r.nemcon")
        assert nemcon("add", "coop.toml", "--record", "other.nemcon").code == 0
        before = {path.name: path.read_bytes() for path in mill.glob("*.nemcon*")}
        done = nemcon("export", "r.nemcon", "--to", name, "--as", "jsonl", "--replace")
        told = (
            f"nemcon: {name}: this is a record, or belongs to one, and is never overwritten; give "
            "another name\n"
        )
        assert (done.code, done.out, done.err) == (2, "", told)
        assert {path.name: path.read_bytes() for path in mill.glob("*.nemcon*")} == before

    def test_what_is_there_is_not_overwritten(self, mill: Path, nemcon: Nemcon) -> None:
        (mill / "r.xlsx").write_text("mine", "utf-8")
        done = nemcon("export", "r.nemcon", "--to", "r.xlsx")
        told = (
            "nemcon: r.xlsx is there already, and may hold edits; give another name, or --replace\n"
        )
        assert (done.code, done.out, done.err) == (2, "", told)
        assert (mill / "r.xlsx").read_text("utf-8") == "mine"
        assert nemcon("export", "r.nemcon", "--to", "r.xlsx", "--replace").code == 0

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("export r.nemcon --to r.pdf", "say the format with --as"),
            ("export --to r.xlsx", "name a RECORD to export"),
            ("export r.nemcon --to nowhere/r.xlsx", "there is no folder to put it in"),
            ("export r.nemcon --to . --as xlsx --replace", ". is a folder"),
            ("export --template roster --to r.ics", "a template is a .xlsx or a .csv file"),
            ("import nowhere.xlsx --record r.nemcon", "it cannot be read"),
        ],
    )
    @pytest.mark.usefixtures("mill")
    def test_what_cannot_be_done_is_told(self, nemcon: Nemcon, line: str, told: str) -> None:
        done = nemcon(*line.split())
        assert (done.code, done.out) == (2, "")
        assert told in done.err


class TestPopolo:
    @pytest.mark.usefixtures("desk")
    def test_the_register_of_a_pack(self, nemcon: Nemcon) -> None:
        assert nemcon("export", CHAIN, "--to", "nato.json").code == 0
        content = json.loads(Path("nato.json").read_text("utf-8"))
        assert list(content) == ["persons", "organizations", "posts", "memberships"]
        members = [each for each in content["memberships"] if each["role"] == "member"]
        assert len([each for each in members if "end_date" not in each]) == 32
        assert [each["start_date"] for each in members if each["member"]["id"] == "sweden"] == [
            "2024-03-07"
        ]
        terms = [each for each in content["memberships"] if "post_id" in each]
        assert terms[-1]["organization_id"] == "nato"
        ids = [each["id"] for each in content["organizations"]]
        assert len(ids) == len(set(ids))
        for each in content["memberships"]:
            for name in ("start_date", "end_date"):
                text = each.get(name, "2024")
                assert len(text) in (4, 7, 10), each

    @pytest.mark.usefixtures("desk")
    def test_it_comes_back_as_proposals(self, nemcon: Nemcon) -> None:
        nemcon("export", CHAIN, "--to", "nato.json")
        text = Path("nato.json").read_text("utf-8").replace('"nato"', '"otan"')
        Path("other.json").write_text(text, "utf-8")
        dated = ("--record", "o.nemcon", "--body", "otan", "--date", "2024-06-20", "--yes")
        assert nemcon("import", "other.json", *dated).code == 0
        on = ("--on", "2024-06-20", "--json")
        assert json.loads(nemcon("register", "o.nemcon", *on).out)["members"] == []
        assert nemcon("confirm", "o.nemcon", "--all").code == 0
        got = json.loads(nemcon("register", "o.nemcon", *on).out)
        want = json.loads(nemcon("register", CHAIN, *on).out)
        assert [(m["member"], m["since"]) for m in got["members"]] == [
            (m["member"], m["since"]) for m in want["members"]
        ]
        assert [o["office"] for o in got["offices"]] == ["secretary-general"]
        assert [h["holder"] for h in got["offices"][0]["holders"]] == ["jens-stoltenberg"]
        assert view_of(nemcon, "other.json", *dated)["new"] == []

    @pytest.mark.usefixtures("mill")
    def test_the_record_it_came_from_holds_all_of_it(self, nemcon: Nemcon) -> None:
        nemcon("export", "r.nemcon", "--to", "r.json")
        dated = ("--record", "r.nemcon", "--date", "2024-05-01")
        done = nemcon("import", "r.json", *dated)
        assert done.out == "Nothing new: r.nemcon holds all of it already\n"
        view = view_of(nemcon, "r.json", *dated)
        assert (view["new"], view["unchanged"] > 0) == ([], True)

    def test_uncertain_dates_keep_all_they_say(self, mill: Path, nemcon: Nemcon) -> None:
        text = '[[membership]]\nbody = "mill"\nmember = "di"\nhappened = "2021-03-05/2021-04-01"\n'
        (mill / "di.toml").write_text(text, "utf-8")
        nemcon("add", "di.toml", "--record", "r.nemcon")
        nemcon("export", "r.nemcon", "--to", "r.json")
        content = json.loads(Path("r.json").read_text("utf-8"))
        (di,) = [m for m in content["memberships"] if m.get("member", {}).get("id") == "di"]
        assert (di["start_date"], di["start_date_edtf"]) == ("2021", "2021-03-05/2021-04-01")

    @pytest.mark.usefixtures("desk")
    def test_a_file_of_others_is_read(self, nemcon: Nemcon) -> None:
        content = {
            "persons": [{"id": "9f0c", "name": "Ana Blé", "other_names": [{"name": "A. Blé"}]}],
            "organizations": [
                {"id": "coop", "name": "Mill"},
                {"id": "b1", "name": "Board", "classification": "committee"},
                {"id": "c1", "name": "Co Ltd"},
            ],
            "posts": [{"id": "p1", "label": "Chair", "organization_id": "coop"}],
            "memberships": [
                {"person_id": "9f0c", "organization_id": "coop", "start_date": "2020"},
                {"person_id": "9f0c", "organization_id": "coop", "post_id": "p1"},
                {"member": {"id": "c1"}, "organization_id": "coop", "end_date": "2023-05"},
                {"person_id": "9f0c", "organization_id": "b1", "on_behalf_of_id": "c1"},
                {"person_id": "nobody", "organization_id": "elsewhere"},
                "noise",
            ],
        }
        Path("p.json").write_text(json.dumps(content), "utf-8")
        dated = ("--record", "r.nemcon", "--body", "coop", "--date", "2024-01-01")
        view = view_of(nemcon, "p.json", *dated, "--yes")
        assert sorted(ident.partition("-")[0] for ident in view["new"]) == [
            *("body", "credential", "membership", "membership", "membership", "office", "organ"),
            *("party", "party", "source", "term"),
        ]
        assert "not-read" in [each["code"] for each in view["findings"]]


class TestCalendar:
    def events(self, name: str) -> list[Any]:
        """The events of a calendar, read again by its own rules."""
        read = icalendar.Calendar.from_ical(Path(name).read_bytes())
        return list(read.walk("VEVENT"))

    def test_dates_are_shown_as_sure_as_they_are(self, mill: Path, nemcon: Nemcon) -> None:
        text = """
            body = "mill"
            [[office]]
            name = "chair"
            title = "Chair"
            [[term]]
            office = "chair"
            holder = "ana"
            start = "2022"
            end = "2024-06-10/2024-06-16"
            [[term]]
            office = "chair"
            holder = "bo"
            start = "2024-06-17"
            modality = "planned"
            [[meeting]]
            organ = "assembly"
            place = "The mill; upstairs, left"
            happened = "2024-05-02T18:30+03:00"
            [[silence]]
            matter = "new-roof"
            change = "opened"
            happened = "2024-04-01T09:00Z"
            deadline = "2024-04-08T12:00+02:00"
            [[silence]]
            matter = "new-roof"
            change = "extended"
            happened = "2024-04-07T09:00Z"
            deadline = "2024-04-10T12:00+02:00"
        """
        (mill / "dates.toml").write_text(text, "utf-8")
        assert nemcon("add", "dates.toml", "--record", "r.nemcon").code == 0
        done = nemcon("export", "r.nemcon", "--to", "r.ics")
        assert (done.code, done.out.splitlines()[0]) == (0, "Wrote 5 events to r.ics")
        found = {str(event["summary"]): event for event in self.events("r.ics")}
        assert sorted(found) == [
            "Ana Blé takes office as Chair (2022)",
            "End of Ana Blé's term as Chair (10 to 16 June 2024)",
            "Meeting of the General Assembly",
            "Planned: Bo Åk takes office as Chair",
            "Silence deadline: A new roof",
        ]
        end = found["End of Ana Blé's term as Chair (10 to 16 June 2024)"]
        assert (end["dtstart"].dt, end["dtend"].dt) == (date(2024, 6, 10), date(2024, 6, 17))
        assert "between 10 and 16 June 2024" in end["description"]
        planned = found["Planned: Bo Åk takes office as Chair"]
        assert (planned["status"], planned["dtstart"].dt) == ("TENTATIVE", date(2024, 6, 17))
        meeting = found["Meeting of the General Assembly"]
        assert meeting["dtstart"].dt == datetime(2024, 5, 2, 15, 30, tzinfo=UTC)
        assert meeting["location"] == "The mill; upstairs, left"
        silence = found["Silence deadline: A new roof"]
        assert silence["dtstart"].dt == datetime(2024, 4, 10, 10, 0, tzinfo=UTC)
        assert "13:00 (Europe/Helsinki)" in silence["description"]

    @pytest.mark.usefixtures("desk")
    def test_a_hand_over_is_one_event_and_sure_once_it_has_come(self, nemcon: Nemcon) -> None:
        told = {}
        for known in ("2024-06-26", "2024-10-01"):
            files = (FIRST, SECOND, CHAIN, "--known", known)
            nemcon("export", *files, "--to", "r.ics", "--replace")
            told[known] = [e for e in self.events("r.ics") if e["dtstart"].dt.year == 2024]
        ((plan,), (fact,)) = told.values()
        what = "Mark Rutte succeeds Jens Stoltenberg as Secretary General"
        assert (plan["summary"], plan["status"]) == (f"Planned: {what}", "TENTATIVE")
        assert (fact["summary"], fact["status"]) == (what, "CONFIRMED")
        assert plan["uid"] == fact["uid"]
        assert fact["dtstart"].dt == plan["dtstart"].dt == date(2024, 10, 1)
        assert "Source: NATO, 1 October 2024" in fact["description"]

    def chair(self, desk: Path, nemcon: Nemcon, *terms: str) -> list[tuple[str, str]]:
        """What a calendar shows of the chair: each event with its status."""
        office = 'body = "mill"\n[[office]]\nname = "chair"\ntitle = "Chair"\n'
        lines = (f"[[term]]\noffice = 'chair'\n{term.replace('; ', chr(10))}\n" for term in terms)
        (desk / "terms.toml").write_text(office + "".join(lines), "utf-8")
        nemcon("export", "coop.toml", "terms.toml", "--to", "r.ics", "--replace")
        return sorted((str(e["summary"]), str(e["status"])) for e in self.events("r.ics"))

    def test_a_plan_is_not_shown_beside_what_came_of_it(self, mill: Path, nemcon: Nemcon) -> None:
        plan = "holder = 'bo'; start = '2024-06-17'; modality = 'planned'; known = '2024-05-02'"
        came = "holder = 'bo'; start = '2024-06-19'"
        assert self.chair(mill, nemcon, plan, came) == [
            ("Bo Åk takes office as Chair", "CONFIRMED")
        ]
        # A plan tells nothing of the day on which it came.
        month = "holder = 'bo'; start = '2024-06'"
        assert self.chair(mill, nemcon, plan, month) == [
            ("Bo Åk takes office as Chair (June 2024)", "CONFIRMED")
        ]
        # Who held the office before may come again.
        before = "holder = 'bo'; start = '2020-06-01'; end = '2022-06-01'"
        assert len(self.chair(mill, nemcon, plan, before)) == 3

    def test_of_plans_the_last_told_is_shown(self, mill: Path, nemcon: Nemcon) -> None:
        first = "holder = 'bo'; start = '2024-06-17'; modality = 'planned'; known = '2024-05-02'"
        anew = "holder = 'bo'; start = '2024-07-01'; modality = 'planned'; known = '2024-06-10'"
        assert self.chair(mill, nemcon, first, anew) == [
            ("Planned: Bo Åk takes office as Chair", "TENTATIVE")
        ]
        (event,) = self.events("r.ics")
        assert event["dtstart"].dt == date(2024, 7, 1)
        late = anew.replace("2024-06-10", "2024-06-20")  # the first day had passed by then
        assert len(self.chair(mill, nemcon, first, late)) == 2

    def test_a_plan_that_was_denied_since_is_called_off(self, mill: Path, nemcon: Nemcon) -> None:
        plan = "holder = 'bo'; start = '2024-06-17'; modality = 'planned'; known = '2024-05-02'"
        denied = "holder = 'bo'; start = '2024-06-17'; modality = 'denied'; known = '2024-05-20'"
        off = [("Planned: Bo Åk takes office as Chair", "CANCELLED")]
        assert self.chair(mill, nemcon, plan, denied) == off
        (event,) = self.events("r.ics")
        assert "It was denied after it was planned." in event["description"]
        assert self.chair(mill, nemcon, plan, denied.replace("start = '2024-06-17'; ", "")) == off
        stays = [("Planned: Bo Åk takes office as Chair", "TENTATIVE")]
        another_day = denied.replace("06-17", "07-01")
        denied_before = denied.replace("05-20", "05-01")
        for other in (another_day, denied_before, denied.replace("'bo'", "'cy'")):
            assert self.chair(mill, nemcon, plan, other) == stays
        again = plan.replace("05-02", "05-30")
        assert self.chair(mill, nemcon, plan, denied, again) == stays
        came = "holder = 'bo'; start = '2024-06-17'"
        assert self.chair(mill, nemcon, plan, denied, came) == [
            ("Bo Åk takes office as Chair", "CONFIRMED")
        ]
        end = "holder = 'ana'; end = '2024-06-17'; modality = 'planned'"
        assert self.chair(mill, nemcon, end, plan, denied) == sorted(
            [*off, ("Planned: End of Ana Blé's term as Chair", "TENTATIVE")]
        )

    def test_one_day_for_two_changes_is_not_always_one_event(
        self, mill: Path, nemcon: Nemcon
    ) -> None:
        end = "holder = 'ana'; end = '2024-06-17'"
        start = "holder = 'bo'; start = '2024-06-17'"
        succeeds = ("Bo Åk succeeds Ana Blé as Chair", "CONFIRMED")
        assert self.chair(mill, nemcon, end, start) == [succeeds]
        apart = [
            ("End of Ana Blé's term as Chair", "CONFIRMED"),
            ("Bo Åk takes office as Chair", "CONFIRMED"),
        ]
        another = f"{start}; succeeds = 'cy'"
        assert self.chair(mill, nemcon, end, another) == sorted(apart)
        planned = [apart[0], ("Planned: Bo Åk takes office as Chair", "TENTATIVE")]
        assert self.chair(mill, nemcon, end, f"{start}; modality = 'planned'") == sorted(planned)
        two = "holder = 'cy'; start = '2024-06-17'"
        assert len(self.chair(mill, nemcon, end, start, two)) == 3

    def test_a_decision_that_is_in_effect_is_no_plan(self, mill: Path, nemcon: Nemcon) -> None:
        fields = {"organ": "assembly", "happened": "2024-03-16", "effective": "2024-05-01"}
        write(mill, "a.toml", body="mill", kind="decision", **fields)
        nemcon("export", "coop.toml", "a.toml", "--to", "a.ics")
        with (mill / "a.toml").open("a", encoding="utf-8") as file:
            file.write("effective_confirmed = true\n")
        nemcon("export", "coop.toml", "a.toml", "--to", "b.ics")
        ((plan,), (fact,)) = (self.events("a.ics"), self.events("b.ics"))
        assert (plan["summary"], plan["status"]) == (
            "Planned: decision takes effect (A new roof)",
            "TENTATIVE",
        )
        assert (fact["summary"], fact["status"]) == (
            "Decision takes effect (A new roof)",
            "CONFIRMED",
        )
        assert plan["uid"] == fact["uid"]

    def test_a_decision_that_two_sources_tell_is_one_event(
        self, mill: Path, nemcon: Nemcon
    ) -> None:
        for name, day in {"a": "2024-05-01", "b": "2024-05-03"}.items():
            fields = {"organ": "assembly", "happened": "2024-03-16", "effective": day}
            reason = "the chair counted by hand"
            write(mill, f"{name}.toml", body="mill", kind="decision", reason=reason, **fields)
            assert nemcon("add", f"{name}.toml", "--record", "r.nemcon").code == 0
        nemcon("export", "r.nemcon", "--to", "r.ics")
        (event,) = self.events("r.ics")
        assert (event["dtstart"].dt, event["dtend"].dt) == (date(2024, 5, 1), date(2024, 5, 4))
        assert event["status"] == "TENTATIVE"

    def test_a_corrected_event_keeps_its_uid(self, mill: Path, nemcon: Nemcon) -> None:
        write(mill, "a.toml", body="mill", kind="meeting", organ="assembly", happened="2024-05-02")
        write(mill, "b.toml", body="mill", kind="meeting", organ="assembly", happened="2024-05-03")
        added = json.loads(nemcon("add", "a.toml", "--record", "r.nemcon", "--json").out)["added"]
        nemcon("export", "r.nemcon", "--to", "a.ics")
        nemcon("correct", "r.nemcon", added[0]["id"], "--with", "b.toml", "--reason", "moved")
        nemcon("export", "r.nemcon", "--to", "b.ics")
        ((old,), (new,)) = (self.events("a.ics"), self.events("b.ics"))
        assert old["uid"] == new["uid"]
        assert (old["dtstart"].dt, new["dtstart"].dt) == (date(2024, 5, 2), date(2024, 5, 3))
