"""The packs that come with the program, NATO's apart: whole, cited, and right by numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from nemcon import library
from nemcon.access.packs import pack
from nemcon.entries import (
    Body,
    Entry,
    Membership,
    Office,
    Organ,
    Party,
    Rule,
    Term,
    to_dict,
)
from nemcon.load import load

PACKS = library.packs()
OTHERS = [name for name in PACKS if name != "nato"]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
E = TypeVar("E", bound=Entry)


def only(name: str, cls: type[E]) -> list[E]:
    return [entry for entry in pack(name).entries if isinstance(entry, cls)]


def held(name: str, day: str) -> dict[str, dict[str, Any]]:
    """The members on a day with their attributes, from the lines of the pack alone."""
    on = date.fromisoformat(day)
    found: dict[str, dict[str, Any]] = {}
    out: set[str] = set()
    lines = sorted(only(name, Membership), key=lambda m: (last(m), m.change == "accession"))
    for line in lines:
        if last(line) > on:
            continue
        if line.change in ("accession", "attributes"):
            found.setdefault(line.member, {}).update(line.attributes)
        elif line.change == "withdrawal":
            del found[line.member]
        elif line.change == "suspension":
            out.add(line.member)
        else:
            out.discard(line.member)
    return {member: kept for member, kept in found.items() if member not in out}


def last(line: Membership) -> date:
    assert line.happened is not None
    day = line.happened.last_day()
    assert day is not None
    return day


def total(members: Mapping[str, Mapping[str, Any]], attribute: str) -> int:
    return sum(kept[attribute] for kept in members.values())


# Whole and cited


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_loads_without_findings_and_describes_the_body_of_its_name(name):
    assert pack(name).findings == ()
    assert [body.name for body in only(name, Body)] == [name]
    assert {entry.body for entry in pack(name).entries} == {name}


@pytest.mark.parametrize("name", PACKS)
def test_every_line_is_cited(name):
    assert [to_dict(entry) for entry in pack(name).entries if not entry.cite] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_name_that_a_line_uses_is_declared(name):
    parties = {party.name for party in only(name, Party)}
    offices = {office.name for office in only(name, Office)}
    organs = {organ.name for organ in only(name, Organ)}
    rules = {rule.name for rule in only(name, Rule)}
    assert {line.member for line in only(name, Membership)} <= parties
    assert {term.holder for term in only(name, Term)} <= parties
    assert {term.office for term in only(name, Term)} <= offices
    assert {rule.organ for rule in only(name, Rule)} <= organs
    assert {rule.office for rule in only(name, Rule) if rule.office} <= offices
    assert {office.organ for office in only(name, Office)} <= organs
    assert {office.rule for office in only(name, Office)} <= rules
    assert {rule.procedure for rule in only(name, Rule)} <= set(library.procedure_ids())


@pytest.mark.parametrize("name", PACKS)
def test_no_word_stands_for_two_things(name):
    words: Counter[str] = Counter()
    for entry in pack(name).entries:
        if isinstance(entry, Party):
            words.update({entry.title, *entry.aliases, *entry.demonyms, *entry.metonyms})
        elif isinstance(entry, Body | Organ | Office):
            words.update({entry.title, *entry.aliases})
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_says_at_its_top_what_it_covers(name):
    assert library.pack_text(name).startswith("# ")


def test_no_name_of_a_body_is_that_of_another():
    words: Counter[str] = Counter()
    for name in PACKS:
        (body,) = only(name, Body)
        words.update({body.title, *body.aliases})
    assert [word for word, count in words.items() if count > 1] == []


# Right by numbers


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("1958-01-01", 6),
        ("1973-01-01", 9),
        ("1981-01-01", 10),
        ("1986-01-01", 12),
        ("1995-01-01", 15),
        ("2004-05-01", 25),
        ("2007-01-01", 27),
        ("2013-07-01", 28),
        ("2020-01-31", 28),
        ("2020-02-01", 27),
    ],
)
def test_the_union_grows_and_loses_one(day, members):
    assert len(held("eu", day)) == members


def test_the_populations_of_the_union_are_those_of_one_table():
    members = held("eu", "2024-06-17")
    assert total(members, "pop") == 446_472_959
    assert members["germany"] == {"pop": 82_850_000}
    assert total(held("eu", "2025-06-01"), "share-2025") == 10_001


def test_the_six_have_seventeen_votes():
    assert total(held("eec", "1958-01-01"), "votes") == 17


@pytest.mark.parametrize("year", range(1993, 2027))
def test_the_security_council_has_fifteen_members_on_every_day_since_1993(year):
    for day in (f"{year}-01-01", f"{year}-12-31"):
        members = held("un-security-council", day)
        assert Counter(kept["permanent"] for kept in members.values()) == {True: 5, False: 10}


def test_six_of_fifty_five_could_not_vote_in_addis_ababa_in_2025():
    assert len({line.member for line in only("african-union", Membership)}) == 55
    assert len(held("african-union", "2025-02-15")) == 49


def test_the_electors_of_the_president_are_538():
    members = held("us-electoral-college", "2024-11-05")
    assert (len(members), total(members, "votes")) == (51, 538)


def test_the_bundesrat_has_69_votes_since_hesse_has_five():
    assert total(held("de-bundesrat", "1995-12-31"), "votes") == 68
    assert total(held("de-bundesrat", "2002-03-22"), "votes") == 69


def test_the_board_of_the_fund_has_five_million_votes():
    members = held("imf-executive-board", "2022-12-31")
    assert (len(members), total(members, "votes")) == (24, 5_001_244)


@pytest.mark.parametrize(
    ("day", "members"), [("2002-01-01", 144), ("2020-10-28", 164), ("2024-08-30", 166)]
)
def test_the_members_of_the_world_trade_organization(day, members):
    assert len(held("wto", day)) == members


def test_the_general_assembly_has_193_members():
    assert len(held("un-general-assembly", "2020-05-15")) == 193
    assert held("un-general-assembly", "2019-09-16") == {}


def test_two_members_joined_the_model_cooperative_later():
    days = ("2026-01-01", "2026-03-01", "2026-06-15")
    assert [len(held("cooperative", day)) for day in days] == [12, 13, 14]


def test_the_model_cooperative_is_marked_as_invented_and_names_nobody():
    assert "invented" in library.pack_text("cooperative").splitlines()[0]
    names = {party.name for party in only("cooperative", Party)}
    assert names == {f"member-{n:02}" for n in range(1, 15)}


# Which body a report is about

REPORTS = {
    "nato": """ date 2024-06-20 All 32 members of the North Atlantic Treaty Organization (NATO)
now back Mark Rutte. The European Union, whose Council meets on Thursday, and the UN Security
Council were not concerned. NATO decides by consensus.""",
    "wto": """ date 2020-10-28 Members of the World Trade Organization (WTO) were told in Geneva
that Ngozi Okonjo-Iweala of Nigeria is most likely to attract consensus as director-general. The
United States said it could not join. The WTO has 164 members; the European Union and the African
Union backed her, and NATO has no say.""",
    "african-union": """ date 2025-02-15 The African Union elected Mahmoud Ali Youssouf of Djibouti
as chairperson of the African Union Commission. He had 33 votes of 49. The WTO and NATO sent
congratulations.""",
    "un-security-council": """ date 2016-10-06 The United Nations Security Council recommended
António Guterres. In the UN Security Council no permanent member was against. NATO was silent.""",
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_is_read_for_the_body_that_it_names_most(name, tmp_path: Path):
    report = tmp_path / "report.txt"
    report.write_text(REPORTS[name], "utf-8")
    found = load([str(report)], NOW)
    assert found.packs == (name,)


def test_a_report_that_names_no_body_is_asked_about(tmp_path: Path):
    report = tmp_path / "report.txt"
    report.write_text(" date 2024-06-20 Somebody met somebody in Brussels.", "utf-8")
    found = load([str(report)], NOW)
    assert found.packs == ()
    assert [finding.code for finding in found.findings] == ["body-not-found"]
