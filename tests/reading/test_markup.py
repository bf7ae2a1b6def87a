"""Reports saved or pasted as HTML: read without their tags, with offsets into the file as given."""

import pytest

from nemcon.entries import Entry, to_dict
from nemcon.reading import Document, open_document, read, readable

Pack = tuple[Entry, ...]

PAGE = """<!DOCTYPE html>
<html><head><title>The choice &ndash; Sample Wire</title>
<meta property="article:published_time" content="2031-05-14T09:30:00+02:00">
<meta content="Sample Wire" property="og:site_name">
<script>var story = "Lowmoor backs Bob Sample.";</script>
</head><body>
<nav><ul><li>Lowmoor backs Bob Sample.</li></ul></nav>
<h1>Eastholm backs Example</h1>
<p>Ann Example and Bob Sample are the candidates for
   <b>Director-General</b> of the Sample&nbsp;League.</p>
<p><a href="/eastholm" title="a &gt; b">Eastholm</a>'s government backs <em>Example</em>.</p>
<p>West&shy;mere
<!-- Highfell backs Bob Sample. --> backs Bob <span class="x">Sample</span>.</p>
<aside><p>Read on: Highfell backs Bob Sample.</p></aside>
</body></html>
"""


def opened(text: str) -> Document:
    document = open_document(text, "page.html")
    assert isinstance(document, Document)
    return document


def test_a_page_gives_its_date_title_and_publisher() -> None:
    source = opened(PAGE).source
    assert (source.date.text, source.title, source.publisher) == (
        "2031-05-14", "The choice – Sample Wire", "Sample Wire",
    )  # fmt: skip


def test_a_header_goes_before_the_date_in_the_page() -> None:
    assert opened(" date 2031-05-20 " + PAGE).source.date.text == "2031-05-20"


def test_a_page_is_read_without_its_tags_menus_and_programs(sample: Pack) -> None:
    document = opened(PAGE)
    found = []
    for proposal in read([document], [sample]).proposals:
        if proposal.entry.kind != "position":
            continue
        entry = to_dict(proposal.entry)
        span = proposal.span
        assert document.text[span.start : span.end] == span.quote
        found.append((entry["members"], entry["candidate"], span.quote))
    assert found == [
        (["eastholm"], "ann-example", "Eastholm</a>'s government backs <em>Example"),
        (["westmere"], "bob-sample", PAGE[PAGE.index("West&shy;") : PAGE.index("</span>.</p>")]),
    ]


def test_every_sentence_of_a_page_stands_where_it_says(sample: Pack) -> None:
    document = opened(PAGE)
    reading = read([document], [sample])
    assert [readable(document.text[s.start : s.end]) for s in reading.sentences] == [
        "Eastholm backs Example",
        "Ann Example and Bob Sample are the candidates for Director-General of the Sample League.",
        "Eastholm's government backs Example.",
        "West\u00admere backs Bob Sample.",
    ]


def test_a_page_without_a_date_says_how_to_date_it() -> None:
    findings = open_document(
        "<html><body><p>Eastholm backs Example.</p></body></html>", "page.html"
    )
    assert isinstance(findings, tuple)
    assert [finding.code for finding in findings] == ["no-date"]


@pytest.mark.parametrize(
    "text",
    [
        "Eastholm < Westmere & Highfell > Lowmoor.",
        "a <b c",
        "R&D; AT&T; 5 < 6",
        "<3 Eastholm",
        "&;",
    ],
)
def test_what_only_looks_like_a_tag_stays(text: str) -> None:
    document = opened(f" date 2031-05-14 {text}")
    assert document.words == document.text
    assert readable(text) == text


UNSEEN = {
    "soft hyphens": "East\u00adholm backs Ex\u00adample.",
    "zero-width spaces": "\u200bEastholm\u200b backs Example\u200b.\u200b",
    "marks of direction": "\u200fEastholm\u200e backs \u202aExample\u202c.",
    "joiners": "East\u2060holm backs Example\ufeff.",
    "non-breaking spaces": "Eastholm\u00a0backs\u202fExample.",
}


@pytest.mark.parametrize("text", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_nobody_sees_changes_nothing(text: str, sample: Pack) -> None:
    document = opened(
        " date 2031-05-14 The race to become Director-General of the Sample League is between "
        f"Ann Example and Bob Sample. {text} Westmere backs Bob Sample."
    )
    found = [p for p in read([document], [sample]).proposals if p.entry.kind == "position"]
    assert [to_dict(p.entry)["members"] for p in found] == [["eastholm"], ["westmere"]]
    for proposal in found:
        span = proposal.span
        assert document.text[span.start : span.end] == span.quote
        assert span.quote[0] in "EW"
        assert span.quote[-1] == "e"


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_is_struck_out_is_not_read(tag: str, sample: Pack) -> None:
    document = opened(
        " date 2031-05-14 <p>The race to become Director-General of the Sample League is between "
        f"Ann Example and Bob Sample.</p> <p>Eastholm <{tag}>backs</{tag}> <ins>opposes</ins> "
        f"Ann Example. <{tag}>Westmere backs Bob Sample.</{tag}></p>"
    )
    found = [p.entry for p in read([document], [sample]).proposals if p.entry.kind == "position"]
    told = [(to_dict(entry)["members"], to_dict(entry)["stance"]) for entry in found]
    assert told == [(["eastholm"], "objection")]
