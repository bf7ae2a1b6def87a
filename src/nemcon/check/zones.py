"""Time zones of bodies."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo, available_timezones

from nemcon.check.checked import Checked
from nemcon.check.words import nearest, plain, quoted
from nemcon.entries import Body
from nemcon.findings import Finding
from nemcon.saying import say


def zones_known(checked: Checked) -> Iterator[Finding]:
    """Bodies whose time zone does not exist."""
    wrong = [body for body in checked.state.all(Body) if not _is_zone(body.zone)]
    zones = available_timezones() if wrong else set()
    for number, body in enumerate(wrong):
        near = nearest(body.zone, zones, number)
        hint = (
            say("did you mean {near}?", near=quoted(near))
            if near
            else say("write one such as Europe/Brussels")
        )
        message = say(
            "{zone} is no time zone, so the days of {title} are taken as those of UTC; {hint}",
            zone=quoted(body.zone),
            title=plain(body.title),
            hint=hint,
        )
        yield checked.finding("unknown-zone", "error", message, [body], "zone")


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
