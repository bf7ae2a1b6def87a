"""Bad input of each kind: told with its place, exit code 1 or 2, and the record stays as it was.

Each case is the files that it writes, and what every command must say of them: a code of a
finding with its place.
"""

import json
import random
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CHAIN, Nemcon

TOP = 'body = "nato"\nmatter = "sg-2024"\n'
POSITION = '[[position]]\nmembers = "romania"\ncandidate = "mark-rutte"\n'
SOURCE = '[[source]]\nname = "wire"\ndate = "2024-06-20"\ntext = "Romania backs Rutte."\n'


def noise(size: int) -> bytes:
    return random.Random(20).randbytes(size)


def span(start: int, end: int, quote: str) -> bytes:
    spans = f'[{{ source = "wire", start = {start}, end = {end}, quote = "{quote}" }}]'
    return f'{TOP}{SOURCE}{POSITION}source = "wire"\nspans = {spans}\n'.encode()


BAD: dict[str, tuple[bytes, str, str]] = {
    # file: content, code, place
    "broken.toml": (f"{TOP}[[position]\n".encode(), "bad-toml", "broken.toml:3"),
    "broken.json": (b'[{"kind": "position",]', "bad-json", "broken.json:1"),
    "line.jsonl": (b'{"kind": "rubbish"}\n{', "bad-json", "line.jsonl:2"),
    "other.json": (b'{"name": "nemcon"}', "bad-json", "other.json:1"),
    "impossible.toml": (
        f'{TOP}{POSITION}happened = "2024-02-30"\n'.encode(),
        "bad-date",
        "impossible.toml:3 (happened)",
    ),
    "impossible.txt": (b" date 2024-02-30 Romania", "bad-date", "impossible.txt[6:16]"),
    "kind.toml": (f"{TOP}[[positon]]\n".encode(), "unknown-kind", "kind.toml:3 (kind)"),
    "field.toml": (
        f"{TOP}{POSITION}hapened = 2024\n".encode(),
        "unknown-field",
        "field.toml:3 (hapened)",
    ),
    "member.toml": (
        f'{TOP}[[position]]\nmembers = "romana"\ncandidate = "mark-rutte"\n'.encode(),
        "unknown-member",
        "member.toml:3 (members)",
    ),
    "past.toml": (span(19, 21, ".."), "span-past-end", "past.toml:7 (spans)"),
    "differs.toml": (span(0, 7, "Germany"), "span-differs", "differs.toml:7 (spans)"),
    "backwards.toml": (span(7, 0, "Romania"), "bad-span", "backwards.toml:7 (spans)"),
    "large.txt": (b"a" * 50_000_000, "file-too-large", "large.txt"),
    "large.toml": (b"#" * 50_000_000, "file-too-large", "large.toml"),
    "long.txt": (b" date 2024-06-20 " + b"a" * 5_000_000, "report-too-long", "long.txt"),
    "noise.txt": (noise(5000), "not-utf-8", "noise.txt"),
    "noise.toml": (noise(5000), "not-utf-8", "noise.toml:1"),
    "noise": (noise(5000), "not-utf-8", "noise"),
    "table.csv": (b"member,stance\nromania,support\n", "no-report", "table.csv"),
    "table.xlsx": (noise(5000), "no-report", "table.xlsx"),
    "control.txt": (b" date 2024-06-20 a\x07b", "not-text", "control.txt[18:19]"),
    "undated.txt": (b"Romania backs Rutte.", "no-date", "undated.txt[0:0]"),
    "empty.txt": (b"", "no-date", "empty.txt[0:0]"),
}  # fmt: skip


@pytest.fixture
def record(desk: Path, nemcon: Nemcon) -> Path:
    """A record with the tally in it."""
    assert nemcon("add", CHAIN, "--record", "r.nemcon").code == 0
    return desk / "r.nemcon"


def files_of(record: Path) -> dict[str, bytes]:
    """Every byte of a record and its keys, and whatever lies beside them."""
    return {path.name: path.read_bytes() for path in record.parent.glob(f"{record.name}*")}


@pytest.mark.parametrize("name", BAD)
def test_bad_content_is_told_and_changes_nothing(record: Path, nemcon: Nemcon, name: str) -> None:
    content, code, place = BAD[name]
    Path(name).write_bytes(content)
    before = files_of(record)
    for command in (
        ("check", name),
        ("status", name),
        ("add", name, "--record", "r.nemcon"),
        ("add", CHAIN, name, "--record", "r.nemcon"),
        ("add", name, "--record", "new.nemcon"),
    ):
        done = nemcon(*command, "--json")
        told = json.loads(done.out)["findings"]
        errors = [(f["code"], f["place"]) for f in told if f["severity"] == "error"]
        assert (code, place) in errors, command
        assert done.code == 1, command
        people = nemcon(*command)
        assert people.code == 1, command
        assert f"{place}: error: " in people.out + people.err, command
    assert files_of(record) == before
    assert not Path("new.nemcon").exists()
    assert not Path("new.nemcon.keys").exists()


def test_a_duplicate_in_a_file_is_told_and_counts_once(record: Path, nemcon: Nemcon) -> None:
    Path("twice.toml").write_text(TOP + POSITION + POSITION, "utf-8")
    done = nemcon("add", "twice.toml", "--record", "r.nemcon")
    assert done.code == 0
    assert "twice.toml:6: warning: the same entry stands in line 3 already" in done.out
    assert "Added 1 entry to r.nemcon" in done.out


def test_what_is_in_already_is_not_added_again(record: Path, nemcon: Nemcon) -> None:
    before = files_of(record)
    done = nemcon("add", CHAIN, "--record", "r.nemcon")
    assert (done.code, done.out) == (0, "Nothing new: 53 entries were there already\n")
    assert files_of(record) == before


def test_an_export_of_nothing_but_mistakes_tells_them(desk: Path, nemcon: Nemcon) -> None:
    Path("wrong.toml").write_text("[[position]\n", "utf-8")
    done = nemcon("export", "wrong.toml", "--to", "out.xlsx")
    assert (done.code, "wrong.toml:1: error" in done.err) == (1, True)
    assert not Path("out.xlsx").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("confirm", "r.nemcon", "position-ffff"), "no entry of this record has an id"),
        (("confirm", "r.nemcon", "tally"), "'tally' begins 9 ids ("),
        (("confirm", "r.nemcon", "tally", "--all"), "give ids or --all, not both"),
        (("correct", "r.nemcon", "tally-057b"), "give one of --with and --drop"),
        (("correct", "r.nemcon", "tally-057b", "--drop"), "say why with --reason TEXT"),
        (("add", "r.nemcon", "--record", "r.nemcon"), "r.nemcon is a record itself"),
        (("status", "r.nemcon", CHAIN), "r.nemcon is a record, and a record is asked by itself"),
        (("add", CHAIN, "--record", "no/such/folder/r.nemcon"), "no/such/folder"),
        (("status", "r.nemcon.keys"), "r.nemcon.keys"),
        (("status", ""), "'' is no path; is a variable of the shell empty?"),
        (("serve", "missing.toml"), "missing.toml: there is no such file; check the path"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_arguments_change_nothing(
    record: Path, nemcon: Nemcon, arguments: tuple[str, ...], told: str
) -> None:
    before = files_of(record)
    done = nemcon(*arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert files_of(record) == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + noise(4000), b"SQLite format 3\0"])
def test_a_damaged_record_is_told(desk: Path, nemcon: Nemcon, content: bytes) -> None:
    Path("bad.nemcon").write_bytes(content)
    done = nemcon("status", "bad.nemcon")
    assert done.code in (1, 2)
    assert "bad.nemcon" in done.err
    assert Path("bad.nemcon").read_bytes() == content


def test_a_record_without_its_keys_is_told(record: Path, nemcon: Nemcon) -> None:
    Path("r.nemcon.keys").unlink()
    done = nemcon("status", "r.nemcon")
    assert (done.code, done.out) == (2, "")
    assert "r.nemcon.keys" in done.err


def test_a_folder_leaves_readmes_and_undated_texts_alone(desk: Path, nemcon: Nemcon) -> None:
    folder = desk / "case"
    (folder / "more").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    shutil.copy(CHAIN, folder / "more" / CHAIN)
    for name in ("README.txt", "README.md", "LICENSE.txt", "notes.md", ".hidden/x.toml"):
        (folder / name).write_text("no entries [", "utf-8")
    (folder / "notes.txt").write_text("Ask about the roll.", "utf-8")
    done = nemcon("check", "case", "--json")
    told = {(f["code"], f["severity"], f["place"]) for f in json.loads(done.out)["findings"]}
    assert done.code == 0
    assert ("no-date", "warning", "case/notes.txt") in told
    assert ("passed-over", "note", "case") in told
    assert {place.partition(":")[0] for _, _, place in told} == {
        "case",
        "case/notes.txt",
        f"case/more/{CHAIN}",
    }
