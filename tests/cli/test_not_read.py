"""What reports say that was not understood is told beside the answer, above all an objection."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Nemcon

RULE = """
[[rule]]
name = "league-director-general"
matter = "dg-2031"
algebra = { outcome = [
  { is = "agreed", favourable = true, when = { cmp = [{ n = "support" }, "=", { n = "all" }] } },
  { is = "not yet" } ], shows = [
  { label = "any objection known", when = { not = { none = "objection" } } } ] }
"""
LEAD = """ date 2031-05-14

All members of the Sample League back Ann Example of Northmark for Director-General.
"""
UNREAD = "Whatever others may say, what Lowmoor put on the table on Monday was a veto."


@pytest.fixture
def league(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with the pack of a league that nobody knows."""
    pack = (root / "tests" / "reading" / "pack.toml").read_text("utf-8")
    start = pack.index("[[rule]]")
    end = pack.index("[[party]]", start)
    (tmp_path / "pack.toml").write_text(pack[:start] + RULE + pack[end:], "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(folder: Path, name: str, more: str) -> None:
    (folder / name).write_text(f"{LEAD}{more}\n", "utf-8")


def test_a_report_understood_whole_says_nothing_of_it(league: Path, nemcon: Nemcon) -> None:
    report(league, "r.txt", "")
    done = nemcon("status", "r.txt", "pack.toml")
    assert "Verdict: met" in done.out
    assert "Any objection known (Ann Example): no\n" in done.out
    assert "not understood" not in done.out
    view = json.loads(nemcon("status", "r.txt", "pack.toml", "--json").out)
    assert view["not_understood"] == {"sentences": 0, "objecting": []}


def test_an_objection_that_was_not_understood_is_no_plain_no(league: Path, nemcon: Nemcon) -> None:
    report(league, "r.txt", UNREAD)
    done = nemcon("status", "r.txt", "pack.toml")
    assert (
        "Any objection known (Ann Example): none read; 1 sentence about objecting was not "
        f"understood: “{UNREAD}” (report of 14 May 2031)"
    ) in done.out
    assert "1 sentence of the reports was not understood; 'nemcon read --coverage'" in done.out
    assert "[objection-not-read]" in done.out
    assert done.code == 0
    view = json.loads(nemcon("status", "r.txt", "pack.toml", "--json").out)
    assert [shown["answer"] for shown in view["shows"]] == ["cannot tell"]
    missed = view["not_understood"]
    assert (missed["sentences"], [each["quote"] for each in missed["objecting"]]) == (1, [UNREAD])
    assert "objection-not-read" in [finding["code"] for finding in view["findings"]]


def test_an_objection_that_was_read_is_an_objection(league: Path, nemcon: Nemcon) -> None:
    report(league, "r.txt", "")
    later = "Lowmoor has not lifted its objection to Example, who wants to be Director-General."
    (league / "s.txt").write_text(f" date 2031-05-16\n\n{later}\n", "utf-8")
    done = nemcon("status", "r.txt", "s.txt", "pack.toml")
    assert "Verdict: met" not in done.out


def test_a_report_that_was_not_known_yet_is_not_counted(league: Path, nemcon: Nemcon) -> None:
    report(league, "r.txt", "")
    (league / "s.txt").write_text(f" date 2031-05-16\n\n{UNREAD}\n", "utf-8")
    both = ("status", "r.txt", "s.txt", "pack.toml")
    assert "was not understood" in nemcon(*both).out
    assert "was not understood" not in nemcon(*both, "--known", "2031-05-14").out


@pytest.mark.parametrize(
    "text", ["The opposition leader of Lowmoor said nothing.", "The weather was good."]
)
def test_what_is_not_about_objecting_is_no_warning(league: Path, nemcon: Nemcon, text: str) -> None:
    report(league, "r.txt", text)
    assert "[objection-not-read]" not in nemcon("status", "r.txt", "pack.toml").out
