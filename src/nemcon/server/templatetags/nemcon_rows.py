"""Rows of the board. A step of a slider changes few of them; the others are not written again."""

from __future__ import annotations

from collections.abc import Hashable

from django import template
from django.template.loader import get_template
from django.urls import get_script_prefix, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from nemcon.entries import Source
from nemcon.server.pieces import Pieces
from nemcon.views import tongue
from nemcon.views.board import Seat, Word

register = template.Library()

_QUERY = "\0"
"""Stands in a row for the query of the page's address, which is another at every step."""


@register.simple_tag(takes_context=True)
def seat_row(context: template.Context, seat: Seat, number: int, query: str) -> SafeString:
    """The row of a member on side `number`, with links that ask the rest of `query`."""
    page, by = context["page"], _written_by()
    limit = page.ask.stale
    old = limit is not None and seat.stale(limit)

    def write() -> str:
        return get_template("nemcon/seat.html").render(
            {
                "seat": seat,
                "number": number,
                "old": old,
                "address": f"{reverse('member', args=[seat.member])}?{_QUERY}",
                "pieces": page.desk.pieces,
                "by": by,
            }
        )

    shown = (seat.member, seat.title, seat.stand, seat.on_roll, seat.more)
    words = tuple([_key(word) for word in seat.words])
    stale = (old, seat.silent_for if old else None)
    key = ("seat", number, *shown, words, stale, by)
    row: str = page.desk.pieces.get(key, write)
    return mark_safe(row.replace(_QUERY, escape(query)))


@register.simple_tag(takes_context=True)
def word_piece(context: template.Context, word: Word) -> SafeString:
    """One thing said, in our words and in its own."""
    pieces: Pieces = context["pieces"]
    by = context["by"]

    def write() -> str:
        return get_template("nemcon/word.html").render({"word": word, "pieces": pieces})

    return mark_safe(pieces.get(("word", *_key(word), by), write))


@register.simple_tag(takes_context=True)
def source_piece(context: template.Context, source: Source | None) -> SafeString:
    """How a source is cited, with its address; many words come from one."""
    pieces: Pieces = context.get("pieces") or context["page"].desk.pieces

    def write() -> str:
        return get_template("nemcon/source.html").render({"source": source}).rstrip("\n")

    key = ("source", source.id if source else "", _written_by())
    return mark_safe(pieces.get(key, write))


def _key(word: Word) -> tuple[str, ...]:
    """All that a word shows: an id stands for everything in its entry."""
    return word.entry.id, word.text, word.source.id if word.source else ""


def _written_by() -> tuple[Hashable, ...]:
    """What a piece is written by: the language, and how addresses begin."""
    return get_language(), tongue.code(), get_script_prefix()
