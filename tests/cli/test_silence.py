"""Rules under which silence counts: nobody is told to be open, the deadline stands in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Nemcon
from tests.cli.test_words import MEMBERS

HEAD = """
[body]
name = "coop"
title = "Coop"
zone = "Europe/Brussels"

[matter]
name = "paper"
title = "The paper"
rule = "RULE"
known = "2024-05-01"
"""

OPENED = """
[[silence]]
change = "opened"
happened = "2024-05-02T09:00+02:00"
deadline = "2024-05-08T12:00+02:00"
known = "2024-05-02"
"""
BROKEN = '[[silence]]\nchange = "broken"\nby = "c"\nhappened = "2024-05-07"\nknown = "2024-05-07"\n'
QUIET = (
    '[[position]]\nmembers = "all"\nstance = "no-objection"\nhappened = "2024-05-03"\n'
    'known = "2024-05-03"\n'
)

RUNS = "runs until 8 May 2024, 12:00 UTC+02:00; not broken so far, as far as is on record"


def ask(
    nemcon: Nemcon, desk: Path, on: str, *entries: str, rule: str = "nato-silence"
) -> list[str]:
    """The lines of the answer."""
    (desk / "c.toml").write_text(HEAD.replace("RULE", rule) + MEMBERS + "".join(entries))
    return nemcon("status", "c.toml", "--on", on).out.splitlines()


@pytest.mark.parametrize(
    ("on", "more", "told"),
    [
        ("2024-05-05", "", RUNS),
        ("2024-05-08", "", "was over on 8 May 2024, 12:00 UTC+02:00; no break of it is on record"),
        ("2024-05-08T11:00+02:00", "", RUNS),
        ("2024-05-09", BROKEN, "broken by Member C on 7 May 2024"),
        ("2024-05-06", BROKEN, RUNS),
    ],
)  # fmt: skip
def test_the_silence_is_told_in_a_line(
    nemcon: Nemcon, desk: Path, on: str, more: str, told: str
) -> None:
    lines = ask(nemcon, desk, on, OPENED, more)
    assert f"Silence: opened on 2 May 2024, 09:00 UTC+02:00; {told}" in lines


def test_a_deadline_that_was_put_off(nemcon: Nemcon, desk: Path) -> None:
    later = OPENED.replace('"opened"', '"extended"').replace("05-08", "05-10").replace("02T", "06T")
    lines = ask(nemcon, desk, "2024-05-09", OPENED, later)
    assert any("runs until 10 May 2024" in line for line in lines)


def test_one_opened_again_is_told_anew(nemcon: Nemcon, desk: Path) -> None:
    again = OPENED.replace("05-08", "05-20").replace("05-02T", "05-12T")
    lines = ask(nemcon, desk, "2024-05-13", OPENED, BROKEN, again)
    told = [line for line in lines if line.startswith("Silence: ")]
    assert len(told) == 1
    assert "runs until 20 May 2024" in told[0]


def test_no_word_is_no_word_and_nobody_is_asked_for_support(nemcon: Nemcon, desk: Path) -> None:
    lines = ask(nemcon, desk, "2024-05-05", OPENED)
    assert "  not known whether they object: " + NAMES in lines
    assert not any(line.startswith("  open") for line in lines)
    assert "- to know that there is no objection from 8 members" in lines


NAMES = "Member A, Member B, Member C, Member D, Member E, Member F, Member G and Member H"


def test_who_does_not_object_is_not_open_and_what_could_overturn_it_is_told(
    nemcon: Nemcon, desk: Path
) -> None:
    lines = ask(nemcon, desk, "2024-05-05", QUIET, rule="nato-consensus")
    assert "Verdict: met" in lines
    assert f"  not objecting: {NAMES}" in lines
    assert "  one objection would still overturn this, as long as it is not decided" in lines
    decided = '[[decision]]\nresult = "adopted"\nhappened = "2024-05-04"\nknown = "2024-05-04"\n'
    lines = ask(nemcon, desk, "2024-05-05", QUIET, decided, rule="nato-consensus")
    assert not any("overturn" in line for line in lines)


def test_a_rule_that_asks_for_support_says_open_as_ever(nemcon: Nemcon, desk: Path) -> None:
    for rule in ("nato-secretary-general", "roberts-majority", "php-rfc"):
        lines = ask(nemcon, desk, "2024-05-05", rule=rule)
        assert f"  open: {NAMES}" in lines, rule


def test_the_decision_names_manner_instant_and_rule(nemcon: Nemcon, desk: Path) -> None:
    stated = (
        '[[rule]]\nname = "nato-consensus"\ntitle = "By consensus"\ncite = "Article 4"\n'
        'procedure = "nato-consensus"\nknown = "2024-05-01"\n'
    )
    decided = (
        '[[decision]]\nresult = "adopted"\nmanner = "consensus"\nknown = "2024-05-04"\n'
        'happened = "2024-05-04T16:30+02:00"\n'
    )
    lines = ask(nemcon, desk, "2024-05-05", QUIET, stated, decided, rule="nato-consensus")
    assert (
        "Decision: adopted, decided by consensus on 4 May 2024, 16:30 UTC+02:00; "
        "under the rule “By consensus” (Article 4); carried"
    ) in lines
    found = json.loads(nemcon("status", "c.toml", "--on", "2024-05-05", "--json").out)
    assert found["decision"]["under"] == {
        "rule": "nato-consensus",
        "title": "By consensus",
        "cite": "Article 4",
    }
