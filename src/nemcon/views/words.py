"""Entries in plain words, one sentence each: used wherever a person reads what a record says."""

from __future__ import annotations

from nemcon.entries import AnyEntry
from nemcon.views.phrases import Titles, also, named
from nemcon.views.sentences import SENTENCES
from nemcon.views.tongue import _


def describe(entry: AnyEntry, titles: Titles) -> str:
    """One plain sentence for an entry, without its full stop; `titles` names the ids.

    Dates are told with their uncertainty and what they rest on; nothing is told that the entry
    does not hold.
    """
    text = SENTENCES[entry.kind](entry, titles)
    teller = getattr(entry, "by", "")  # whom the sentence begins with
    speaker = "" if entry.kind == "remark" or entry.speaker == teller else entry.speaker
    text = also(text, _("{said}, by the word of {who}"), who=named(speaker, titles))
    cite = f" [{entry.cite}]" if entry.cite and not entry.spans else ""
    return f"{text[:1].upper()}{text[1:]}{cite}"
