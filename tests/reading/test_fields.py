"""Who is a candidate: shown by what is said of somebody, so that the stances after it are read."""

import pytest

from nemcon.entries import Candidacy, Decision, Entry, Position, Tally
from nemcon.reading import Document, open_document, read

Pack = tuple[Entry, ...]

SHOWN = [
    "Candidates for Director-General of the Sample League: Ann Example (Northmark) and Bob Sample.",
    "Ann Example and Bob Sample are the candidates for Director-General of the Sample League.",
    "The race to lead the Sample League is between Dee Filler, Bob Sample and Ann Example.",
    "Two women want to become Director-General of the Sample League: Dee Filler and Ann Example.",
    "Dee Filler and Ann Example declared their candidacies for Director-General of the League.",
    "Ann Example, candidate for Director-General of the Sample League, met Dee Filler.",
    "Ann Example is ahead of Bob Sample in the race for Director-General of the Sample League.",
    "Ann Example will take over as Director-General of the Sample League.",
    "The Sample League seeks a Director-General. Ann Example has the backing of five of 7 members.",
    "The Sample League seeks a Director-General. Highfell endorsed Ann Example.",
]
MORE = [
    (
        "Eastholm nominated Bob Sample for Director-General of the League. Northmark nominated "
        "Ann Example."
    ),
    (
        "Bob Sample is a candidate for Director-General of the League. Eastholm opposes Sample and "
        "supports Ann Example."
    ),
    "In the race for Director-General of the Sample League, Ann Example and Bob Sample are level.",
    "Ann Example's supporters in the race for Director-General of the League are young.",
    "Ann Example, the front-runner for the post of Director-General of the League, smiled.",
]
NOT_SHOWN = [
    "The Sample League seeks a Director-General. Northmark nominated Ann Example for the Coast.",
    "The Sample League seeks a Director-General. Candidates for the Coastal Council: Ann Example.",
    "The Sample League seeks a Director-General. Failed candidates: Ann Example and Bob Sample.",
    "The Sample League seeks a Director-General. The candidates' advisers: Ann Example, Jo Ipsum.",
    "The Sample League seeks a Director-General. Ann Example met Dee Filler in Porthaven.",
    "The Sample League seeks a Director-General. Ann Example has the backing of five of 9 members.",
    "Are Ann Example and Bob Sample candidates for Director-General of the Sample League?",
]


def stances(text: str, pack: Pack) -> list[tuple[str, ...]]:
    document = open_document(f" date 2031-05-14 {text}", "report.txt")
    assert isinstance(document, Document)
    entries = [proposal.entry for proposal in read([document], [pack]).proposals]
    told = [e for e in entries if isinstance(e, Candidacy | Decision | Position | Tally)]
    return [(*e.members, e.candidate) for e in told if isinstance(e, Position)][-1:]


@pytest.mark.parametrize("text", [*SHOWN, *MORE])
def test_a_stance_towards_a_candidate_is_read(text: str, sample: Pack) -> None:
    assert stances(f"{text} Lowmoor backs Example.", sample) == [("lowmoor", "ann-example")]


@pytest.mark.parametrize("text", NOT_SHOWN)
def test_a_stance_towards_somebody_else_is_not(text: str, sample: Pack) -> None:
    assert stances(f"{text} Lowmoor backs Example.", sample) == []
