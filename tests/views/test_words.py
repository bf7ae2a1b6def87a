"""Entries and dates in plain words."""

from pathlib import Path

import pytest
from hypothesis import given

from nemcon.entries import KINDS, Source
from nemcon.text import read_toml
from nemcon.views.dates import on_words, when_words
from nemcon.views.phrases import event_words, listed, plural, possessive, source_words
from nemcon.views.words import describe
from nemcon.when import When
from tests.random_entries import any_entry, whens

TITLES = {
    "romania": "Romania",
    "germany": "Germany",
    "turkiye": "Türkiye",
    "mark-rutte": "Mark Rutte",
    "klaus-iohannis": "Klaus Iohannis",
    "secretary-general": "Secretary General",
    "north-atlantic-council": "North Atlantic Council",
    "nato": "NATO",
}


@pytest.mark.parametrize(
    ("text", "named", "placed"),
    [
        ("2024-06-20", "20 June 2024", "on 20 June 2024"),
        ("2024-06", "June 2024", "in June 2024"),
        ("2024", "2024", "in 2024"),
        ("2024-06-10/2024-06-16", "10 to 16 June 2024", "between 10 and 16 June 2024"),
        ("2024-05-28/2024-06-03", "28 May to 3 June 2024", "between 28 May and 3 June 2024"),
        (
            "2023-12-30/2024-01-02",
            "30 December 2023 to 2 January 2024",
            "between 30 December 2023 and 2 January 2024",
        ),
        ("../2024-06-20", "by 20 June 2024", "by 20 June 2024"),
        ("2014-10-01/..", "1 October 2014 or later", "on 1 October 2014 or later"),
        ("../..", "an unknown date", "at an unknown date"),
        ("2024-06-20T09:00Z", "20 June 2024, 09:00 UTC", "on 20 June 2024, 09:00 UTC"),
        (
            "2024-06-20T09:00:30+02:00",
            "20 June 2024, 09:00:30 UTC+02:00",
            "on 20 June 2024, 09:00:30 UTC+02:00",
        ),
        ("2024-06-20~", "about 20 June 2024", "on about 20 June 2024"),
        ("2024?", "2024 (unsure)", "in 2024 (unsure)"),
        ("2024-06%", "about June 2024 (unsure)", "in about June 2024 (unsure)"),
    ],
)
def test_a_date_in_words(text, named, placed):
    when = When.parse(text)
    assert (when_words(when), on_words(when)) == (named, placed)


@given(whens())
def test_any_date_has_words(when):
    assert when_words(when)
    assert on_words(when)


def test_lists_and_numbers():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B"]) == "A and B"
    assert listed(["A", "B", "Côte d'Ivoire"]) == "A, B and Côte d'Ivoire"
    assert plural(1, "entry", "entries") == "1 entry"
    assert plural(1200, "member") == "1,200 members"
    assert (possessive("Romania"), possessive("the Netherlands")) == (
        "Romania's",
        "the Netherlands'",
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("decision", "the decision"),
        ("candidacy/klaus-iohannis/withdrawn", "the withdrawal of Klaus Iohannis"),
        ("membership/romania/accession", "the accession of Romania"),
        (
            "term/secretary-general/mark-rutte/start",
            "the start of Mark Rutte's term as Secretary General",
        ),
        ("something-else", "something-else"),
    ],
)
def test_an_event_in_words(key, words):
    assert event_words(key, TITLES) == words


def test_a_source_is_cited_by_what_is_known_of_it():
    date = When.parse("2024-06-20")
    assert source_words(Source(name="a", date=date)) == "report of 20 June 2024"
    assert source_words(Source(name="a", date=date, publisher="Wire")) == "Wire, 20 June 2024"
    full = Source(name="a", date=date, publisher="Wire", title="It is agreed")
    assert source_words(full) == "“It is agreed”, Wire, 20 June 2024"


def sentences():
    folder = Path(__file__).parent
    return read_toml((folder / "sentences.toml").read_text("utf-8"), "sentences.toml")


@pytest.mark.parametrize("entry", sentences().entries, ids=lambda entry: entry.id)
def test_an_entry_in_one_sentence(entry):
    assert describe(entry, TITLES) == entry.note


def test_the_sentences_show_every_kind():
    loaded = sentences()
    assert loaded.findings == ()
    assert {entry.kind for entry in loaded.entries} == set(KINDS)


@given(any_entry())
def test_any_entry_has_a_sentence(entry):
    sentence = describe(entry, TITLES)
    assert sentence.strip()
    assert "None" not in sentence or "None" in str(entry)
