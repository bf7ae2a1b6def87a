"""A record from its first report to a correction, as somebody keeps it by hand."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nemcon.load import load
from tests.cli.conftest import CHAIN, FIRST, SECOND, Nemcon


@pytest.fixture
def mill(desk: Path, root: Path) -> Path:
    """The desk with the files of the cooperative on it."""
    for name in ("coop.toml", "coop-2.toml"):
        shutil.copy(root / "tests" / "cli" / name, desk / name)
    return desk


def proposals(nemcon: Nemcon, kind: str = "") -> list[str]:
    """The ids of the open proposals, of one kind."""
    found: list[str] = json.loads(nemcon("confirm", "r.nemcon", "--json").out)["open"]
    return [ident for ident in found if ident.startswith(kind)]


def verdict(nemcon: Nemcon, *options: str) -> str:
    view = json.loads(nemcon("status", "r.nemcon", *options, "--json").out)
    return str(view.get("verdict", view.get("error")))


def test_a_report_waits_for_confirmation_and_then_counts(desk: Path, nemcon: Nemcon) -> None:
    done = nemcon("add", FIRST, "--record", "r.nemcon", "--by", "Anna Ek")
    assert done.code == 0, done
    assert done.out.startswith(
        "Made a new record: r.nemcon, with its keys in r.nemcon.keys\n"
        "Keep both, in two places: without its keys a record cannot be read\n"
    )
    many = len(proposals(nemcon))
    assert f"{many} proposals wait for confirmation: nemcon confirm r.nemcon\n" in done.out

    on = ("--on", "2024-06-20")
    assert verdict(nemcon, *on).startswith("nothing confirmed here speaks of a matter")
    assert verdict(nemcon, *on, "--proposed") == "met"

    assert nemcon("confirm", "r.nemcon", *proposals(nemcon, "position")).code == 0
    assert verdict(nemcon, *on) == "cannot tell"
    done = nemcon("confirm", "r.nemcon", "--all", "--by", "Anna Ek")
    assert done.code == 0
    assert proposals(nemcon) == []
    assert verdict(nemcon, *on) == "met"
    view = json.loads(nemcon("status", "r.nemcon", *on, "--json").out)
    assert (view["proposed"], view["sealed"], view["erased"]) == (0, 0, 0)


def test_a_confirmation_is_undone_by_rejecting_and_that_by_confirming(
    desk: Path, nemcon: Nemcon
) -> None:
    nemcon("add", FIRST, "--record", "r.nemcon")
    nemcon("confirm", "r.nemcon", "--all")
    (tally,) = [i for i in entries(nemcon) if i.startswith("tally-")]
    on = ("--on", "2024-06-20")
    done = nemcon("reject", "r.nemcon", tally[:14], "--reason", "counted twice")
    assert (done.code, done.out.splitlines()[0]) == (0, "1 proposal rejected")
    assert verdict(nemcon, *on) == "cannot tell"
    again = nemcon("reject", "r.nemcon", tally)
    assert again.code == 0
    assert again.out.startswith("Already rejected: 32 of 32 members supported Mark Rutte")
    assert nemcon("confirm", "r.nemcon", tally).code == 0
    assert verdict(nemcon, *on) == "met"
    assert nemcon("reject", "r.nemcon", tally).code == 0
    assert verdict(nemcon, *on) == "cannot tell"


def entries(nemcon: Nemcon) -> list[str]:
    """The ids of everything that was read in the first report."""
    view = json.loads(nemcon("read", FIRST, "--json").out)
    return [proposal["id"] for proposal in view["proposals"]]


def test_the_text_of_a_report_is_kept_so_that_spans_can_be_shown(
    desk: Path, nemcon: Nemcon
) -> None:
    nemcon("add", FIRST, SECOND, "--record", "r.nemcon")
    nemcon("confirm", "r.nemcon", "--all")
    Path(FIRST).unlink()
    Path(SECOND).unlink()
    told = nemcon("why", "r.nemcon", "--on", "2024-06-20").out
    assert "“All 32 members now support the Dutchman” (report of 20 June 2024, characters" in told
    assert nemcon("check", "r.nemcon").code == 0
    assert b"Dutchman" not in Path("r.nemcon").read_bytes() + Path("r.nemcon.keys").read_bytes()


def test_reports_added_one_by_one_are_read_together(desk: Path, nemcon: Nemcon) -> None:
    nemcon("add", FIRST, "--record", "r.nemcon")
    nemcon("add", SECOND, "--record", "r.nemcon")
    one_by_one = proposals(nemcon)
    Path("r.nemcon").rename("old.nemcon")
    Path("r.nemcon.keys").rename("old.nemcon.keys")
    nemcon("add", SECOND, FIRST, "--record", "r.nemcon")
    assert sorted(proposals(nemcon)) == sorted(one_by_one)
    assert nemcon("add", FIRST, SECOND, "--record", "r.nemcon").out.startswith("Nothing new: ")


def test_asking_the_record_answers_as_asking_the_files(desk: Path, nemcon: Nemcon) -> None:
    nemcon("add", FIRST, SECOND, "--record", "r.nemcon")
    nemcon("confirm", "r.nemcon", "--all")
    asked = ("--on", "2024-06-26", "--known", "2024-06-26", "--json")
    record = json.loads(nemcon("status", "r.nemcon", *asked).out)
    files = json.loads(nemcon("status", FIRST, SECOND, *asked).out)
    for view in (record, files):
        view.pop("proposed")
        view.pop("not_understood")  # tells of reports that are read now
        for finding in view["findings"]:
            finding.pop("place")
    assert record == files


def test_a_dry_run_writes_nothing(desk: Path, nemcon: Nemcon) -> None:
    done = nemcon("add", CHAIN, "--record", "r.nemcon", "--dry-run")
    assert done.code == 0
    assert done.out.startswith("Would add 53 entries to r.nemcon\n")
    assert not Path("r.nemcon").exists()
    nemcon("add", FIRST, "--record", "r.nemcon")
    before = Path("r.nemcon").read_bytes()
    assert nemcon("add", CHAIN, "--record", "r.nemcon", "--dry-run").code == 0
    assert Path("r.nemcon").read_bytes() == before


def test_files_may_wait_for_confirmation_too(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    nemcon("add", "coop-2.toml", "--record", "r.nemcon", "--proposed")
    assert sorted(ident.partition("-")[0] for ident in proposals(nemcon)) == [
        "decision",
        "position",
    ]
    assert verdict(nemcon, "--on", "2024-03-16") == "not met"
    done = nemcon("confirm", "r.nemcon", *proposals(nemcon, "decision"))
    assert done.code == 1
    assert "Nothing was written to r.nemcon: 1 error" in done.out
    assert "state the chair's reason in 'reason'" in done.out
    done = nemcon("confirm", "r.nemcon", "--all")
    assert done.code == 0
    assert "Notice of adoption: The General Assembly adopted the motion by consensus" in done.out
    assert verdict(nemcon, "--on", "2024-03-16") == "met"


def test_a_correction_keeps_both_entries(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "coop-2.toml", "--record", "r.nemcon")
    listed = json.loads(nemcon("why", "r.nemcon", "--on", "2024-03-16", "--json").out)
    (cy,) = [
        leaf["entries"][0]
        for reason in listed["reasons"]
        for leaf in reason.get("below", ())
        if leaf["text"].startswith("Cy Þór came to support")
    ]
    right = '[position]\nbody = "mill"\nmatter = "new-roof"\nmembers = "cy"\nclaim = "changes"\n'
    Path("right.toml").write_text(right + 'happened = "2024-03-14"\n', "utf-8")
    done = nemcon("correct", "r.nemcon", cy, "--with", "right.toml", "--reason", "a day off")
    assert done.code == 0
    assert done.out.splitlines()[0].startswith("No longer counts: Cy Þór came to support")
    assert "on 14 March 2024" in done.out.splitlines()[1]
    assert verdict(nemcon, "--on", "2024-03-14") == "met"
    assert verdict(nemcon, "--on", "2024-03-14", "--known", "2024-03-20") == "not met"
    assert nemcon("correct", "r.nemcon", cy, "--with", "coop.toml").code == 1
    again = nemcon("correct", "r.nemcon", cy, "--with", "right.toml", "--reason", "a day off")
    assert again.code == 0


def backing_of_two(nemcon: Nemcon) -> str:
    """The id of the one position of `coop.toml`."""
    view = json.loads(nemcon("status", "r.nemcon", "--on", "2024-03-10", "--json").out)
    (ident,) = view["reasons"][0]["entries"]
    return str(ident)


RIGHT = """
body = "mill"

[[source]]
name = "letter-of-bo"
date = "2024-03-18"
title = "Letter of Bo Åk"

[[position]]
matter = "new-roof"
members = "ana"
claim = "changes"
happened = "2024-03-10"
source = "letter-of-bo"
"""


def test_a_correction_brings_the_source_it_rests_on(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    backing = backing_of_two(nemcon)
    Path("right.toml").write_text(RIGHT, "utf-8")
    done = nemcon("correct", "r.nemcon", backing, "--with", "right.toml", "--reason", "misheard")
    assert done.code == 0, done
    lines = done.out.splitlines()
    assert lines[0].startswith("No longer counts: Ana Blé and Bo Åk came to support the motion")
    assert lines[1].startswith("Stands instead: Ana Blé came to support the motion")
    assert lines[2].startswith("Added: Source: ")
    assert "Letter of Bo Åk" in lines[2]
    why = nemcon("why", "r.nemcon", "--on", "2024-03-20").out
    assert "Letter of Bo Åk" in why
    # The letter made it known: before that, what the minutes had said still stood.
    for known, least in (("2024-03-17", 2), ("2024-03-18", 1)):
        view = json.loads(
            nemcon("status", "r.nemcon", "--on", "2024-03-12", "--known", known, "--json").out
        )
        assert view["support"]["support"]["least"] == least, known


def test_what_is_dropped_may_rest_on_a_source_too(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "coop-2.toml", "--record", "r.nemcon")
    drop = ("correct", "r.nemcon", backing_of_two(nemcon), "--drop", "--reason", "misheard")
    wrong = nemcon(*drop, "--source", "minutes-3")
    assert wrong.code == 2
    assert "neither the record nor the file holds it; did you mean 'minutes-" in wrong.err
    assert nemcon(*drop, "--source", "minutes-2").code == 0
    for known, least in (("2024-03-14", 2), ("2024-03-15", 0)):
        view = json.loads(
            nemcon("status", "r.nemcon", "--on", "2024-03-12", "--known", known, "--json").out
        )
        assert view["support"]["support"]["least"] == least, known


def test_a_source_that_is_held_already_is_not_written_twice(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    backing = backing_of_two(nemcon)
    Path("right.toml").write_text(RIGHT, "utf-8")
    Path("letter.toml").write_text(RIGHT.partition("[[position]]")[0], "utf-8")
    assert nemcon("add", "letter.toml", "--record", "r.nemcon").code == 0
    done = nemcon("correct", "r.nemcon", backing, "--with", "right.toml", "--reason", "misheard")
    assert done.code == 0
    assert "Added: " not in done.out


def test_two_entries_are_no_correction_of_one(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    before = Path("r.nemcon").read_bytes()
    second = RIGHT.partition("[[position]]")[2]
    Path("right.toml").write_text(f"{RIGHT}\n[[position]]{second}".replace('"ana"', '"bo"', 1))
    args = ("correct", "r.nemcon", backing_of_two(nemcon), "--with", "right.toml")
    done = nemcon(*args, "--reason", "misheard")
    assert done.code == 1
    assert "exactly one entry, and beside it the [[source]] that it cites" in done.err
    assert Path("r.nemcon").read_bytes() == before


def test_what_is_wrong_with_a_correction_is_told_by_its_line(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    backing = backing_of_two(nemcon)
    Path("wrong.toml").write_text(
        '# Cai is no member.\n\n[[position]]\nbody = "mill"\nmatter = "new-roof"\n'
        'members = "cai"\nhappened = "2024-03-10"\n',
        "utf-8",
    )
    done = nemcon("correct", "r.nemcon", backing, "--with", "wrong.toml", "--reason", "misheard")
    assert done.code == 1
    assert "- wrong.toml:3 (members): error: no party entry has the name 'cai'" in done.out


def test_rival_corrections_are_told_where_the_entry_stands(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    backing = backing_of_two(nemcon)
    rivals = f'[[correction]]\ncorrects = "{backing}"\nreason = "misheard"\n'
    rivals += '[[position]]\nmatter = "new-roof"\nmembers = "bo"\nhappened = "2024-03-10"\n'
    Path("rivals.toml").write_text(f'body = "mill"\n{rivals}', "utf-8")
    (bo,) = [
        f["id"]
        for f in json.loads(nemcon("add", "rivals.toml", "--record", "r.nemcon", "--json").out)[
            "added"
        ]
        if f["id"].startswith("position-")
    ]
    Path("more.toml").write_text(
        f'body = "mill"\n[correction]\ncorrects = "{backing}"\nreplacement = "{bo}"\n', "utf-8"
    )
    nemcon("add", "more.toml", "--record", "r.nemcon")
    done = nemcon("register", "r.nemcon")
    assert "- r.nemcon (entry 12): warning: 2 corrections of position-" in done.out


def test_a_dropped_entry_counts_no_longer(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    on = ("--on", "2024-03-10")
    view = json.loads(nemcon("status", "r.nemcon", *on, "--json").out)
    assert view["support"]["support"]["least"] == 2
    (backing,) = view["reasons"][0]["entries"]
    assert nemcon("correct", "r.nemcon", backing, "--drop", "--reason", "misheard").code == 0
    view = json.loads(nemcon("status", "r.nemcon", *on, "--json").out)
    assert view["support"]["support"]["most"] == 0


def test_an_open_proposal_that_is_corrected_is_open_no_longer(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    nemcon("add", "coop-2.toml", "--record", "r.nemcon", "--proposed")
    (cy,) = proposals(nemcon, "position")
    assert nemcon("correct", "r.nemcon", cy, "--drop", "--reason", "misread").code == 0
    assert proposals(nemcon, "position") == []


@pytest.mark.parametrize("waits", [False, True])
def test_a_correction_into_what_the_record_holds_keeps_its_date(
    mill: Path, nemcon: Nemcon, waits: bool
) -> None:
    """What stood by itself, or waited to, is known from its own date and not the correction's."""
    twin = (
        'body = "mill"\nmatter = "new-roof"\n[[position]]\nmembers = "cy"\nclaim = "changes"\n'
        'happened = "2024-03-13"\n'
    )
    Path("twin.toml").write_text(twin, "utf-8")
    nemcon("add", "coop.toml", "coop-2.toml", "--record", "r.nemcon")
    nemcon("add", "twin.toml", "--record", "r.nemcon", *(["--proposed"] if waits else []))
    items = load(["r.nemcon"], datetime.now(UTC)).items
    (wrong,) = [
        each.entry.id
        for each in items
        if each.entry.kind == "position" and each.entry.source == "minutes-2"
    ]
    done = nemcon("correct", "r.nemcon", wrong, "--with", "twin.toml", "--reason", "a slip")
    assert done.code == 0, done
    assert proposals(nemcon) == []
    assert verdict(nemcon, "--on", "2024-03-14") == "met"
    assert verdict(nemcon, "--on", "2024-03-14", "--known", "2024-03-14") == "met"


def test_what_the_record_held_at_an_instant_can_be_asked(mill: Path, nemcon: Nemcon) -> None:
    added = json.loads(nemcon("add", "coop.toml", "--record", "r.nemcon", "--json").out)["added"]
    instant = added[-1]["recorded"]
    nemcon("add", "coop-2.toml", "--record", "r.nemcon")
    on = ("--on", "2024-03-16")
    assert verdict(nemcon, *on) == "met"
    assert verdict(nemcon, *on, "--recorded", instant.replace("+00:00", "Z")) == "not met"


def test_a_record_of_another_body_takes_no_report(mill: Path, nemcon: Nemcon) -> None:
    nemcon("add", "coop.toml", "--record", "r.nemcon")
    done = nemcon("add", CHAIN, "--record", "r.nemcon")
    assert done.code == 1
    assert "but the record is that of mill; keep one record for each body" in done.out
