"""Whole answers as people and programs get them, held to files in `golden/`.

Where a change of words is meant, `NEMCON_GOLDEN=1 ./run pytest tests/cli -n 0` writes them anew;
read the difference before you commit it.
"""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon, golden

LINES = {
    "status-first.txt": f"status {FIRST}",
    "status-first.json": f"status {FIRST} --json",
    "status-both.txt": f"status {FIRST} {SECOND}",
    "status-both-earlier.txt": f"status {FIRST} {SECOND} --on 2024-06-18",
    "status-chain.txt": f"status {CHAIN} --on 2024-06-18",
    "status-intent.txt": f"status {FIRST} --count intent=yes --count record=complete",
    "status-mill.txt": "status coop.toml coop-2.toml --on 2024-03-16",
    "status-mill.json": "status coop.toml coop-2.toml --on 2024-03-16 --json",
    "why-first.txt": f"why {FIRST}",
    "why-mill.txt": "why coop.toml",
    "diff-both.txt": f"diff {FIRST} {SECOND} --known 2024-06-20..2024-06-26",
    "diff-chain.txt": f"diff {CHAIN} --on 2024-06-18..2024-06-20",
    "diff-mill.json": "diff coop.toml coop-2.toml --known 2024-03-10..2024-03-16 --json",
    "timeline-both.txt": f"timeline {FIRST} {SECOND}",
    "timeline-chain.txt": f"timeline {CHAIN} --from 2024-06-15 --to 2024-06-30",
    "timeline-mill.txt": "timeline coop.toml coop-2.toml",
    "timeline-mill.json": "timeline coop.toml coop-2.toml --json",
    "register-chain.txt": f"register {CHAIN} --on 2024-10-02",
    "register-mill.json": "register coop.toml --json",
    "read-first.txt": f"read {FIRST} --coverage",
    "check-chain.txt": f"check {CHAIN}",
    "check-mill.json": "check coop.toml coop-2.toml --json",
}


@pytest.fixture
def table(desk: Path, root: Path) -> Path:
    """The desk with the files of the cooperative on it as well."""
    for name in ("coop.toml", "coop-2.toml"):
        shutil.copy(root / "tests" / "cli" / name, desk / name)
    return desk


@pytest.mark.parametrize("name", LINES)
def test_the_answer_is_the_one_on_file(table: Path, nemcon: Nemcon, name: str) -> None:
    done = nemcon(*LINES[name].split())
    assert (done.code, done.err) == (0, "")
    golden(name, done.out)


def test_every_span_of_a_reading_holds_its_quote(table: Path, nemcon: Nemcon) -> None:
    view = json.loads(nemcon("read", FIRST, SECOND, "--json").out)
    assert list(view) == ["body", "sources", "proposals", "sentences", "findings"]
    texts = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path.read_bytes().decode()
        for path in (table / FIRST, table / SECOND)
    }
    by_source = {source["name"]: texts[source["sha256"]] for source in view["sources"]}
    assert view["proposals"]
    for proposal in view["proposals"]:
        for span in (proposal["span"], *proposal["entry"]["spans"]):
            assert by_source[span["source"]][span["start"] : span["end"]] == span["quote"]
    known = {proposal["id"] for proposal in view["proposals"]}
    for sentence in view["sentences"]:
        assert set(sentence["proposals"]) <= known
        assert by_source[sentence["source"]][sentence["start"] : sentence["end"]].strip()


def test_a_record_is_kept_as_on_file(table: Path, nemcon: Nemcon) -> None:
    """Every line that somebody sees who keeps the cooperative's record."""
    told = ""
    for line in (
        "add coop.toml --record mill.nemcon --by Ana",
        "add coop-2.toml --record mill.nemcon --proposed",
        "add coop.toml coop-2.toml --record mill.nemcon",
        "status mill.nemcon --on 2024-03-16",
        "confirm mill.nemcon",
        "confirm mill.nemcon position-",
        "reject mill.nemcon decision-bc --reason no",
        "confirm mill.nemcon --all",
        "status mill.nemcon --on 2024-03-16",
        "check mill.nemcon",
    ):
        done = nemcon(*line.split())
        told += f"$ nemcon {line}\n{done.out}{done.err}[{done.code}]\n\n"
    golden("record-mill.txt", told)


def test_the_demo_tells_the_case(nemcon: Nemcon) -> None:
    done = nemcon("demo")
    assert (done.code, done.err) == (0, "")
    golden("demo.txt", done.out)
