"""What was said of one member: by the date asked about, later, and in proposals that wait."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nemcon.entries import AnyEntry
from nemcon.load.knowledge import ANY
from nemcon.server.shown import Page
from nemcon.views.board import Word
from nemcon.views.dates import on_words, when_words
from nemcon.views.status import titles_of
from nemcon.views.words import describe


@dataclass(frozen=True)
class Said:
    """The words about a member, the latest first; `nothing` says why there are none by then, and
    `outside` that it was no member.
    """

    words: tuple[Word, ...]
    later: tuple[Word, ...]
    waiting: tuple[Word, ...]
    nothing: str
    outside: str


def said(page: Page, member: str) -> Said:
    """Everything that was said of a member, as far as it was known."""
    words = page.told(page.on).about(member)
    then = {word.entry.id for word in words}
    later = [word for word in page.told(ANY).about(member) if word.entry.id not in then]
    waiting = tuple(word_of(page, entry) for entry in _waiting(page, member))
    nothing = "" if words else _nothing(page, member, len(later))
    outside = "" if _may_be_member(page, member) else _outside(page)
    return Said(words, tuple(later), waiting, nothing, outside)


def nothing_said(page: Page, member: str) -> str:
    """Of a member on the board without a word: that there is none, or none by then."""
    assert page.answered is not None, "there is a board"
    return _nothing(page, member, page.answered.later.get(member, 0))


def _nothing(page: Page, member: str, later: int) -> str:
    told = list(_reasons(page, member, later))
    return " ".join(told) or _("Nothing here says anything of this member by name.")


def _reasons(page: Page, member: str, later: int) -> Iterator[str]:
    """Why nothing is told of a member."""
    if later:
        text = ngettext(
            "Nothing by %(day)s; %(n)s word later.", "Nothing by %(day)s; %(n)s words later.", later
        )
        yield text % {"day": when_words(page.on), "n": later}
    if number := len(_waiting(page, member)):
        text = ngettext(
            "Nothing confirmed; %(n)s proposal waits for confirmation.",
            "Nothing confirmed; %(n)s proposals wait for confirmation.",
            number,
        )
        yield text % {"n": number}


def _outside(page: Page) -> str:
    return _("Not a member %(on)s.") % {"on": on_words(page.on)}


def _may_be_member(page: Page, member: str) -> bool:
    assert page.answered is not None, "there is a register"
    return any(line.member == member for line in page.answered.register.members)


def _waiting(page: Page, member: str) -> list[AnyEntry]:
    """What waits for confirmation and names the member, as far as it was known."""
    limit = page.ask.known.last_day(page.everything.zone) if page.ask.known else None
    named = page.waiting.get(member, ())
    days = [(entry, page.everything.known_day(entry)) for entry in named]
    return [entry for entry, day in days if limit is None or day is None or day <= limit]


def word_of(page: Page, entry: AnyEntry) -> Word:
    """An entry as the board shows what was said."""
    state = page.everything
    titles = page.answered.status.titles if page.answered else titles_of(state)
    text, source = describe(entry, titles), state.sources.get(entry.source)
    return Word(entry, text, entry.happened, state.known_day(entry), source)
