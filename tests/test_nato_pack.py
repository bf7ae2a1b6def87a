"""The NATO pack and the loader of packaged data."""

import re
import tomllib
from collections import Counter
from dataclasses import fields
from datetime import date, timedelta
from itertools import pairwise

import pytest

from nemcon import library
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
from nemcon.text import Loaded, read_toml
from nemcon.when import When

ACCESSIONS = [
    ("1949-08-24", 0, 12),
    ("1952-02-18", 12, 14),
    ("1955-05-06", 14, 15),
    ("1982-05-30", 15, 16),
    ("1999-03-12", 16, 19),
    ("2004-03-29", 19, 26),
    ("2009-04-01", 26, 28),
    ("2017-06-05", 28, 29),
    ("2020-03-27", 29, 30),
    ("2023-04-04", 30, 31),
    ("2024-03-07", 31, 32),
]


@pytest.fixture(scope="module")
def pack() -> Loaded:
    return read_toml(library.pack_text("nato"), "nato.toml")


def only(pack, cls):
    return [entry for entry in pack.entries if isinstance(entry, cls)]


def day(when: When | None) -> date:
    assert when is not None
    assert when.certain
    last = when.last_day()
    assert last is not None
    return last


def known_day(entry: Entry) -> date | None:
    """The day from which a line of a pack is known: stated, else the last day it names."""
    if entry.known:
        return day(entry.known)
    values = (getattr(entry, item.name) for item in fields(entry))
    return max((x.last_day() for x in values if isinstance(x, When)), default=None)  # type: ignore[type-var]


def members(pack, on: date) -> set[str]:
    return {m.member for m in only(pack, Membership) if day(m.happened) <= on}


def test_the_pack_loads_without_findings(pack):
    assert pack.findings == ()
    assert Counter(entry.kind for entry in pack.entries) == {
        "body": 1,
        "organ": 1,
        "office": 1,
        "rule": 2,
        "party": 47,
        "membership": 32,
        "term": 31,
    }


@pytest.mark.parametrize(("accession", "before", "after"), ACCESSIONS)
def test_members_on_the_day_before_and_on_the_day_of_each_accession(pack, accession, before, after):
    on = date.fromisoformat(accession)
    assert len(members(pack, on - timedelta(days=1))) == before
    assert len(members(pack, on)) == after


def test_nobody_acceded_twice_or_left(pack):
    changes = only(pack, Membership)
    assert {change.change for change in changes} == {"accession"}
    assert len({change.member for change in changes}) == len(changes)


def test_every_line_is_cited(pack):
    assert [to_dict(entry) for entry in pack.entries if not entry.cite] == []


def test_every_line_belongs_to_the_body(pack):
    assert {entry.body for entry in pack.entries} == {"nato"}


def test_ids_are_lower_case_words_with_hyphens(pack):
    names = [e.name for e in pack.entries if isinstance(e, Body | Organ | Office | Party | Rule)]
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert len(set(names)) == len(names)


def test_every_name_that_a_line_uses_is_declared(pack):
    parties = {party.name for party in only(pack, Party)}
    offices = {office.name for office in only(pack, Office)}
    organs = {organ.name for organ in only(pack, Organ)}
    rules = {rule.name for rule in only(pack, Rule)}
    assert {m.member for m in only(pack, Membership)} <= parties
    assert {p.of for p in only(pack, Party) if p.of} <= parties
    assert {t.holder for t in only(pack, Term)} <= parties
    assert {t.succeeds for t in only(pack, Term) if t.succeeds} <= parties
    assert {t.office for t in only(pack, Term)} == offices
    assert {o.organ for o in only(pack, Office)} | {r.organ for r in only(pack, Rule)} == organs
    assert {o.rule for o in only(pack, Office)} <= rules
    assert {o.chair for o in only(pack, Organ)} == offices
    assert {r.office for r in only(pack, Rule) if r.office} == offices
    assert {r.procedure for r in only(pack, Rule)} <= set(library.procedure_ids())


def test_every_member_is_a_state_and_every_state_a_member(pack):
    states = {party.name for party in only(pack, Party) if party.sort == "state"}
    assert states == members(pack, date(2024, 3, 7))


def test_every_person_held_the_office(pack):
    persons = {party.name for party in only(pack, Party) if party.sort == "person"}
    assert persons == {term.holder for term in only(pack, Term)}


def terms(pack) -> list[tuple[date, date | None, str]]:
    """Start, end and holder of each term, from its two lines."""
    starts = sorted((day(t.start), t.holder) for t in only(pack, Term) if t.start)
    ends = sorted((day(t.end), t.holder) for t in only(pack, Term) if t.end)
    found = []
    for start, holder in starts:
        end = next((e for e, who in ends if who == holder and e > start), None)
        found.append((start, end, holder))
    return found


def test_a_start_and_an_end_are_two_lines(pack):
    assert [t for t in only(pack, Term) if bool(t.start) == bool(t.end)] == []


def test_terms_do_not_overlap_and_only_the_last_is_open(pack):
    listed = terms(pack)
    assert [holder for _, end, holder in listed if end is None] == ["mark-rutte"]
    for (_, end, _), (start, _, _) in pairwise(listed):
        assert end is not None
        assert end <= start


def test_each_end_belongs_to_one_start(pack):
    ends = sorted(day(t.end) for t in only(pack, Term) if t.end)
    assert ends == sorted(end for _, end, _ in terms(pack) if end)


def test_vacancies_stay_gaps(pack):
    listed = terms(pack)
    gaps = [
        (str(end), str(start)) for (_, end, _), (start, _, _) in pairwise(listed) if end != start
    ]
    assert gaps == [("1999-10-06", "1999-10-14"), ("2003-12-17", "2004-01-05")]


def test_the_acting_holder_is_marked_in_both_lines_of_both_terms(pack):
    acting = [t for t in only(pack, Term) if t.acting]
    assert {t.holder for t in acting} == {"sergio-balanzino"}
    assert len(acting) == 4


def test_each_successor_follows_the_holder_before(pack):
    starts = sorted((t for t in only(pack, Term) if t.start), key=lambda t: day(t.start))
    assert [t.succeeds for t in starts] == ["", *[t.holder for t in starts[:-1]]]


def test_a_fact_is_known_from_its_own_day(pack):
    for term in only(pack, Term):
        assert known_day(term) == day(term.start or term.end)
    for change in only(pack, Membership):
        assert known_day(change) == day(change.happened)


def test_a_person_is_known_from_the_day_of_taking_office(pack):
    first = {holder: start for start, _, holder in reversed(terms(pack))}
    persons = [party for party in only(pack, Party) if party.sort == "person"]
    assert {party.name: known_day(party) for party in persons} == first


def test_nothing_tells_who_would_follow_before_the_hand_over(pack):
    eve = date(2024, 9, 30)
    known = [e for e in pack.entries if (known_day(e) or date.min) <= eve]
    assert len(known) == len(pack.entries) - 3
    assert [e for e in known if "rutte" in str(to_dict(e)).lower()] == []
    assert [e for e in pack.entries if "iohannis" in str(to_dict(e)).lower()] == []


def test_no_word_stands_for_two_things(pack):
    words: Counter[str] = Counter()
    for entry in pack.entries:
        if isinstance(entry, Party):
            words.update({entry.title, *entry.aliases, *entry.demonyms, *entry.metonyms})
        elif isinstance(entry, Body | Organ | Office):
            words.update({entry.title, *entry.aliases})
    assert [word for word, count in words.items() if count > 1] == []


def test_no_word_of_a_line_is_given_twice(pack):
    for entry in pack.entries:
        for name in ("aliases", "demonyms", "metonyms", "roles"):
            given = getattr(entry, name, ())
            assert len(set(given)) == len(given), (entry, name)


def test_the_rule_of_the_office_asks_for_every_member(pack):
    (office,) = only(pack, Office)
    rule = next(rule for rule in only(pack, Rule) if rule.name == office.rule)
    assert (office.short, rule.requires, rule.office) == ("sg", "approval-of-all", office.name)


@pytest.mark.parametrize("name", ["nato-consensus", "nato-secretary-general"])
def test_each_procedure_has_cited_clauses_and_cases_on_both_sides(name):
    procedure = tomllib.loads(library.procedure_text(name))
    favourable = {line["is"]: line.get("favourable", False) for line in procedure["outcome"]}
    assert {favourable[case["expected"]] for case in procedure["case"]} == {True, False}
    for row in procedure["clause"] + procedure["case"]:
        assert row["cite"]
        assert row["confidence"] in ("seen", "memory")


def test_the_library_lists_what_it_can_give():
    assert "nato" in library.packs()
    assert {"nato-consensus", "nato-secretary-general"} <= set(library.procedure_ids())
    for name in library.packs():
        assert library.pack_text(name)
    for name in library.procedure_ids():
        assert f'id = "{name}"' in library.procedure_text(name)


@pytest.mark.parametrize("name", ["", "atlantis", "../procedures/nato-consensus", "nato.toml"])
def test_the_library_gives_nothing_else(name):
    with pytest.raises(KeyError):
        library.pack_text(name)
    with pytest.raises(KeyError):
        library.procedure_text(name)
