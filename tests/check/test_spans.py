"""Spans against the texts they are taken from."""

from tests.check.documents import Document

TEXT = " date 2024-03-01 Ana said yes. Bo said yes."


def of(document: Document, text: str = TEXT) -> list[str]:
    return [str(finding) for finding in document.check(texts={"wire": text})]


def test_a_span_that_its_text_does_not_hold(document: Document):
    """
    [[position]]
    members = "ana"
    source = "wire"
    spans = [{ source = "wire", start = 16, end = 28, quote = "Ana said yes" }]
    happened = "2024-03-01"

    [[position]]
    members = "bo"
    source = "wire"
    spans = [{ source = "wire", start = 16, end = 24, quote = "said yes" }]
    happened = "2024-03-01"

    [[position]]
    members = "cy"
    source = "wire"
    spans = [{ source = "wire", start = 16, end = 27, quote = "Cy said yes" }]
    happened = "2024-03-01"
    """
    assert of(document) == [
        (
            "f.toml:13 (spans): error: the span 16 to 27 of 'wire' has 'Cy said yes', where "
            "the text reads ' Ana said y'; it stands nowhere in the text: read the source "
            "again [span-differs]"
        ),
        (
            "f.toml:7 (spans): error: the span 16 to 24 of 'wire' has 'said yes', where the "
            "text reads ' Ana sai'; it stands in several places, first at 21: correct the span "
            "[span-differs]"
        ),
        (
            "f.toml:1 (spans): error: the span 16 to 28 of 'wire' has 'Ana said yes', where "
            "the text reads ' Ana said ye'; it stands at 17 to 29: correct the span "
            "[span-differs]"
        ),
    ]


def test_a_span_past_the_end_of_its_text(document: Document):
    """
    [[position]]
    members = "ana"
    source = "wire"
    spans = [{ source = "wire", start = 40, end = 52, quote = "Ana said yes" }]
    happened = "2024-03-01"
    """
    assert of(document) == [
        (
            "f.toml:1 (spans): error: the span 40 to 52 of 'wire' has its end past the end of "
            "the text, at 43; it stands at 17 to 29: correct the span [span-past-end]"
        ),
    ]


def test_a_span_whose_ends_cannot_be(document: Document):
    """
    [[remark]]
    text = "one"
    spans = [{ source = "wire", start = -1, end = 3, quote = "abc" }]

    [[remark]]
    text = "two"
    spans = [{ source = "wire", start = 3, end = 1, quote = "ab" }]

    [[remark]]
    text = "three"
    spans = [{ source = "post", start = 0, end = 4, quote = "Ana" }]
    """
    assert of(document) == [
        (
            "f.toml:1 (spans): error: the span -1 to 3 of 'wire' has an end below zero; count "
            "code points from 0 [bad-span]"
        ),
        (
            "f.toml:9 (spans): error: the span 0 to 4 of 'post' has 4 code points, but its "
            "quotation 'Ana' has 3; correct one of them [bad-span]"
        ),
        (
            "f.toml:5 (spans): error: the span 3 to 1 of 'wire' has its start after its end; "
            "swap the two [bad-span]"
        ),
    ]


def test_spans_that_hold(document: Document):
    r"""
    [[source]]
    name = "note"
    date = "2024-03-01"
    text = "Þór agrees\r\n"

    [[remark]]
    text = "one"
    spans = [
      { source = "wire", start = 17, end = 29, quote = "Ana said yes" },
      { source = "note", start = 4, end = 12, quote = "agrees\r\n" },
      { source = "post", start = 0, end = 3, quote = "Ana" },
    ]
    """
    assert of(document) == []
