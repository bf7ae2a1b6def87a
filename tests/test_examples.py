"""The examples of other bodies: what their entries say, and what the program answers about them."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nemcon.cli.app import run
from nemcon.entries import Candidacy, Matter, Party, Source, Tally, to_dict
from nemcon.text import Loaded, read_toml
from nemcon.when import When

WTO = ("wto-dg-2020/selection.toml",)
POLLS = ("un-sg-2016/selection.toml", "un-sg-2016/polls.toml")
MARCH = ("cooperative/cooperative.toml", "cooperative/minutes-march.toml")
MAY = ("cooperative/cooperative.toml", "cooperative/minutes-may.toml")
SOURCED = [*WTO, *POLLS, "un-sg-2016/appointment.toml"]


@pytest.fixture
def examples(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(root / "examples")
    return root / "examples"


def status(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> dict[str, Any]:
    assert run(["status", *arguments, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def decided(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["rules", "decide", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def of(found: dict[str, Any], candidate: str) -> dict[str, Any]:
    (one,) = [c for c in found["candidates"] if c["candidate"] == candidate]
    return dict(one)


def loaded(examples: Path, name: str) -> Loaded:
    return read_toml((examples / name).read_text("utf-8"), name)


# Sourced


@pytest.mark.parametrize("name", SOURCED)
def test_an_example_loads_without_findings(examples: Path, name: str) -> None:
    assert loaded(examples, name).findings == ()


@pytest.mark.parametrize("name", SOURCED)
def test_every_line_is_cited(examples: Path, name: str) -> None:
    lines = [e for e in loaded(examples, name).entries if not isinstance(e, Source)]
    assert [to_dict(e) for e in lines if not e.cite] == []


@pytest.mark.parametrize("names", [WTO, POLLS, ("un-sg-2016/appointment.toml",)])
def test_no_source_tells_what_had_not_happened(examples: Path, names: tuple[str, ...]) -> None:
    entries = [entry for name in names for entry in loaded(examples, name).entries]
    dates = {s.name: last(s.date) for s in entries if isinstance(s, Source)}
    used = [e for e in entries if e.source]
    assert {e.source for e in used} <= set(dates)
    early = [e for e in used if e.happened and first(e.happened) > dates[e.source]]
    steps = [e for e in used if isinstance(e, Candidacy)]
    early += [e for e in steps if e.public and first(e.public) > dates[e.source]]
    assert early == []


def first(when: When) -> date:
    return when.first_day() or date.min


def last(when: When) -> date:
    found = when.last_day()
    assert found is not None
    return found


# The WTO: no objection, and a recommendation that nobody can compute


@pytest.mark.parametrize(
    ("on", "verdict", "stage"),
    [
        ("2020-10-27", "cannot tell", "open"),
        ("2020-10-28", "not met", "open"),
        ("2021-02-04", "not met", "open"),
        ("2021-02-05", "met", "consensus"),
        ("2021-02-15", "met", "decided"),
        ("2021-03-01", "met", "in-office"),
    ],
)
def test_the_choice_of_a_director_general(
    examples: Path, capsys: pytest.CaptureFixture[str], on: str, verdict: str, stage: str
) -> None:
    found = status(capsys, *WTO, "--on", on)
    assert (found["verdict"], found["stage"]["certain"]) == (verdict, stage)
    assert of(found, "ngozi-okonjo-iweala")["support"]["of"] == {"least": 164, "most": 164}


def test_one_member_of_164_stands_in_the_way(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = status(capsys, *WTO, "--on", "2020-10-28")
    assert of(found, "ngozi-okonjo-iweala")["against"] == ["united-states"]
    assert of(found, "yoo-myung-hee")["against"] == []
    assert [one["verdict"] for one in found["candidates"]] == ["not met"] * 8
    (needed,) = [one for one in found["needed"] if one["code"] == "not-supporting"]
    assert needed["members"] == ["united-states"]
    assert "open-members" not in {one["code"] for one in found["needed"]}


def test_what_was_known_in_november_does_not_tell_of_february(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = status(capsys, *WTO, "--on", "2021-02-15", "--known", "2020-11-10")
    assert (found["verdict"], found["decision"]) == ("not met", None)
    found = status(capsys, *WTO, "--on", "2021-02-15")
    assert found["decision"]["carried"] == "carried"
    assert found["office"]["designate"] == "ngozi-okonjo-iweala"


def test_a_report_about_the_wto_is_read_for_the_wto(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = status(capsys, "wto-dg-2020/report-2020-10-28.txt")
    assert (found["body"], found["verdict"]) == ("wto", "not met")
    assert of(found, "ngozi-okonjo-iweala")["against"] == ["united-states"]
    found = status(capsys, "wto-dg-2020/report-2021-02-15.txt")
    assert (found["verdict"], found["stage"]["certain"]) == ("cannot tell", "decided")


# The United Nations: aggregates by class, and reports that contradict each other

VIABLE = {
    1: ("met", ["António Guterres", "Danilo Türk", "Irina Bokova", "Vuk Jeremić", "Srgjan Kerim"]),
    2: ("cannot tell", ["António Guterres"]),
    3: ("cannot tell", ["António Guterres", "Miroslav Lajčák"]),
    4: ("cannot tell", ["António Guterres", "Miroslav Lajčák", "Vuk Jeremić"]),
    5: ("cannot tell", ["António Guterres"]),
    6: ("met", ["António Guterres"]),
}


@pytest.mark.parametrize("number", VIABLE)
def test_who_could_have_been_recommended_after_each_poll(
    examples: Path, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    path = f"un-sg-2016/ballots/poll-{number}.toml"
    found = decided(capsys, "un-sg-straw-poll", "--ballots", path)
    open_or_viable = [name for name, row in found["rows"].items() if row != "not viable"]
    assert (found["verdict"], open_or_viable) == VIABLE[number]
    sure = ["António Guterres"] if number in (1, 6) else []
    assert [name for name, row in found["rows"].items() if row == "viable"] == sure


@pytest.mark.parametrize(
    ("number", "verdict"), [(1, "met"), (3, "cannot tell"), (4, "cannot tell"), (6, "met")]
)
def test_the_record_of_a_poll_is_no_surer_than_its_reports(
    examples: Path, capsys: pytest.CaptureFixture[str], number: int, verdict: str
) -> None:
    found = status(capsys, *POLLS, "--matter", f"straw-poll-{number}")
    assert found["verdict"] == verdict
    assert of(found, "antonio-guterres")["verdict"] == verdict


def test_rows_that_do_not_make_fifteen_are_findings_and_stay(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", *POLLS, "--json"]) == 0
    findings = json.loads(capsys.readouterr().out)["findings"]
    assert [f["code"] for f in findings] == ["too-few-counted"] * 4
    entries = {e.id: e for e in loaded(examples, POLLS[1]).entries}
    told = [entries[ident] for f in findings for ident in f["entries"]]
    rows = {(e.candidate, e.source) for e in told if isinstance(e, Tally)}
    assert rows == {
        ("irina-bokova", "sofia-globe-2016-08-29"),
        ("vuk-jeremic", "sofia-globe-2016-08-29"),
        ("irina-bokova", "xinhua-2016-09-10"),
        ("danilo-turk", "xinhua-2016-09-10"),
    }


@pytest.mark.parametrize("number", range(1, 7))
def test_the_ballots_say_what_the_record_says(examples: Path, number: int) -> None:
    """Each row of the ballots is a row of the record, and makes fifteen."""
    titles = {e.name: e.title for e in loaded(examples, POLLS[0]).entries if isinstance(e, Party)}
    rows = set()
    for entry in loaded(examples, POLLS[1]).entries:
        if isinstance(entry, Tally) and entry.round == number:
            counts = tuple(c.number for c in entry.counts if not c.group)
            rows.add((titles[entry.candidate], counts))
    data = tomllib.loads((examples / f"un-sg-2016/ballots/poll-{number}.toml").read_text("utf-8"))
    told = {(name, tuple(row[:3])) for name, row in data["rows"].items() if name != "fields"}
    assert told <= rows
    assert {sum(row) for _, row in told} == {15}


def test_the_rows_agree_with_those_collected_from_the_press(examples: Path, shared: Path) -> None:
    path = shared / "data" / "un_sg_2016_straw_polls.csv"
    ours = set(table(examples))
    with path.open(encoding="utf-8") as file:
        theirs = [row for row in csv.DictReader(file) if row["discourage"]]
    missing = []
    for row in theirs:
        key = tuple(int(row[name]) for name in ("round", "encourage", "discourage", "no_opinion"))
        if (plain(row["candidate"]), *key) not in ours:
            missing.append(row)
    assert missing == []


def table(examples: Path) -> Iterator[tuple[object, ...]]:
    for entry in loaded(examples, POLLS[1]).entries:
        if isinstance(entry, Tally):
            counts = [c.number for c in entry.counts if not c.group]
            yield (entry.candidate, entry.round, *counts)


def plain(name: str) -> str:
    return name.lower().replace(" ", "-")


@pytest.mark.parametrize(
    ("on", "verdict", "stage", "running"),
    [("2016-08-03", "cannot tell", "open", 12), ("2016-10-05", "cannot tell", "open", 10)],
)
def test_no_poll_is_a_recommendation(
    examples: Path,
    capsys: pytest.CaptureFixture[str],
    on: str,
    verdict: str,
    stage: str,
    running: int,
) -> None:
    found = status(capsys, *POLLS, "--matter", "sg-2016", "--on", on)
    assert (found["verdict"], found["stage"]["certain"]) == (verdict, stage)
    out = [c for c in found["candidates"] if c["status"]["certain"] == "withdrawn"]
    known = [c for c in found["candidates"] if c["status"]["certain"] == "running"]
    assert len(out) + len(known) + unknown(found) == 13
    assert len(known) + unknown(found) == running + (on < "2016-09-28")


def unknown(found: dict[str, Any]) -> int:
    return sum(c["status"]["certain"] not in ("withdrawn", "running") for c in found["candidates"])


def test_the_council_recommends_and_the_assembly_appoints(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = status(capsys, *POLLS, "--matter", "sg-2016")
    assert (found["verdict"], found["decision"]["carried"]) == ("met", "carried")
    assert (found["decision"]["decided"], found["decision"]["manner"]) == (
        "2016-10-06", "acclamation",
    )  # fmt: skip
    found = status(capsys, "un-sg-2016/appointment.toml")
    assert found["body"] == "un-general-assembly"
    assert (found["verdict"], found["decision"]["decided"]) == ("cannot tell", "2016-10-13")
    assert found["office"]["designate"] == "antonio-guterres"


# The cooperative: a quorum, three quarters, a notice, a roll that grows


def test_a_motion_just_fails_and_then_just_passes(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    march, may = status(capsys, *MARCH), status(capsys, *MAY)
    assert (march["verdict"], march["support"]["support"]) == (
        "not met", {"least": 11, "most": 11, "of": {"least": 20, "most": 20}},
    )  # fmt: skip
    assert (may["verdict"], may["support"]["support"]) == (
        "met", {"least": 15, "most": 15, "of": {"least": 24, "most": 24}},
    )  # fmt: skip
    assert may["decision"]["carried"] == "carried"


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ('"member-23"]\nstance = "yes"', '"member-24"]\nstance = "yes"', "met"),
        (', "member-23"]\nstance = "yes"', ']\nstance = "yes"', "not met"),
        ("2026-05-30T19:00", "2026-05-30T21:00", "met"),
        ('finding = "notice sent in time"', 'finding = "notice sent too late"', "cannot tell"),
    ],
)
def test_each_condition_of_the_bylaws_bears_on_the_answer(
    examples: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    old: str,
    new: str,
    verdict: str,
) -> None:
    text = (examples / MAY[1]).read_text("utf-8")
    assert old in text
    changed = text.replace(old, new)
    if "member-24" in new:
        changed = changed.replace('"member-24"]\nstance = "no"', '"member-23"]\nstance = "no"')
    path = tmp_path / "minutes.toml"
    path.write_text(changed, "utf-8")
    wrong = 1 if verdict == "not met" else 0  # the minutes declare what was not carried
    found = status(capsys, MAY[0], str(path), "--on", "2026-05-30", code=wrong)
    assert found["verdict"] == verdict


def test_the_third_of_one_house_is_passed_over(
    examples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rule, papers = "cooperative/board/rule.toml", "cooperative/board/papers.toml"
    found = decided(capsys, rule, "--ballots", papers)
    assert found["outcome"] == ["member-02", "member-05", "member-22"]


def test_the_cooperative_names_nobody(examples: Path) -> None:
    names = {e.name for e in loaded(examples, MARCH[0]).entries if isinstance(e, Party)}
    assert names == {"secretary", *(f"member-{n:02}" for n in range(1, 25))}
    assert "invented" in (examples / MARCH[0]).read_text("utf-8").splitlines()[0]
    matters = [e for name in (MARCH[1], MAY[1]) for e in loaded(examples, name).entries]
    assert [m.completeness[0].what for m in matters if isinstance(m, Matter)] == ["position"] * 2
