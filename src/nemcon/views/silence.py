"""The silence procedures of a matter in words, each in a line."""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.views.dates import on_words, when_words
from nemcon.views.phrases import Titles, named
from nemcon.views.tongue import _
from nemcon.worlds.silences import Quiet


def quiet_words(quiet: Quiet, titles: Titles) -> str:
    """One silence procedure in a line."""
    parts = list(_parts(quiet, titles))
    opened = _("opened {date}").format(date=on_words(quiet.opened)) if quiet.opened else ""
    draft = _("on {draft}").format(draft=named(quiet.draft, titles)) if quiet.draft else ""
    return "; ".join(filter(None, [" ".join(filter(None, [draft, opened])), *parts]))


def _parts(quiet: Quiet, titles: Titles) -> Iterator[str]:
    until = when_words(quiet.deadline) if quiet.deadline else ""
    at = f" {on_words(quiet.when)}" if quiet.when else ""
    match quiet.became:
        case "broken":
            who = named(quiet.by, titles)
            told = _("broken by {who}") if who else _("broken")
            yield told.format(who=who) + at
        case "passed":
            yield _("passed: nobody broke it") + at
        case "suspended":
            yield _("suspended") + at
        case "runs":
            yield _("runs until {date}; not broken so far, as far as is on record").format(
                date=until
            )
        case "over":
            yield _("was over on {date}; no break of it is on record").format(date=until)
        case "unsure":
            yield _("its deadline: {date}; no break of it is on record").format(date=until)
        case "no deadline":
            yield _("no deadline is on record, and no break")
