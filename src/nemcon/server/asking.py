"""The question as an address holds it: what is asked, read from a query and written back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from nemcon.when import When, WhenError
from nemcon.worlds.conventions import ConventionError, Conventions, parse_conventions

CONVENTIONS = tuple(item.name for item in fields(Conventions))
LONGEST = 300
"""Characters of a value that are read; nothing that can be asked is longer."""

_MOST_DAYS = 100_000


class AskError(ValueError):
    """A part of the address says nothing that can be asked; the message says what to write.

    `names` are the parts of the address without which it could be asked.
    """

    def __init__(self, message: str, *names: str) -> None:
        super().__init__(message)
        self.names = names


@dataclass(frozen=True)
class Ask:
    """One question: every field may be left out of the address, and is then empty."""

    body: str = ""
    matter: str = ""
    on: When | None = None
    known: When | None = None
    recorded: When | None = None
    conventions: Conventions = field(default_factory=Conventions)
    proposed: bool = False
    since: When | None = None
    stale: int | None = None
    compare: bool = False

    def with_(self, **changes: Any) -> Ask:
        """The same question but for some fields."""
        return replace(self, **changes)

    @property
    def held_by(self) -> datetime | None:
        """The instant of `recorded`, in UTC; a day means its end in UTC, as on the command line."""
        told = self.recorded.latest if self.recorded else None
        if told is None or isinstance(told, datetime):
            return told.astimezone(UTC) if told else None
        return datetime.combine(told, time.max, UTC)

    def query(self) -> str:
        """The question as the query of an address: the same question always gives the same."""
        return urlencode(list(self._pairs()))

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for name in ("body", "matter", "on", "known", "recorded"):
            value = getattr(self, name)
            if value:
                yield name, str(value)
        for name, text in settings(self.conventions).items():
            yield name, text
        if self.proposed:
            yield "proposed", "yes"
        if self.since:
            yield "since", str(self.since)
        if self.stale is not None:
            yield "stale", str(self.stale)
        if self.compare:
            yield "compare", "yes"


def settings(conventions: Conventions) -> dict[str, str]:
    """The conventions that differ from the default, as an address writes them."""
    out: dict[str, str] = {}
    for item in fields(Conventions):
        value = getattr(conventions, item.name)
        if value != item.default:
            out[item.name] = "yes" if value is True else str(value)
    return out


def read_ask(query: Mapping[str, str]) -> Ask:
    """The question of a query. Raises `AskError` for a value that is none; unknown names are left.

    An empty value is none, since a form sends every field.
    """
    given = {name: value.strip() for name, value in query.items() if value.strip()}
    for name, value in given.items():
        if len(value) > LONGEST or not value.isprintable():
            raise AskError(
                _("%(name)s: this is too long, or holds signs that are no text") % {"name": name},
                name,
            )
    chosen = {name: given[name] for name in CONVENTIONS if name in given}
    try:
        conventions = parse_conventions(chosen)
    except ConventionError as error:
        raise AskError(str(error), *chosen) from None
    return Ask(
        body=given.get("body", ""),
        matter=given.get("matter", ""),
        on=_date(given, "on"),
        known=_date(given, "known"),
        recorded=_date(given, "recorded"),
        conventions=conventions,
        proposed=_yes(given, "proposed"),
        since=_date(given, "since"),
        stale=_days(given, "stale"),
        compare=_yes(given, "compare"),
    )


def _date(given: Mapping[str, str], name: str) -> When | None:
    text = given.get(name)
    if text is None:
        return None
    try:
        when = When.parse(text)
    except WhenError:
        message = _("%(name)s: '%(text)s' is no date; write one, such as 2024-06-20")
        raise AskError(message % {"name": name, "text": text}, name) from None
    if not when.certain:
        message = _("%(name)s: '%(text)s' is more than one day; write one, such as 2024-06-20")
        raise AskError(message % {"name": name, "text": text}, name)
    if isinstance(when.latest, datetime) and when.latest.year in (1, 9999):
        message = _("%(name)s: '%(text)s' is no day of every time zone; write the day alone")
        raise AskError(message % {"name": name, "text": text}, name)
    return when


def _yes(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "no")
    if value not in ("yes", "no"):
        raise AskError(_("%(name)s: write %(name)s=yes, or leave it out") % {"name": name}, name)
    return value == "yes"


def _days(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit()) or int(text[:9]) > _MOST_DAYS:
        raise AskError(_("%(name)s: write a number of days, such as 90") % {"name": name}, name)
    return int(text)
