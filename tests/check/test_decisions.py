"""Decisions, against the verdict at their own instant."""

from dataclasses import replace

from nemcon.check import carried, check
from nemcon.check.checked import Checked
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import declared
from nemcon.worlds.verdict import answer
from tests.check.documents import Document, procedures


def test_a_decision_that_is_not_shown_to_be_carried(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[position]]
    members = ["ana", "bo"]
    happened = "2024-02-01"

    [[decision]]
    happened = "2024-02-10"
    """
    assert told == [
        (
            "f.toml:9: warning: the decision of 2024-02-10 is not shown to be carried by the "
            "rule (support then: 2 to 3 of 3); record who supported it and when, as far as "
            "that can be known [decision-not-shown-to-be-carried]"
        ),
    ]


def test_a_decision_that_is_carried_or_that_rejects(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[matter]]
    name = "n"
    rule = "unanimity"

    [[position]]
    matter = "m"
    members = "all"
    happened = "2024-02-01"

    [[decision]]
    matter = "m"
    happened = "2024-02-10"

    [[decision]]
    matter = "n"
    result = "rejected"
    happened = "2024-02-10"
    """
    assert told == []


def test_a_decision_that_is_not_carried_in_a_complete_record(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"
    completeness = [{ what = "position" }]

    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-01"

    [[decision]]
    happened = "2024-02-10"
    """
    assert told == [
        (
            "f.toml:11: error: the decision of 2024-02-10 is not carried by the rule (support "
            "then: 2 of 3); record the stances that are missing, or the chair's reason in "
            "'reason' [decision-not-carried]"
        ),
    ]


def test_a_decision_that_is_not_carried_with_the_reason_of_the_chair(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"
    completeness = [{ what = "position" }]

    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-01"

    [[decision]]
    happened = "2024-02-10"
    reason = "Cy had left the room"
    """
    assert told == [
        (
            "f.toml:11: warning: the decision of 2024-02-10 is not carried by the rule "
            "(support then: 2 of 3); the reason stated is 'Cy had left the room' "
            "[decision-not-carried]"
        ),
    ]


def test_a_decision_that_is_not_carried_in_a_reported_record(told: list[str]):
    """
    [matter]
    name = "ch-2024"
    sort = "selection"

    [[candidacy]]
    candidate = "fay"
    change = "withdrawn"
    happened = "2024-01-01"

    [[position]]
    members = "all"
    candidate = "fay"
    happened = "2023-12-01"

    [[decision]]
    result = "appointed"
    candidate = "fay"
    happened = "2024-02-01/2024-02-10"
    """
    assert told == [
        (
            "f.toml:15: warning: the decision of 2024-02-01/2024-02-10 to appoint Fay is not "
            "carried by the rule (the candidate had left the contest); record the stances that "
            "are missing, or the chair's reason in 'reason' [decision-not-carried]"
        ),
    ]


def test_a_rule_that_cannot_be_found_carries_nothing_and_blames_nobody(document: Document):
    """
    [[matter]]
    name = "m"
    rule = "unanimous"

    [[decision]]
    happened = "2024-02-10"
    """
    assert [f.code for f in document.check()] == ["unknown-rule"]


def test_the_rule_in_force_when_it_was_decided(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "statutes"

    [[rule]]
    name = "statutes"
    algebra = { outcome = [{ is = "adopted", favourable = true }] }
    end = "2024-01-01"

    [[rule]]
    name = "statutes"
    procedure = "unanimity"
    start = "2024-01-01"

    [[decision]]
    happened = "2023-12-31"
    """
    assert told == []


def test_unreadable_entries_may_say_what_is_missing(document: Document):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[position]]
    members = "dee"
    happened = "2024-02-01"

    [[decision]]
    happened = "2024-02-10"
    """
    state = replace(document.state, sealed=1)
    assert [str(f) for f in check(state, procedures=procedures)] == [
        (
            "warning: the decision of 2024-02-10 is not shown to be carried by the rule "
            "(support then: 0 to 3 of 3); entries that cannot be read may say more "
            "[decision-not-shown-to-be-carried]"
        ),
        (
            "warning: Dee was never a member, so a position of it counts for nothing; add its "
            "accession, or record what it said as a [[remark]] (or an entry that cannot be "
            "read says it) [not-a-member]"
        ),
    ]


def test_the_finding_for_an_answer_at_hand(document: Document):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[position]]
    members = ["ana", "bo"]
    happened = "2024-02-01"

    [[decision]]
    happened = "2024-02-10"
    """
    rule = procedures("unanimity")
    assert rule is not None
    made = declared(document.state, "m", None, Conventions())
    assert made is not None
    found = answer(document.state, "m", rule, event="decision")
    finding = carried(made, found, Checked(document.state).titles)
    (same,) = document.check()
    assert finding == replace(same, place=None)


def test_decisions_of_one_matter_that_do_not_agree(told: list[str]):
    """
    [[matter]]
    name = "ch-2024"
    sort = "selection"
    office = "chair"

    [[position]]
    matter = "ch-2024"
    members = "all"
    candidate = "eva"
    happened = "2024-02-01"

    [[decision]]
    matter = "ch-2024"
    result = "appointed"
    candidate = "eva"
    happened = "2024-03-01"
    source = "wire"

    [[decision]]
    matter = "ch-2024"
    result = "appointed"
    candidate = "fay"
    happened = "2024-03-02"
    source = "post"

    [[matter]]
    name = "roof"
    rule = "unanimity"

    [[decision]]
    matter = "roof"
    result = "rejected"
    happened = "2024-03-01"

    [[decision]]
    matter = "roof"
    result = "not-adopted"
    source = "wire"
    """
    found = [line for line in told if "contradicting-decisions" in line]
    assert found == [
        (
            "f.toml:12: warning: the decisions of this matter do not agree: Eva appointed on "
            "2024-03-01 ('wire'); Fay appointed on 2024-03-02 ('post'); answers take them for "
            "reports of one decision: correct the one that is wrong, or give a later decision a "
            "matter of its own [contradicting-decisions]"
        ),
    ]


def test_reports_of_one_decision_agree(told: list[str]):
    """
    [matter]
    name = "ch-2024"
    sort = "selection"
    office = "chair"

    [[position]]
    members = "all"
    candidate = "eva"
    happened = "2024-02-01"

    [[decision]]
    result = "appointed"
    candidate = "eva"
    happened = "2024-03-01"
    source = "wire"

    [[decision]]
    source = "post"

    [[decision]]
    result = "appointed"
    candidate = "fay"
    happened = "2024-04-01"
    modality = "planned"
    """
    assert told == []
