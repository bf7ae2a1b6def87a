"""What was read in reports: every sentence with the entries proposed from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from nemcon.entries import Source, to_dict
from nemcon.reading import Proposal, Reading, Sentence, readable
from nemcon.views.status import finding_json


@dataclass(frozen=True)
class ReadView:
    """Everything that `nemcon read` says; `to_json` is its contract.

    `texts` holds the text of each source by name, `titles` the name for people of each id.
    """

    reading: Reading
    texts: Mapping[str, str]
    titles: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The view as plain values."""
        return {
            "body": self.reading.body or None,
            "sources": [
                {key: value for key, value in to_dict(source).items() if key != "kind"}
                for source in self.reading.sources
            ],
            "proposals": [proposal.as_dict() for proposal in self.reading.proposals],
            "sentences": [sentence.as_dict() for sentence in self.reading.sentences],
            "findings": [finding_json(finding) for finding in self.reading.findings],
        }

    def quote(self, sentence: Sentence) -> str:
        """The words of a sentence, without the tags of a page."""
        return readable(self.texts[sentence.source][sentence.start : sentence.end])

    def sentences_of(self, source: Source) -> list[Sentence]:
        """The sentences of one report, in order."""
        return [each for each in self.reading.sentences if each.source == source.name]

    def proposals_of(self, sentence: Sentence) -> list[Proposal]:
        """What was proposed from a sentence, in order."""
        return [self._by_id[each] for each in sentence.proposals if each in self._by_id]

    @cached_property
    def _by_id(self) -> dict[str, Proposal]:
        return {proposal.id: proposal for proposal in self.reading.proposals}

    @property
    def not_read(self) -> list[Sentence]:
        """Sentences that hold a word which usually carries an entry, and gave none."""
        return [s for s in self.reading.sentences if s.status == "not-read" and s.signal]
