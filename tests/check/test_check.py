"""All checks together: order, places, speed, and whatever data there is."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon import library
from nemcon.check import check
from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Count,
    Matter,
    Membership,
    Party,
    Position,
    Remark,
    Source,
    Span,
    Tally,
)
from nemcon.findings import Place
from nemcon.state import at
from nemcon.text import read_toml
from nemcon.when import When
from tests.check.documents import Document, procedures
from tests.random_entries import any_entry


def test_errors_come_first_then_by_code(document: Document):
    """
    [[position]]
    members = ["dee", "zoe"]
    source = "wires"
    happened = "2024-02-01"

    [[candidacy]]
    candidate = "ewa"
    """
    found = [(f.severity, f.code) for f in document.check()]
    assert found == [
        ("error", "not-a-member"),
        ("error", "unknown-member"),
        ("warning", "unknown-source"),
        ("note", "unknown-candidate"),
    ]


def test_of_one_matter_only_what_bears_on_it_is_told(document: Document):
    """
    [[matter]]
    name = "bikes"
    rule = "unanimity"

    [[matter]]
    name = "cars"
    rule = "unanimity"

    [[position]]
    matter = "bikes"
    members = ["zoe"]
    happened = "2024-02-01"

    [[position]]
    matter = "cars"
    members = ["zoe"]
    stance = "maybe"
    happened = "2024-02-01"

    [[position]]
    matter = "bike"
    members = ["ana"]
    happened = "2024-02-01"

    [[position]]
    members = ["ana"]
    happened = "2024-02-02"

    [[decision]]
    matter = "cars"
    happened = "2024-02-10"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2024-03-01"
    end = "2024-02-01"
    """
    every = [(f.code, f.place.line) for f in document.check() if f.place]
    of_bikes = [(f.code, f.place.line) for f in document.check(matter="bikes") if f.place]
    assert every == [
        ("term-ends-before-start", 33),
        ("unknown-member", 9),
        ("decision-not-shown-to-be-carried", 29),
        ("no-matter", 25),
        ("unknown-matter", 20),
        ("unknown-stance", 14),
    ]
    assert of_bikes == [
        ("term-ends-before-start", 33),
        ("unknown-member", 9),
        ("no-matter", 25),
        ("unknown-matter", 20),
    ]


def test_without_a_file_the_place_is_the_span():
    source = Source(name="wire", date=When.parse("2024"))
    span = Span("wire", 3, 6, "Ana")
    entries: list[AnyEntry] = [source, Remark(source="wire", spans=(span,), before="decision")]
    (finding,) = check(at(entries, source.date))
    assert finding.place == Place("wire", start=3, end=6)


def test_the_pack_of_nato_and_its_example(root):
    pack = read_toml(library.pack_text("nato"), "nato.toml")
    path = root / "examples" / "nato-2024" / "tally-chain.toml"
    chain = read_toml(path.read_text("utf-8"), "tally-chain.toml")
    entries = (*pack.entries, *chain.entries)
    places = {**pack.places, **chain.places}
    held = {entry.id for entry in entries}
    assert check(at(pack.entries, When.parse("2025-01-01")), held=held) == ()
    found = check(at(entries, When.parse("2025-01-01")), {}, places, held=held)
    # The one thing on which its sources disagree.
    assert [str(finding) for finding in found] == [
        (
            "tally-chain.toml:344: warning: reports of the move of Slovakia to 'support' for Mark "
            "Rutte contradict each other: 2024-06-17 ('hans-india-2024-06-18') and 2024-06-18 "
            "('kyiv-independent-2024-06-18'); correct the one that is wrong, or widen its date "
            "[contradicting-dates]"
        )
    ]


def test_sixty_years_without_a_finding():
    """At no date, and as known at no date, is anything wrong with the pack."""
    pack = read_toml(library.pack_text("nato"), "nato.toml")
    for year in range(1949, 2026):
        on = When.parse(f"{year}-07-01")
        assert check(at(pack.entries, on, on)) == ()


@given(st.lists(any_entry(), max_size=8), st.randoms())
def test_no_data_raises_and_the_order_changes_nothing(
    entries: list[AnyEntry], order: random.Random
):
    on = When.parse("2024-06-20")
    shuffled = order.sample(entries, len(entries))
    options: dict[str, Any] = {"procedures": procedures, "held": {entry.id for entry in entries}}
    found = check(at(entries, on), **options)
    assert found == check(at(shuffled, on), **options)
    assert all(finding.message.isprintable() for finding in found)


def many(number: int) -> tuple[list[AnyEntry], dict[str, str]]:
    """Entries as they come: 200 members, 100 reports, 20 matters, spans, counts and moves."""
    draw = random.Random(1)
    start = date(2024, 1, 1)
    days = [When.day(start + timedelta(n)) for n in range(100)]
    members = [f"member-{n}" for n in range(200)]
    text = "On Monday, 1 January 2024, all of them met. " * 100
    entries: list[AnyEntry] = [Party(name=name, title=name.title()) for name in members]
    entries += [Membership(member=name, happened=When.parse("2000-01-01")) for name in members]
    entries += [Source(name=f"s{n}", date=days[n]) for n in range(100)]
    entries += [Party(name=f"c{n}", title=f"Candidate {n}") for n in range(40)]
    entries += [Matter(name=f"m{n}", sort="selection", rule="unanimity") for n in range(20)]
    while len(entries) < number:
        day, at_ = draw.randrange(100), draw.randrange(1000)
        about: dict[str, Any] = {
            "matter": f"m{draw.randrange(20)}",
            "source": f"s{day}",
            "happened": days[day],
            "spans": (Span(f"s{day}", at_, at_ + 200, text[at_ : at_ + 200]),),
            "candidate": f"c{draw.randrange(40)}",
        }
        kind = draw.randrange(10)
        if kind < 8:
            who = draw.sample(members, draw.choice([1, 1, 1, 4]))
            entries.append(Position(members=tuple(who), note=str(len(entries)), **about))
        elif kind == 8:
            entries.append(Tally(counts=(Count("support", draw.randrange(200)),), of=200, **about))
        else:
            entries.append(Candidacy(note=str(len(entries)), **about))
    return entries, {f"s{n}": text for n in range(100)}


def test_ten_thousand_entries_of_two_hundred_members():
    entries, texts = many(10_000)
    state = at(entries, When.parse("2024-06-01"))
    held = {entry.id for entry in entries}
    found = check(state, texts, procedures=procedures, held=held)
    assert {one.code for one in found} <= {"no-candidacy"}


WRONG: dict[str, Callable[[int], AnyEntry]] = {
    "members": lambda n: Position(members=(f"nobody-{n}",)),
    "events": lambda n: Remark(before=f"candidacy/nobody-{n}/withdrawn"),
    "dates": lambda n: Source(name="same", date=When.day(date(2000, 1, 1) + timedelta(n))),
    "spans": lambda n: Remark(spans=(Span("long", n, n + 1, "x"),)),
    "weekdays": lambda n: Remark(note=f"on Friday, 29 February 2024, {n}"),
    "withdrawals": lambda n: Membership(member=f"m{n}", change="withdrawal"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_ten_thousand_mistakes_are_told(wrong: str):
    members = [Membership(member=f"member-{n}") for n in range(200)]
    entries = [*members, *(WRONG[wrong](n) for n in range(10_000))]
    state = at(entries, When.parse("2024-06-01"))
    found = check(state, {"long": "y" * 20_000}, procedures=procedures)
    # A withdrawal without a date is odd, and no contradiction.
    assert bool(found) is (wrong != "withdrawals")
