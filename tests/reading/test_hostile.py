"""Whatever the text: reading it raises nothing, ends, and takes time in proportion to it."""

import time
from itertools import cycle, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import Entry
from nemcon.reading import Document, Reading, open_document, read

Pack = tuple[Entry, ...]
LEAD = "The race to lead the Sample League is between Ann Example of Northmark and Bob Sample. "

# Words that mean something to the reader, and marks, in any order.
MEANING = [
    *("Northmark", "Southvale", "the", "Sample League", "Ann Example", "Example", "Bob Sample"),
    *("Director-General", "Grand Council", "President", "former", "Northmarkish", "government"),
    *("all", "other", "members", "7", "of", "seven", "over", "except", "some", "eastern", "and"),
    *("backs", "backed", "will", "has", "not", "had", "already", "announced", "said", "told"),
    *(
        "that",
        "it",
        "he",
        "they",
        "who",
        "which",
        "if",
        "with",
        "after",
        "withdrew",
        "from",
        "race",
    ),
    *("race", "candidacy", "bid", "for", "to", "become", "next", "appointed", "was", "be", "by"),
    *("on", "Monday", "(", "12", ")", "May", "2031", "last", "week", "in", "since", "until", "its"),
    *("'s", "’", ",", ".", "?", ";", ":", "–", '"', "“", "”", "requires", "approval", "expects"),
    *("joined", "step", "down", "office", "term", "ends", "one", "two", "systems", "donate", "his"),
]


def opened(text: str) -> Document:
    document = open_document(f" date 2031-05-14 {text}", "report.txt")
    assert isinstance(document, Document)
    return document


def sound(document: Document, pack: Pack) -> Reading:
    """Read it and check what must hold of every reading."""
    reading = read([document], [pack])
    at = document.start
    for sentence in reading.sentences:
        if document.dateline != (sentence.start, sentence.end):
            assert at <= sentence.start < sentence.end
            at = sentence.end
    for proposal in reading.proposals:
        assert proposal.entry.body == "sample-league"
        for span in proposal.entry.spans:
            assert document.text[span.start : span.end] == span.quote
    return reading


@given(st.lists(st.sampled_from(MEANING), max_size=40))
def test_no_mixture_of_telling_words_raises(sample: Pack, words: list[str]) -> None:
    sound(opened(f"{LEAD}{' '.join(words)}."), sample)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=300))
def test_no_text_raises(sample: Pack, text: str) -> None:
    document = open_document(f" date 2031-05-14 {LEAD}{text}", "report.txt")
    if isinstance(document, Document):
        sound(document, sample)


@given(st.sampled_from(["0001-01-01", "9999-12-31", "2031", "2031-05"]))
def test_the_ends_of_the_calendar_do_no_harm(sample: Pack, date: str) -> None:
    text = "Northmark backed Example last week, yesterday, next year and on Monday. " * 2
    document = open_document(f" date {date} {LEAD}{text}", "report.txt")
    if isinstance(document, Document):
        sound(document, sample)


def filled(piece: str, size: int) -> str:
    return "".join(islice(cycle(piece), size))


PIECES = {
    "sentences": "Northmark said on Monday that it would back Example. All others do. ",
    "one word": "a",
    "stops": ". ",
    "dots": ".",
    "quotes": '"a b c." ',
    "open quotes": "“a ",
    "single quotes": "'a b' ‘c’ \"d\" ",
    "brackets": "(Northmark ",
    "commas": "Northmark, ",
    "saying": "Northmark, which said that Example, who backs ",
    "titles": "President ",
    "nests": "the appointment of ",
    "dates": "on Monday June 20 2031 ",
    "lines": "Northmark\n",
    "spaces": " ",
    "digits": "1,",
    "tags": "<p>Northmark <b>backs</b> <a href='x'>Example</a>.</p> ",
    "tags that do not end": "<a <p> <!-",
    "menus": "<nav><script>",
    "entities": "Northmark&nbsp;backs&amp;Example. ",
    "soft hyphens": "North\u00admark ",
    "one word of soft hyphens": "a\u00ad",
    "polls": "Example came first in the straw poll. ",
    "candidates": "Ann Example, Bob Sample and Dee Filler have declared their candidacies. ",
    "names": "Prime Minister Ann Example and President Bob Sample met. ",
}


def seconds(text: str, pack: Pack) -> float:
    document = opened(LEAD + text)
    best = 60.0
    for _ in range(2):
        start = time.process_time()
        read([document], [pack])
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_four_times_the_text_takes_about_four_times_as_long(piece: str, sample: Pack) -> None:
    small, large = (seconds(filled(piece, size), sample) for size in (10_000, 40_000))
    # A quadratic reader would take sixteen times as long; 20 ms are lost in the noise.
    assert large < 9 * small + 0.02


def test_many_different_names_are_no_trouble(sample: Pack) -> None:
    def people(number: int) -> str:
        names = (f"President A{i:05}a Smith met Dee B{i:05}b. " for i in range(number))
        return "".join(names).translate(str.maketrans("0123456789", "abcdefghij"))

    small, large = seconds(people(150), sample), seconds(people(600), sample)
    assert large < 9 * small + 0.02


def test_many_reports_are_read_together(sample: Pack) -> None:
    documents = [opened(f"{LEAD} Northmark backs Example on May {day}.") for day in range(1, 29)]
    assert len(read(documents, [sample]).sources) == len(documents)
