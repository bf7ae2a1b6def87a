"""Reading reports together: which body, which selection, what became of every sentence."""

from itertools import permutations
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import Candidacy, Entry, Matter, Position, Term
from nemcon.reading import Document, Reading, open_document, read
from nemcon.when import When

Pack = tuple[Entry, ...]
RACE = "The race to succeed Cy Placeholder as Director-General of the Sample League is between "
RIVALS = "Ann Example of Northmark and Bob Sample of Southvale."


def opened(text: str, date: str = "2031-05-14") -> Document:
    document = open_document(f" date {date} {text}", "report.txt")
    assert isinstance(document, Document)
    return document


def reading(pack: Pack, *texts: str) -> Reading:
    return read([opened(text) for text in texts], [pack])


def positions(found: Reading) -> list[tuple[str, ...]]:
    entries = [p.entry for p in found.proposals if isinstance(p.entry, Position)]
    return [(*entry.members, entry.candidate) for entry in entries]


# The body


def test_the_body_is_the_one_that_the_reports_name(sample: Pack, nato: Pack) -> None:
    assert read([opened(f"{RACE}{RIVALS}")], [nato, sample]).body == "sample-league"
    assert read([opened("NATO is an alliance.")], [sample, nato]).body == "nato"


def test_an_unnamed_body_is_told_with_what_to_do(sample: Pack, nato: Pack) -> None:
    found = read([opened("The alliance met.")], [nato, sample])
    assert (found.body, found.proposals, len(found.sources)) == ("", (), 1)
    assert [f.code for f in found.findings] == ["body-not-found"]
    assert "--body" in found.findings[0].message


def test_the_body_may_be_given(sample: Pack, nato: Pack) -> None:
    text = "Eastholm backs Ann Example for Director-General."
    assert read([opened(text)], [sample, nato], body="sample-league").body == "sample-league"
    unknown = read([opened(text)], [sample], body="nobody")
    assert [f.code for f in unknown.findings] == ["unknown-body"]
    assert "sample-league" in unknown.findings[0].message


def test_no_pack_at_all_is_told(sample: Pack) -> None:
    assert [f.code for f in read([opened("A word.")], []).findings] == ["body-not-found"]
    assert read([], [sample]).proposals == ()


# The selection


def matters(found: Reading) -> list[str]:
    return sorted({p.entry.name for p in found.proposals if isinstance(p.entry, Matter)})


def test_a_selection_is_named_by_the_year_of_the_vacancy(sample: Pack) -> None:
    backs = f"{RACE}{RIVALS} Eastholm backs Example."
    assert matters(reading(sample, backs)) == ["dg-2031"]
    assert matters(reading(sample, f"{backs} Placeholder will step down in March 2032.")) == [
        "dg-2032"
    ]


def test_one_report_may_tell_the_year_for_all(sample: Pack) -> None:
    one = opened(f"{RACE}{RIVALS} Eastholm backs Example.", "2031-05-14")
    two = opened(f"{RACE}{RIVALS} Example will take office on 1 January 2032.", "2031-06-01")
    found = read([one, two], [sample])
    assert matters(found) == ["dg-2032"]
    assert {p.entry.matter for p in found.proposals if isinstance(p.entry, Position)} == {"dg-2032"}


LEFT = "Placeholder left the post on 31 August 2030."
COMES = "Example will take office on 1 March 2031."


def test_when_an_office_falls_vacant_goes_before_when_it_is_filled(sample: Pack) -> None:
    autumn = opened(f"{RACE}{RIVALS} Eastholm backs Example. {LEFT}", "2030-10-28")
    winter = opened(f"{RACE}{RIVALS} Highfell backs Example. {COMES}", "2031-02-15")
    assert matters(read([winter], [sample])) == ["dg-2031"]
    assert matters(read([winter, autumn], [sample])) == ["dg-2030"]


def test_the_pack_may_tell_since_when_the_office_is_empty(sample: Pack) -> None:
    left = Term(body="sample-league", office="director-general", holder="cy-placeholder",
                end=When.parse("2030-08-31"))  # fmt: skip
    winter = opened(f"{RACE}{RIVALS} Highfell backs Example. {COMES}", "2031-02-15")
    assert matters(read([winter], [(*sample, left)])) == ["dg-2030"]


def test_a_surname_is_the_person_whom_another_report_names_in_full(sample: Pack) -> None:
    full = opened(f"{RACE}{RIVALS}", "2031-05-14")
    bare = opened("The League met. President Sample of Southvale withdrew from the race to become "
                  "Director-General on Monday.", "2031-05-20")  # fmt: skip
    steps = [p.entry for p in read([full, bare], [sample]).proposals]
    assert [s.candidate for s in steps if isinstance(s, Candidacy)] == ["bob-sample"]


def test_two_persons_of_one_surname_stay_two(sample: Pack) -> None:
    full = opened(f"{RACE}Ann Example of Northmark and Bob Sample of Southvale, not Eve Sample of "
                  "Highfell.", "2031-05-14")  # fmt: skip
    bare = opened("The League met. President Sample withdrew from the race to become "
                  "Director-General on Monday.", "2031-05-20")  # fmt: skip
    steps = [p.entry for p in read([full, bare], [sample]).proposals]
    assert "bob-sample" not in [s.candidate for s in steps if isinstance(s, Candidacy)]


def test_one_office_may_go_unnamed(sample: Pack) -> None:
    text = "Northmark's Ann Example pulled out of the race to lead the Sample League on Monday."
    steps = [p.entry for p in reading(sample, text).proposals]
    assert [s.candidate for s in steps if isinstance(s, Candidacy)] == ["ann-example"]


def test_reports_of_different_years_are_about_different_selections(sample: Pack) -> None:
    one = opened(f"{RACE}{RIVALS} Eastholm backs Example.", "2031-05-14")
    two = opened(f"{RACE}{RIVALS} Eastholm backs Sample.", "2036-05-14")
    assert matters(read([one, two], [sample])) == ["dg-2031", "dg-2036"]


def test_a_candidate_of_one_report_is_one_in_the_others(sample: Pack) -> None:
    plain = "The League met. Highfell backs Bob Sample."
    assert positions(reading(sample, plain)) == []
    assert positions(reading(sample, plain, f"{RACE}{RIVALS}")) == [("highfell", "bob-sample")]


def test_a_surname_that_two_persons_bear_is_nobodys(sample: Pack) -> None:
    text = f"{RACE}{RIVALS} Eastholmer President Dee Example came. Highfell backs Example."
    assert positions(reading(sample, text)) == []
    full = text.replace("backs Example", "backs Ann Example")
    assert positions(reading(sample, full)) == [("highfell", "ann-example")]


def test_a_pronoun_with_two_antecedents_is_nobody(sample: Pack) -> None:
    one = f"{RACE}{RIVALS} Bob Sample spoke. Highfell backs him."
    two = f"{RACE}{RIVALS} Bob Sample met Ann Example. Highfell backs him."
    assert positions(reading(sample, one)) == [("highfell", "bob-sample")]
    assert positions(reading(sample, two)) == []


def test_who_joined_later_has_no_stance_before(sample: Pack) -> None:
    text = f"{RACE}{RIVALS} Inisbay backs Example."
    assert positions(read([opened(text, "2031-05-14")], [sample])) == [("inisbay", "ann-example")]
    assert positions(read([opened(text, "2031-01-14")], [sample])) == []


def test_a_day_that_contradicts_itself_is_told_and_not_used(sample: Pack) -> None:
    found = reading(sample, f"{RACE}{RIVALS} Sample withdrew from the race on Tuesday (14).")
    (step,) = (p.entry for p in found.proposals if isinstance(p.entry, Candidacy))
    assert step.public == When.parse("../2031-05-14")
    assert [(f.code, f.severity) for f in found.findings] == [
        ("date-contradicts-itself", "warning")
    ]


def test_a_number_that_does_not_fit_its_list_is_told(sample: Pack) -> None:
    text = "Three countries have joined the Sample League since 2026: Inisbay and Lowmoor."
    found = reading(sample, f"{RACE}{RIVALS} {text}")
    assert [f.code for f in found.findings] == ["count-differs"]
    assert {p.entry.kind for p in found.proposals} <= {"party", "matter"}


# Sentences


@pytest.mark.parametrize(
    ("text", "status", "signal"),
    [
        ("Eastholm backs Example.", "proposed", True),
        ("The weather was fine.", "context", False),
        ("Eastholm maintained its support for the harbour.", "context", False),
        ("Eastholm reportedly endorsed Example.", "not-read", True),
        ("Eastholm backs Example", "not-read", True),
        ("A short title", "not-read", False),
        (f"Eastholm backs {'very ' * 400}Example.", "not-read", True),
    ],
)
def test_every_sentence_has_a_status(text: str, status: str, signal: bool, sample: Pack) -> None:
    last = reading(sample, f"{RACE}{RIVALS} {text}").sentences[-1]
    assert (last.status, last.signal) == (status, signal)


def test_a_sentence_names_its_proposals(sample: Pack) -> None:
    found = reading(sample, f"{RACE}{RIVALS} Eastholm backs Example. Highfell opposes Sample.")
    named = [identity for sentence in found.sentences for identity in sentence.proposals]
    assert sorted(named) == sorted(proposal.id for proposal in found.proposals)
    assert [proposal.id for proposal in found.proposals] == [p.entry.id for p in found.proposals]


def test_a_proposal_as_json_has_the_documented_form(sample: Pack) -> None:
    found = reading(sample, f"{RACE}{RIVALS} Eastholm backs Example.")
    (told,) = (p.as_dict() for p in found.proposals if isinstance(p.entry, Position))
    assert told == {
        "id": told["id"],
        "kind": "position",
        "entry": told["entry"],
        "happened": "2031-05-14",
        "basis": "report-date",
        "modality": "asserted",
        "speaker": "",
        "rule": "position",
        "span": {
            "source": found.sources[0].name,
            "start": told["span"]["start"],
            "end": told["span"]["start"] + len("Eastholm backs Example"),
            "quote": "Eastholm backs Example",
        },
    }
    assert set(found.sentences[-1].as_dict()) == {
        "source", "start", "end", "status", "signal", "proposals",
    }  # fmt: skip


# Order and offsets

SOME = (
    f"{RACE}{RIVALS} Eastholm backs Example.",
    "The League met. All other members support Bob Sample. Placeholder leaves office in June 2031.",
    "SEATOWN, May 14 (Wire) – Ann Example of Northmark withdrew from the race to lead the League.",
)


def test_the_order_of_the_reports_changes_nothing(sample: Pack) -> None:
    documents = [opened(text) for text in SOME]
    first = read(documents, [sample])
    assert len(first.proposals) > 5
    for order in permutations(documents):
        assert read(order, [sample]) == first
    assert read([*documents, *documents], [sample]) == first


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_may_be_marks_of_their_own(form: Literal["NFC", "NFD"], sample: Pack) -> None:
    text = f"{RACE}Ána Ëxample of Northmark and Bob Sample. Éve Fîller of Highfell withdrew."
    backs = "Eastholm backs Ána Ëxample to become Director-General."
    found = read([opened(normalize(form, f"{text} {backs}"))], [sample])
    assert positions(found) == [("eastholm", "ana-example")]
    (span,) = (p.span for p in found.proposals if isinstance(p.entry, Position))
    assert span.quote == normalize(form, backs.removesuffix("."))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_every_span_is_what_the_file_holds_there(sample: Pack, prefix: str) -> None:
    document = open_document(f" date 2031-05-14 {prefix}.\n\n{SOME[0]} {SOME[1]}", "report.txt")
    assert isinstance(document, Document)
    found = read([document], [sample])
    assert found.proposals
    for proposal in found.proposals:
        for span in proposal.entry.spans:
            assert document.text[span.start : span.end] == span.quote
            assert span.quote.strip() == span.quote != ""
