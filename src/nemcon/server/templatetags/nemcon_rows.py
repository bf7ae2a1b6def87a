"""Rows of the board. A step of a slider changes few of them; the others are not written again.

They are many and short, so they are written here: a template each would take most of a step.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nemcon.entries import AnyEntry, Source, Span
from nemcon.findings import Finding
from nemcon.server.pieces import Pieces
from nemcon.server.resting import Rested, rested, shown
from nemcon.server.said import nothing_said
from nemcon.server.shown import Page
from nemcon.server.templatetags.nemcon_words import link, words
from nemcon.views import tongue
from nemcon.views.board import Seat, Word
from nemcon.views.given import given_words
from nemcon.views.phrases import short_id, source_words
from nemcon.worlds.verdict import Reckoning

register = template.Library()

_MANY = 100  # entries of a list that a page shows

_QUERY = "\0"
"""Stands in a row for the query of the page's address, which is another at every step."""


@register.simple_tag(takes_context=True)
def seat_rows(
    context: template.Context, seats: tuple[Seat, ...], number: int, query: str
) -> SafeString:
    """The rows of members on side `number`, with links that ask the rest of `query`."""
    page = context["page"]
    rows = _Rows(page, _written_by(), number, context["side"].reckoning)
    found = "".join(map(rows.row, seats))
    return mark_safe(found.replace(_QUERY, escape(query)))


@register.simple_tag(takes_context=True)
def word_piece(context: template.Context, word: Word) -> SafeString:
    """One thing said, in our words and in its own."""
    return _word(word, context["page"].desk.pieces, _written_by())


@register.filter
def rests_on(finding: Finding, page: Page) -> tuple[list[Rested], int]:
    """What a finding rests on, and how many entries more there are."""
    return rested(page, finding)


@register.filter
def entries_of(entries: tuple[AnyEntry, ...], page: Page) -> tuple[list[Rested], int]:
    """Entries in words with where they are shown, and how many more there are."""
    return shown(page, entries, _MANY)


def _written_by() -> tuple[Hashable, ...]:
    """What a piece is written by: the language, and how addresses begin."""
    return get_language(), tongue.code(), get_script_prefix()


@dataclass(frozen=True)
class _Rows:
    """Writes the rows of one side, which has this number on its page."""

    page: Page
    by: tuple[Hashable, ...]
    number: int
    one: Reckoning

    @property
    def pieces(self) -> Pieces:
        """What is kept of rows written before."""
        return self.page.desk.pieces

    def row(self, seat: Seat) -> str:
        """A row, with its place in a list."""
        stale = self.page.ask.stale  # after how many days of silence a member is marked
        old = stale is not None and seat.stale(stale)
        nothing = "" if seat.words else nothing_said(self.page, seat.member)
        given = given_words(self.one, seat.member)
        key = (
            *("seat", self.number, seat.member, seat.title, seat.stand, seat.on_roll, seat.more),
            *(tuple([_key(word) for word in seat.words]), old, seat.silent_for if old else None),
            *(nothing, given, self.by),
        )
        return self.pieces.get(key, lambda: self._written(seat, nothing, given, old=old))

    def _written(self, seat: Seat, nothing: str, given: str, *, old: bool) -> SafeString:
        return format_html(
            '<li><details class="seat {stand}" id="seat-{number}-{member}">'
            '<summary><span class="who"><bdi>{title}</bdi></span>{tags}'
            '<span class="last">{last}</span></summary>\n'
            '<div class="said">{said}\n{more}</div></details></li>',
            stand=seat.stand,
            number=self.number,
            member=seat.member,
            title=seat.title,
            tags=format_html_join("", ' <span class="{}">{}</span>', _tags(seat, given, old=old)),
            last=words(seat.words[0].when) if seat.words else given or _("no word"),
            said=format_html("<p>{}</p>", nothing) if nothing else self._said(seat),
            more=_ways_on(seat),
        )

    def _said(self, seat: Seat) -> SafeString:
        """The latest words."""
        told = [(_word(word, self.pieces, self.by),) for word in seat.words]
        return format_html('<ul class="words">{}</ul>', format_html_join("", "<li>{}</li>", told))


def _tags(seat: Seat, given: str, *, old: bool) -> Iterator[tuple[str, str]]:
    """What marks a member beside its name, each with its class."""
    if given and seat.words:
        yield "tag", given
    if not seat.on_roll:
        yield "tag", _("perhaps no member")
    if old and seat.silent_for is None:
        yield "tag stale", _("never heard of")
    elif old:
        days = seat.silent_for
        yield "tag stale", ngettext("%(n)s day old", "%(n)s days old", days or 0) % {"n": days}


def _ways_on(seat: Seat) -> SafeString:
    """Links to the member's own page."""
    more = ngettext("%(n)s more word", "%(n)s more words", seat.more) % {"n": seat.more}
    return format_html(
        '<p class="more"><a href="{address}?{query}">{more}{of}</a> · '
        '<a rel="nofollow" href="{address}?{query}#suppose">{suppose}{of}</a></p>',
        address=reverse("member", args=[seat.member]),
        query=mark_safe(_QUERY),
        more=more if seat.more else _("Through time"),
        suppose=_("What if …"),
        of=format_html('<span class="hidden-text">: {}</span>', seat.title),
    )


def _word(word: Word, pieces: Pieces, by: tuple[Hashable, ...]) -> SafeString:
    """One thing said; a member's row and the one of tomorrow hold mostly the same."""
    return mark_safe(pieces.get(("word", *_key(word), by), lambda: _written(word, pieces, by)))


def _key(word: Word) -> tuple[str, ...]:
    """All that a word shows: an id stands for everything in its entry."""
    return word.entry.id, word.text, word.source.id if word.source else ""


def _written(word: Word, pieces: Pieces, by: tuple[Hashable, ...]) -> SafeString:
    source, cited = word.source, bool(word.entry.cite)
    key = ("source", source.id if source else "", cited, by)
    return format_html(
        '<p class="text"><bdi>{}</bdi></p>\n{}<p class="source">{}{}<code>{}</code></p>',
        word.text,
        format_html_join(
            "",
            '<blockquote><p><bdi lang="">{}</bdi></p></blockquote>\n',
            [(span.quote,) for span in word.spans],
        ),
        mark_safe(pieces.get(key, lambda: _source(source, cited=cited))),
        format_html_join("", '<span class="span">{}</span> · ', map(_where, word.spans)),
        short_id(word.entry.id),
    )


def _where(span: Span) -> tuple[str]:
    """Where in the report words stand."""
    place = {"start": span.start, "end": span.end}
    return (_("characters %(start)s to %(end)s") % place,)


def _source(source: Source | None, *, cited: bool) -> SafeString:
    """How a source is cited, with its address, and what parts it from the rest; nothing where the
    words `cited` it themselves. Many words come from one.
    """
    if source is None:
        return mark_safe("") if cited else format_html("{} · ", _("no source named"))
    return format_html("{} · ", _named(source))


def _named(source: Source) -> SafeString:
    cited, web = format_html("<cite>{}</cite>", source_words(source)), link(source.address)
    if web:
        return format_html(
            '{} · <a href="{}" rel="noopener noreferrer external">{}</a>',
            *(cited, web, _("open the source")),
        )
    if source.address:
        return format_html('{} · <span class="address">{}</span>', cited, source.address)
    return cited
