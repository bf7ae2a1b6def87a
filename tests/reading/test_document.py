"""Opening a report: its date, where its text begins, and what keeps it from being read."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import Source
from nemcon.reading import MAX_BYTES, Document, open_document
from nemcon.when import When

DAY = When.parse("2031-05-14")


def opened(data: bytes | str, date: When | None = None) -> Document:
    document = open_document(data, "report.txt", date)
    assert isinstance(document, Document)
    return document


def codes(data: bytes | str, date: When | None = None) -> list[tuple[str, str]]:
    findings = open_document(data, "report.txt", date)
    assert isinstance(findings, tuple)
    return [(finding.code, finding.severity) for finding in findings]


def test_the_header_dates_the_report_and_the_text_begins_on_its_line() -> None:
    document = opened(" date 2031-05-14 A word.\n")
    digest = hashlib.sha256(b" date 2031-05-14 A word.\n").hexdigest()
    assert document.source == Source(name=f"report-{digest[:12]}", date=DAY, sha256=digest)
    assert document.text[document.start :] == "A word.\n"
    assert (document.findings, document.dateline) == ((), None)


def test_front_matter_gives_the_marks_of_the_source() -> None:
    """
    +++
    date = 2031-05-14
    title = "A choice"
    publisher = "Sample Wire"
    place = "Seatown"
    address = "https://example.org/1"
    +++
    A word.
    """
    text = (test_front_matter_gives_the_marks_of_the_source.__doc__ or "").replace("    ", "")
    document = opened(text)
    assert document.source == Source(
        name=document.source.name,
        date=DAY,
        title="A choice",
        publisher="Sample Wire",
        place="Seatown",
        address="https://example.org/1",
        sha256=document.sha256,
    )
    assert document.text[document.start :].strip() == "A word."


def test_front_matter_with_an_unknown_field_is_read_with_a_warning() -> None:
    document = opened('+++\ndate = "2031-05-14"\nauthor = "x"\n+++\nA word.')
    assert [(f.code, f.severity) for f in document.findings] == [("front-matter-field", "warning")]


@pytest.mark.parametrize(
    ("head", "place", "publisher"),
    [
        ("SEATOWN, May 14 (Sample Wire) – ", "Seatown", "Sample Wire"),
        ("SEATOWN (SW) — ", "Seatown", "SW"),
        ("PORT SEA, 14 May - ", "Port Sea", ""),
        ("Seatown, May 14 (Wire) – ", "Seatown", "Wire"),
    ],
)
def test_a_dateline_is_no_part_of_the_text(head: str, place: str, publisher: str) -> None:
    document = opened(f" date 2031-05-14 {head}The League met.")
    assert (document.source.place, document.source.publisher) == (place, publisher)
    assert document.text[document.start :] == "The League met."
    assert document.dateline is not None
    assert document.text[slice(*document.dateline)] == head.rstrip()


@pytest.mark.parametrize("text", ["The League - a body - met.", "Seatown - the city - slept."])
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert opened(f" date 2031-05-14 {text}").dateline is None


def test_a_date_may_be_given_beside_the_report() -> None:
    assert opened("A word.", DAY).source.date == DAY
    assert opened(" date 2031-05-14 A word.", DAY).source.date == DAY


def test_a_report_may_be_dated_to_its_month() -> None:
    assert opened(" date 2031-05 A word.").source.date == When.parse("2031-05")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("A word.", "no-date"),
        ("", "no-date"),
        (" date 2031-02-30 A word.", "bad-date"),
        (" date 2031-13-01 A word.", "bad-date"),
        ('+++\ndate = "soon"\n+++\nA word.', "bad-date"),
        ("+++\ndate = \n+++\nA word.", "front-matter"),
        (b"\xff\xfe\x00d", "not-utf-8"),
        ("\ud800 a lone surrogate", "not-utf-8"),
        (b" date 2031-05-14 \x00\x01", "not-text"),
        (b"\x89PNG\r\n\x1a\n", "not-utf-8"),
        (b"x" * (MAX_BYTES + 1), "report-too-long"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(data: bytes | str, code: str) -> None:
    assert codes(data) == [(code, "error")]
    findings = open_document(data, "report.txt")
    assert isinstance(findings, tuple)
    assert findings[0].place is not None
    assert findings[0].place.file == "report.txt"


def test_two_dates_are_one_too_many() -> None:
    assert codes(" date 2031-05-14 A word.", When.parse("2031-05-15")) == [("two-dates", "error")]


def test_a_report_without_a_date_is_told_what_to_do() -> None:
    findings = open_document("A word.", "report.txt")
    assert isinstance(findings, tuple)
    assert "date YYYY-MM-DD" in findings[0].message
    assert "+++" in findings[0].message


def test_the_name_of_the_source_comes_from_its_bytes() -> None:
    one = open_document(" date 2031-05-14 A word.", "one.txt")
    two = open_document(b" date 2031-05-14 A word.", "two.txt")
    assert one == two


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    open_document(data, "noise")


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    open_document(text, "noise")
    open_document(f"+++\n{text}\n+++\n{text}", "noise")
    open_document(f" date 2031-05-14 {text}", "noise")


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=200))
def test_offsets_are_those_of_the_file(text: str) -> None:
    document = open_document(f" date 2031-05-14 {text}", "report.txt")
    if isinstance(document, Document):
        assert document.text == f" date 2031-05-14 {text}"
        assert document.text[document.start :] in document.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_report_in_utf_16_is_told_as_such(encoding: str) -> None:
    findings = open_document(" date 2031-05-14 A word.\n".encode(encoding), "report.txt")
    assert isinstance(findings, tuple)
    assert [finding.code for finding in findings] == ["not-utf-8"]
    assert "UTF-16" in findings[0].message
