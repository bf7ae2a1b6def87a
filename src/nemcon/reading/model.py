"""What reading gives: proposals with their place in the text, and what was not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from nemcon.entries import AnyEntry, Source, Span, to_dict
from nemcon.findings import Finding

Status = Literal["proposed", "context", "not-read"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry that a sentence of a report seems to say; nothing is asserted until confirmed.

    `rule` names the rule of the reader that found it, `id` is the id of the entry.
    """

    id: str
    entry: AnyEntry
    rule: str

    @property
    def span(self) -> Span:
        """The first span, the one that the entry rests on most."""
        return self.entry.spans[0]

    def as_dict(self) -> dict[str, Any]:
        """The proposal as plain JSON values, in the form of ``read --json``."""
        entry, span = self.entry, self.span
        return {
            "id": self.id,
            "kind": entry.kind,
            "entry": to_dict(entry),
            "happened": entry.happened.text if entry.happened else None,
            "basis": entry.basis,
            "modality": entry.modality,
            "speaker": entry.speaker,
            "rule": self.rule,
            "span": {
                "source": span.source,
                "start": span.start,
                "end": span.end,
                "quote": span.quote,
            },
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report and what became of it.

    *context* holds no word that usually carries an entry; *not-read* does (`signal`), or could
    not be read at all (a headline, a sentence beyond the stated length).
    """

    source: str
    start: int
    end: int
    status: Status
    signal: bool
    proposals: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The sentence as plain JSON values, in the form of ``read --json``."""
        return {
            "source": self.source,
            "start": self.start,
            "end": self.end,
            "status": self.status,
            "signal": self.signal,
            "proposals": list(self.proposals),
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read together: which body, the sources, the proposals, every sentence."""

    body: str
    sources: tuple[Source, ...]
    proposals: tuple[Proposal, ...]
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]
