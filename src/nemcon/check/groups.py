"""Objections of groups without names, which count for nobody."""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.check.checked import Checked
from nemcon.check.words import quoted
from nemcon.entries import Position
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import confirmed
from nemcon.worlds.doubts import names_nobody


def groups_named(checked: Checked) -> Iterator[Finding]:
    """Objections by a group of which no member is named: no member is counted for them."""
    for entry in checked.all(Position):
        if isinstance(entry, Position) and names_nobody(entry) and confirmed(entry):
            message = say(
                "the objection of {group} names no member, so nobody is counted as objecting; put "
                "those whom you can name in 'members'",
                group=quoted(entry.group),
            )
            yield checked.finding("objection-of-nobody", "warning", message, [entry], "group")
