"""Entries in words, with where each of them is shown: those that a finding names, and others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.urls import reverse
from django.utils.translation import gettext as _

from nemcon.entries import AnyEntry
from nemcon.findings import Finding
from nemcon.server.said import word_of
from nemcon.server.shown import Page
from nemcon.views.board import Word

MOST = 4
"""How many entries of a finding are told; of the others only how many there are."""

_MEMBERS = 3  # to whose pages an entry leads


@dataclass(frozen=True)
class Rested:
    """One entry: its words, its line in a file ("" where it has none), and the
    places of this page and of others that tell more of it, each with its address.
    """

    word: Word
    place: str
    ways: tuple[tuple[str, str], ...]


def rested(page: Page, finding: Finding) -> tuple[list[Rested], int]:
    """What a finding rests on, as far as it is told, and how many entries more there are."""
    held = page.held
    named = [held[ident] for ident in finding.entries if ident in held]
    return shown(page, named, MOST)


def shown(page: Page, entries: Sequence[AnyEntry], most: int) -> tuple[list[Rested], int]:
    """The first of some entries, and how many more there are."""
    return [_rested(page, entry) for entry in entries[:most]], max(len(entries) - most, 0)


def _rested(page: Page, entry: AnyEntry) -> Rested:
    return Rested(word_of(page, entry), _place(page, entry), tuple(_ways(page, entry)))


def _place(page: Page, entry: AnyEntry) -> str:
    """The line of a file in which an entry stands; how the folders are called is left out."""
    place = page.found.places.get(entry.id)
    if place is None or not place.file or not place.line:
        return ""
    return f"{PurePath(place.file).name}:{place.line}"


def _ways(page: Page, entry: AnyEntry) -> Iterator[tuple[str, str]]:
    if page.answered is None:
        return
    titles = page.answered.status.titles
    anchor = page.anchors.get(entry.id)
    if anchor:
        yield f"#{anchor}", _("in the report")
    for member in [each for each in _named(entry) if each in titles][:_MEMBERS]:
        yield f"{reverse('member', args=[member])}?{page.asked.query()}", titles[member]


def _named(entry: AnyEntry) -> Iterator[str]:
    """The members and candidates that an entry names: whose it is, and to whom."""
    yield from getattr(entry, "members", ())
    fields = ("member", "by", "to", "speaker")
    yield from filter(None, (getattr(entry, name, "") for name in fields))
