"""Spans: is the quoted text what stands in the source?"""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.check.checked import Checked
from nemcon.check.words import quoted
from nemcon.entries import AnyEntry, Span
from nemcon.findings import Finding
from nemcon.saying import say

# Where a quotation stands instead is looked for only so often: a text changed as a whole moves all.
MOST_SEARCHES = 50


def spans_hold(checked: Checked) -> Iterator[Finding]:
    """Spans with impossible ends, and spans whose quotation is not what stands there."""
    wrong = 0
    for entry in checked.entries:
        for span in entry.spans:
            problem = _ends(span) or _against_text(checked, span, search=wrong < MOST_SEARCHES)
            if problem:
                wrong += 1
                yield _finding(checked, entry, span, *problem)


def _ends(span: Span) -> tuple[str, str] | None:
    """What is wrong with the ends of a span, whatever the text."""
    if span.start < 0 or span.end < 0:
        return "bad-span", say("an end below zero; count code points from 0")
    if span.start > span.end:
        return "bad-span", say("its start after its end; swap the two")
    if len(span.quote) != span.end - span.start:
        return "bad-span", say(
            "{length} code points, but its quotation {quote} has {number}; correct one of them",
            length=span.end - span.start,
            quote=quoted(span.quote),
            number=len(span.quote),
        )
    return None


def _against_text(checked: Checked, span: Span, *, search: bool) -> tuple[str, str] | None:
    """How a span differs from the text of its source, if the text is here."""
    text = _text(checked, span.source)
    if text is None or text[span.start : span.end] == span.quote:
        return None
    if span.end > len(text):
        code = "span-past-end"
        problem = say("its end past the end of the text, at {number}", number=len(text))
    else:
        there = quoted(text[span.start : span.end])
        code = "span-differs"
        problem = say(
            "{quote}, where the text reads {there}", quote=quoted(span.quote), there=there
        )
    hint = _where(text, span.quote) if search else say("correct the span")
    return code, say("{problem}; {hint}", problem=problem, hint=hint)


def _text(checked: Checked, source: str) -> str | None:
    text = checked.texts.get(source)
    if text is None and source in checked.state.sources:
        text = checked.state.sources[source].text or None
    return text


def _where(text: str, quote: str) -> str:
    """Where the quotation stands instead, if in one place only."""
    at = text.find(quote)
    if at >= 0 and text.find(quote, at + 1) < 0:
        return say("it stands at {start} to {end}: correct the span", start=at, end=at + len(quote))
    if at >= 0:
        return say("it stands in several places, first at {at}: correct the span", at=at)
    return say("it stands nowhere in the text: read the source again")


def _finding(checked: Checked, entry: AnyEntry, span: Span, code: str, problem: str) -> Finding:
    message = say(
        "the span {start} to {end} of {source} has {problem}",
        start=span.start,
        end=span.end,
        source=quoted(span.source),
        problem=problem,
    )
    return checked.finding(code, "error", message, [entry], "spans")
