"""Filters and tags of the templates: dates and names in words, addresses, safe links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.urls import reverse

from nemcon.analysis.roll_calls import RollCall
from nemcon.findings import Finding
from nemcon.rules.objecting import silence_counts
from nemcon.server.asking import Ask
from nemcon.views import board, needed, silence, stands, telling
from nemcon.views.alphabet import by_name
from nemcon.views.dates import day_words, on_words, when_words
from nemcon.views.given import given_words
from nemcon.views.phrases import short_id, source_words
from nemcon.views.tongue import _, marked, spoken
from nemcon.views.unread import unread_words
from nemcon.views.whatif import Side, WhatIfView
from nemcon.when import When
from nemcon.worlds.verdict import Reckoning

register = template.Library()

register.filter("short", short_id)
register.filter("spoken", spoken)
register.filter("cited", source_words)
register.filter("stage_words", telling.stage_words)
register.filter("decision_words", telling.decision_words)
register.filter("office_words", telling.office_words)
register.filter("asked_when", telling.asked_when)
register.filter("waiting_words", telling.waiting_words)


@register.filter
def words(value: When | date | None) -> str:
    """A date as a name: *20 June 2024*; empty for none."""
    if value is None:
        return ""
    return when_words(value) if isinstance(value, When) else day_words(value)


@register.filter
def on(value: When | None) -> str:
    """A date with its preposition: *on 20 June 2024*."""
    return on_words(value) if value else ""


@register.filter
def day(value: When | None) -> str:
    """A date as the field of a form takes it; an instant in full."""
    return str(value) if value else ""


@register.filter
def is_day(value: When | None) -> bool:
    """Whether a field for days can hold it."""
    return value is None or len(str(value)) == len("2024-06-20")


@register.filter
def name(ident: str, titles: Mapping[str, str]) -> str:
    """The name for people of an id."""
    return titles.get(ident, ident)


@register.filter
def names(idents: tuple[str, ...], titles: Mapping[str, str]) -> str:
    """Several names, by the alphabet."""
    return ", ".join(sorted((titles.get(each, each) for each in idents), key=by_name))


KINDS = marked(
    "body", "organ", "party", "membership", "office", "term", "credential", "rule", "matter",
    "draft", "candidacy", "position", "reserve", "objection", "commitment", "silence", "meeting",
    "tally", "decision", "statement", "remark", "expectation", "attestation", "correction",
    "confirmation", "rejection", "source",
)  # fmt: skip


@register.filter
def kind(name: str) -> str:
    """The kind of an entry, as a word."""
    return _(name)


@register.filter
def said(text: str) -> str:
    """A marked word or hint of the views and tables."""
    return _(text) if text else ""


@register.filter
def link(address: str) -> str:
    """The address, if it leads to the web and nowhere else; empty for any other scheme."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    told = address.isprintable() and not any(each.isspace() for each in address)
    return address if told and parts.scheme in ("http", "https") and parts.netloc else ""


@register.filter
def support(one: Reckoning) -> str:
    """By how many of how many: *supported by 31 of 32 members*."""
    return telling.support_words(one)


@register.filter
def quiet(side: board.Side, view: Any) -> list[dict[str, Any]]:
    """The members of a side, all of them, where the rule lets silence count: each group with its
    place in a row of all. Empty where the rule asks for support.
    """
    if not side.seats or not silence_counts(view.question.procedure):
        return []
    return list(_placed(side, view))


def _placed(side: board.Side, view: Any) -> Iterator[dict[str, Any]]:
    at = 0
    for group in _groups(side, view):
        seats = [seat for seat in side.seats if seat.member in frozenset(group.members)]
        more = {"seats": seats, "at": at, "number": len(seats)}
        if seats:
            yield {"key": group.key, "label": group.label, **more}
        at += len(seats)


def _groups(side: board.Side, view: Any) -> Iterator[stands.Group]:
    """Every member of a side in one group: first who supports, last who objects."""
    silent = silence_counts(view.question.procedure)
    label = _("certain to support") if silent else _("certain")
    yield stands.Group("certain", label, side.reckoning.certain)
    yield from reversed(tuple(stands.stands(view, side.reckoning)))


_STANDS = {
    "certain": "supports, for certain",
    "open": "open: it may support, or not",
    "objecting": "objects",
    "against": "does not support",
    "quiet": "does not object",
}
marked("supports, for certain", "open: it may support, or not", "objects", "does not support")
marked("does not object", "may object: it is not known")


@register.simple_tag
def stand_words(side: board.Side, view: Any, member: str) -> str:
    """Where a member stands, and what it gave, in words that stand alone."""
    key = stand_key(side, view, member)
    silent = key == "open" and silence_counts(view.question.procedure)
    words = _("may object: it is not known") if silent else _(_STANDS[key]) if key else ""
    given = given_words(side.reckoning, member)
    return _("{said} ({more})").format(said=words, more=given) if words and given else words


@register.simple_tag
def stand_key(side: board.Side, view: Any, member: str) -> str:
    """The sign for it."""
    return next((g.key for g in _groups(side, view) if member in g.members), "")


@register.filter
def risk(one: Reckoning, view: Any) -> str:
    """What could still overturn a rule that is met, where silence counts."""
    return stands.overturned_by(view, one)


@register.filter
def quiet_words(quiet: Any, view: Any) -> str:
    """A silence procedure in a line."""
    return silence.quiet_words(quiet, view.titles)


@register.filter
def plus(one: Reckoning, view: Any) -> str:
    """What proposals that wait would add: *31 confirmed, +1 proposed*."""
    return telling.plus_words(view, one)


@register.filter
def standing(one: Reckoning, view: Any) -> str:
    """The status of a candidate, with the dates of a withdrawal."""
    return "; ".join(telling.standing_words(view, one))


@register.filter
def hope(told: Any, view: Any) -> str:
    """An expectation, and what came of it."""
    return telling.hope_words(view, told)


@register.filter
def settled_by(view: Any) -> list[str]:
    """Whose word would settle an open verdict, a sentence for each way that it could go."""
    return list(needed.settling_words(view.settling, view.titles))


@register.filter
def shown(told: Any, view: Any) -> str:
    """What a rule shows beside the verdict."""
    return telling.shown_words(view, told)


@register.filter("unread_words")
def not_understood(view: Any) -> str:
    """How many sentences of the reports were not understood."""
    return unread_words(view.unread)


@register.filter
def offset(value: date | When | None, first: date) -> int:
    """How many days after the first a day is."""
    last = value.last_day() if isinstance(value, When) else value
    return (last - first).days if last else 0


@register.filter
def where(finding: Finding) -> str:
    """The place where what a finding tells of is; empty if it has none. Of a file its name alone:
    how the folders of the server are called is nobody's business.
    """
    place = finding.place
    if place is None:
        return ""
    return str(replace(place, file=PurePath(place.file).name) if place.file else place)


@register.simple_tag
def address(ask: Ask, **changes: Any) -> str:
    """The address of a question, with some of its fields changed."""
    query = ask.with_(**changes).query()
    return f"{reverse('state-of-play')}?{query}" if query else reverse("state-of-play")


@register.filter
def supposed_words(side: Side, view: WhatIfView) -> str:
    """What a scenario supposes, in words."""
    return view.words(side)


@register.filter
def supposed_lines(side: Side, view: WhatIfView) -> list[str]:
    """What is different in a scenario, one line each."""
    return list(view.lines(side))


@register.filter
def per_cent(share: Fraction | None) -> str:
    """A share as *12.05 %*; a dash where there is none."""
    return "–" if share is None else f"{100 * float(share):.2f} %"


@register.filter
def thousands(value: int) -> str:
    """A whole number that can be read, *17,715,329*; one with very many digits only about."""
    text = f"{value:,}"
    return text if len(text) <= 24 else f"{float(value):.3e}" if value < 10**300 else "> 10^300"


@register.simple_tag
def with_member(asked: Any, member: str) -> str:
    """The query of roll calls with another member to compare."""
    return str(asked.query(**{"with": member}))


@register.filter
def counted_votes(call: RollCall) -> tuple[int, int, int]:
    """How many voted yes, no, and abstained."""
    return call.count("yes"), call.count("no"), call.count("abstain")
