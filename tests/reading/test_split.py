"""Sentences, quotations and words, each with its place."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.reading.split import sentences
from nemcon.reading.words import is_possessive, seen, tokens_of


def split(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in sentences(text, 0)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("The U.S. President spoke. He left.", ["The U.S. President spoke.", "He left."]),
        ("It happened in the U.S. The end.", ["It happened in the U.S.", "The end."]),
        ("Mr. A and St. B met on Oct. 1. Then?", ["Mr. A and St. B met on Oct. 1.", "Then?"]),
        ("“A b. C d,” he said. E.", ["“A b. C d,” he said.", "E."]),
        ('He said "No. Never." Then he left.', ['He said "No. Never."', "Then he left."]),
        ("A word (and more.) B.", ["A word (and more.)", "B."]),
        ("Version 2.5 of it. Next.", ["Version 2.5 of it.", "Next."]),
        ("Wait... What?", ["Wait...", "What?"]),
        ("This was wrapped at a width\nthat is the same. Two.",
         ["This was wrapped at a width\nthat is the same.", "Two."]),
        ("A title\nThis is a long line of text that follows it.",
         ["A title", "This is a long line of text that follows it."]),
        ("A.\n\nB.\r\n\r\nC.", ["A.", "B.", "C."]),
    ],
)  # fmt: skip
def test_text_is_split_into_sentences(text: str, parts: list[str]) -> None:
    assert split(text) == parts


@pytest.mark.parametrize(
    ("text", "complete"),
    [("A title", False), ("A sentence.", True), ("“Said.”", True), ("Note:", True)],
)
def test_a_sentence_without_its_stop_is_not_complete(text: str, complete: bool) -> None:
    assert [piece.complete for piece in sentences(text, 0)] == [complete]


def quoted(text: str) -> str:
    (piece,) = sentences(text, 0)
    tokens = tokens_of(text, piece.start, piece.end, piece.quotes)
    return " ".join(token.text for token in tokens if token.quoted)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("He said “a b” and left.", "“ a b ”"),
        ('He said "a b" and left.', '" a b "'),
        ("He said “a b and left.", "“ a b and left ."),
        ("a b” he said.", "a b ”"),
        ("He said ‘the allies’ choice,’ and left.", "‘ the allies ’ choice , ’"),
        ("He said 'a b,' and left.", "' a b , '"),
        ("The allies' choice is the States' own.", ""),
        ("Nobody said it.", ""),
    ],
)
def test_what_may_be_somebodys_words_is_marked(text: str, inside: str) -> None:
    assert quoted(text) == inside


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iohannis’ bid", ["Iohannis", "’", "bid"]),
        ("Rutte's bid", ["Rutte", "'s", "bid"]),
        ("Rutteʼs bid", ["Rutte", "ʼs", "bid"]),
        ("It hasn’t", ["It", "hasn’t"]),
        ("U.S. Secretary-General", ["U.S.", "Secretary-General"]),
        ("28 of 4,000 on the 20th", ["28", "of", "4,000", "on", "the", "20th"]),
        ("A–B — c", ["A", "–", "B", "—", "c"]),
        ("on Oct. 1.", ["on", "Oct.", "1", "."]),
    ],
)
def test_text_is_split_into_words(text: str, words: list[str]) -> None:
    assert [token.text for token in tokens_of(text, 0, len(text))] == words


def test_a_possessive_is_an_apostrophe_right_after_an_s() -> None:
    tokens = tokens_of("Iohannis’ bid ‘and’ Rutte's", 0, 27)
    assert [token.text for i, token in enumerate(tokens) if is_possessive(tokens, i)] == ["’", "'s"]


TEXTS = st.text(st.sampled_from("ab A.?!\n\"“”’'(),;–1é😀 ") | st.characters(codec="utf-8"))


@given(TEXTS)
def test_sentences_lie_one_after_the_other_with_only_space_between(text: str) -> None:
    at = 0
    for piece in sentences(text, 0):
        assert not seen(text[at : piece.start]).strip()
        assert piece.start < piece.end
        at = piece.end
    assert not seen(text[at:]).strip()


@given(TEXTS)
def test_words_are_what_stands_at_their_place(text: str) -> None:
    at = 0
    for token in tokens_of(text, 0, len(text)):
        here = seen(text[token.start : token.end])
        assert normalize("NFC", here) == normalize("NFC", token.text)
        assert not seen(text[at : token.start]).replace("_", " ").strip()
        at = token.end
    assert not seen(text[at:]).strip()
