"""What the reports of an answer say that was not understood, and what of it is about objecting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nemcon.entries import Source
from nemcon.findings import Finding, Place
from nemcon.saying import say
from nemcon.state import State
from nemcon.views.phrases import source_words
from nemcon.views.tongue import numbered

if TYPE_CHECKING:
    from nemcon.reading import Reading, Sentence

_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence of a report about objecting from which no objection was read."""

    quote: str
    source: Source
    start: int
    end: int

    def to_json(self) -> dict[str, Any]:
        """The sentence as plain values."""
        return {
            "source": self.source.name,
            "date": str(self.source.date),
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Unread:
    """`number` sentences of the reports hold a word that usually says something, and gave nothing;
    `objecting` are those about objecting that told of no objection, the oldest first.
    """

    number: int = 0
    objecting: tuple[Passed, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What was not understood, as plain values."""
        return {"sentences": self.number, "objecting": [one.to_json() for one in self.objecting]}


def unread(reading: Reading, texts: Mapping[str, str], state: State) -> Unread:
    """What was not understood in the reports that are known in a state."""
    from nemcon.reading import readable  # the reader only where it has read
    from nemcon.reading.objecting import speaks_of_objecting, tells_of_objecting

    entries = {proposal.id: proposal.entry for proposal in reading.proposals}
    number, objecting = 0, []
    for sentence in reading.sentences:
        source = state.sources.get(sentence.source)
        if source is None:
            continue
        quote = " ".join(readable(texts[source.name][sentence.start : sentence.end]).split())
        told = tells_of_objecting(entries[one] for one in sentence.proposals if one in entries)
        about = not told and speaks_of_objecting(quote)
        if about:
            objecting.append(_passed(sentence, source, quote))
        silent = sentence.status == "not-read" and sentence.signal
        number += silent or (about and sentence.status != "proposed")
    objecting.sort(key=lambda one: (str(one.source.date), one.source.name, one.start))
    return Unread(number, tuple(objecting))


def _passed(sentence: Sentence, source: Source, quote: str) -> Passed:
    if len(quote) > _LONGEST:
        quote = f"{quote[:_LONGEST].rstrip()}…"
    return Passed(quote, source, sentence.start, sentence.end)


def unread_findings(found: Unread, places: Mapping[str, Place]) -> list[Finding]:
    """A warning for each sentence about objecting that was not understood."""
    findings = []
    for one in found.objecting:
        here = places.get(one.source.id)
        place = Place(here.file if here else one.source.name, start=one.start, end=one.end)
        message = say(
            "this sentence speaks of objecting, and no objection was read in it: “{quote}”; read "
            "it, and record what it says",
            quote=one.quote,
        )
        findings.append(Finding("objection-not-read", "warning", message, (), place))
    return findings


def unread_words(found: Unread) -> str:
    """How many sentences were not understood; empty if none."""
    if not found.number:
        return ""
    told = numbered(
        "{n} sentence of the reports was not understood",
        "{n} sentences of the reports were not understood",
        found.number,
    )
    return told.format(n=found.number)


def none_read_words(found: Unread) -> str:
    """What stands for *no objection known* where sentences about objecting were not understood."""
    last = found.objecting[-1]
    told = numbered(
        "none read; {n} sentence about objecting was not understood: “{quote}” ({source})",
        "none read; {n} sentences about objecting were not understood, the last: “{quote}” "
        "({source})",
        len(found.objecting),
    )
    return told.format(n=len(found.objecting), quote=last.quote, source=source_words(last.source))
