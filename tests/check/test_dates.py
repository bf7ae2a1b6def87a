"""Dates that contradict each other."""

from tests.check.documents import Document


def test_two_reports_of_one_withdrawal(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    public = "2024-02-01"
    told = "2024-01-10"
    source = "wire"

    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    happened = "2024-02-03"
    source = "post"

    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    told = "2024-01-15/2024-01-20"
    """
    assert told == [
        (
            "f.toml:1: warning: reports of the withdrawal of Eva contradict each other: "
            "2024-02-01 ('wire') and 2024-02-03 ('post'); correct the one that is wrong, or "
            "widen its date [contradicting-dates]"
        ),
        (
            "f.toml:1: warning: reports of when the body was told of the withdrawal of Eva "
            "contradict each other: 2024-01-10 ('wire') and 2024-01-15/2024-01-20 (no source); "
            "correct the one that is wrong, or widen its date [contradicting-dates]"
        ),
    ]


def test_reports_that_leave_a_common_day(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    public = "2024-02-01"
    told = "2024-01-10"

    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    happened = "2024-02"

    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    told = "2024-01-08/2024-01-14"
    happened = "2024-02-09"
    """
    assert told == []


def test_a_candidate_may_withdraw_again_and_be_named_by_several(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "nominated"
    by = "ana"
    happened = "2023-11-01"

    [[candidacy]]
    candidate = "eva"
    change = "nominated"
    by = "bo"
    happened = "2023-12-01"

    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    happened = "2024-01-01"

    [[candidacy]]
    candidate = "eva"
    change = "running"
    happened = "2024-02-01"

    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    happened = "2024-03-01"
    """
    assert told == []


def test_two_reports_of_one_decision(told: list[str]):
    """
    [[decision]]
    result = "rejected"
    happened = "2024-02-01"
    announced = "2024-02-05"
    effective = "2024-03-01"
    source = "wire"

    [[decision]]
    result = "rejected"
    happened = "2024-02-03/2024-02-10"
    announced = "2024-02-05"
    effective = "2024-03-02"
    source = "post"
    """
    assert told == [
        (
            "f.toml:1: warning: reports of when the decision takes effect contradict each "
            "other: 2024-03-01 ('wire') and 2024-03-02 ('post'); correct the one that is "
            "wrong, or widen its date [contradicting-dates]"
        ),
        (
            "f.toml:1: warning: reports of when the decision was taken contradict each other: "
            "2024-02-01 ('wire') and 2024-02-03/2024-02-05 ('post'); correct the one that is "
            "wrong, or widen its date [contradicting-dates]"
        ),
    ]


def test_a_decision_was_taken_by_its_announcement(told: list[str]):
    """
    [[decision]]
    result = "rejected"
    happened = "2024-02-01/2024-02-20"
    announced = "2024-02-05"

    [[decision]]
    result = "rejected"
    happened = "2024-02-07"
    """
    assert told == [
        (
            "f.toml:1: warning: reports of when the decision was taken contradict each other: "
            "2024-02-01/2024-02-05 (no source) and 2024-02-07 (no source); correct the one "
            "that is wrong, or widen its date [contradicting-dates]"
        ),
    ]


def test_two_reports_of_an_accession_of_a_start_and_of_a_source(told: list[str]):
    """
    [[membership]]
    member = "cy"
    happened = "2022-06-02"
    cite = "Register of 2022"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2023-01-01"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2023-02"

    [[source]]
    name = "wire"
    date = "2024-03-02"
    """
    assert told == [
        (
            "f.toml:1: warning: reports of the accession of Cy contradict each other: "
            "2022-06-01 (no source) and 2022-06-02 ('Register of 2022'); correct the one that "
            "is wrong, or widen its date [contradicting-dates]"
        ),
        (
            "f.toml:16: warning: reports of the date of the source 'wire' contradict each "
            "other: 2024-03-01 (no source) and 2024-03-02 (no source); correct the one that is "
            "wrong, or widen its date [contradicting-dates]"
        ),
        (
            "f.toml:6: warning: reports of the start of the term of Eva as Chair contradict "
            "each other: 2023-01-01 (no source) and 2023-02-01/2023-02-28 (no source); correct "
            "the one that is wrong, or widen its date [contradicting-dates]"
        ),
    ]


def test_a_member_may_join_again(told: list[str]):
    """
    [[membership]]
    member = "bo"
    change = "withdrawal"
    happened = "2023-01-01"

    [[membership]]
    member = "bo"
    happened = "2024-01-01"
    """
    assert told == []


def test_one_move_on_two_days(told: list[str]):
    """
    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-01"
    source = "wire"

    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-03"
    source = "post"

    [[position]]
    members = "bo"
    happened = "2024-02-02"
    """
    assert told == [
        (
            "f.toml:1: warning: reports of the move of Bo to 'support' contradict each other: "
            "2024-02-01 ('wire') and 2024-02-03 ('post'); correct the one that is wrong, or "
            "widen its date [contradicting-dates]"
        ),
    ]


def test_what_was_said_of_the_day_of_a_move_may_be_how_things_stood_before(told: list[str]):
    """
    [[tally]]
    counts = { support = 1 }
    happened = "2024-02-01"

    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-01"
    source = "wire"

    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-02"
    source = "post"
    """
    assert told == [
        (
            "f.toml:5: warning: reports of the move of Bo to 'support' contradict each other: "
            "2024-02-01 ('wire') and 2024-02-02 ('post'); correct the one that is wrong, or "
            "widen its date [contradicting-dates]"
        ),
    ]


def test_two_moves_with_something_between(told: list[str]):
    """
    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-01"

    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-05"

    [[objection]]
    member = "ana"
    happened = "2024-02-03"

    [[position]]
    members = "bo"
    stance = "abstention"
    happened = "2024-02-02/2024-02-20"
    """
    assert told == []


def test_two_moves_with_a_count_between(told: list[str]):
    """
    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-01"

    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-05"

    [[tally]]
    counts = { support = 1 }
    happened = "2024-02-03"
    """
    assert told == []


def test_two_moves_of_neighbouring_days_with_an_act_between(told: list[str]):
    """
    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-01T09:00:00Z"

    [[objection]]
    member = "ana"
    happened = "2024-02-01T20:00:00Z"

    [[position]]
    members = "bo"
    stance = "abstention"
    happened = "2024-02-02T08:00:00Z"

    [[position]]
    members = ["ana", "bo"]
    claim = "changes"
    happened = "2024-02-02T09:00:00Z"
    """
    assert told == []


def test_two_moves_of_neighbouring_days_with_an_act_before_both(told: list[str]):
    """
    [[objection]]
    member = "bo"
    happened = "2024-02-01T08:00:00Z"

    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-01T09:00:00Z"
    source = "wire"

    [[position]]
    members = "bo"
    claim = "changes"
    happened = "2024-02-02T09:00:00Z"
    source = "post"
    """
    assert len(told) == 1
    assert "[contradicting-dates]" in told[0]


def test_dates_of_one_entry_in_the_wrong_order(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    told = "2024-02-02"
    public = "2024-02-01"

    [[objection]]
    member = "ana"
    happened = "2024-02-02"
    end = "withdrawn"
    ended = "2024-02-01"

    [[reserve]]
    member = "ana"
    happened = "2024-02-02"
    lifted = "2024-02-01"

    [[decision]]
    result = "rejected"
    happened = "2024-02-02"
    announced = "2024-02-01"

    [[rule]]
    start = "2024"
    end = "2023"

    [[credential]]
    member = "ana"
    person = "Ann"
    happened = "2024-02-02"
    end = "2024-02-01"

    [[matter]]
    name = "m"
    rule = "unanimity"
    completeness = [{ what = "position", start = "2024-02-02", end = "2024-02-01" }]
    """
    assert told == [
        (
            "f.toml:1 (public): error: the body was told on 2024-02-02, after it became public "
            "on 2024-02-01; correct one of the two dates [dates-out-of-order]"
        ),
        (
            "f.toml:27 (end): error: the credential starts on 2024-02-02, after it ends on "
            "2024-02-01; correct one of the two dates [dates-out-of-order]"
        ),
        (
            "f.toml:18 (announced): error: it was decided on 2024-02-02, after the "
            "announcement on 2024-02-01; correct one of the two dates [dates-out-of-order]"
        ),
        (
            "f.toml:33 (completeness): error: the record is said to be complete from "
            "2024-02-02 to 2024-02-01; correct one of the two dates [dates-out-of-order]"
        ),
        (
            "f.toml:7 (ended): error: the objection is dated 2024-02-02, after it ended on "
            "2024-02-01; correct one of the two dates [dates-out-of-order]"
        ),
        (
            "f.toml:13 (lifted): error: the reserve is dated 2024-02-02, after it was lifted "
            "on 2024-02-01; correct one of the two dates [dates-out-of-order]"
        ),
        (
            "f.toml:23 (end): error: the rule starts on 2024, after it ends on 2023; correct "
            "one of the two dates [dates-out-of-order]"
        ),
    ]


def test_dates_of_one_entry_that_may_be_in_order(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    told = "2024-02"
    public = "2024-02-01"

    [[objection]]
    member = "ana"
    happened = "2024-02-02T10:00+01:00"
    end = "withdrawn"
    ended = "2024-02-02"
    """
    assert told == []


def test_a_fact_told_before_it_happened(told: list[str]):
    """
    [[position]]
    members = "ana"
    happened = "2024-03-03"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2024-10-01"
    source = "wire"

    [[membership]]
    member = "dee"
    happened = "2024-10-01"
    known = "2024-06-01"
    """
    assert told == [
        (
            "f.toml:12 (happened): warning: this entry was known on 2024-06-01 and tells as a "
            'fact what is dated 2024-10-01; write modality = "planned", or correct the date '
            "[told-before-it-happened]"
        ),
        (
            "f.toml:1 (happened): warning: 'wire' was known on 2024-03-01 and tells as a fact "
            'what is dated 2024-03-03; write modality = "planned", or correct the date '
            "[told-before-it-happened]"
        ),
        (
            "f.toml:6 (start): warning: 'wire' was known on 2024-03-01 and tells as a fact "
            'what is dated 2024-10-01; write modality = "planned", or correct the date '
            "[told-before-it-happened]"
        ),
    ]


def test_memberships_after_their_source_are_told_once(document: Document):
    """
    [[membership]]
    member = "dee"
    happened = "2024-10-01"
    source = "wire"

    [[membership]]
    member = "eva"
    happened = "2024-11-01"
    source = "wire"
    """
    assert [str(finding) for finding in document.check()] == [
        (
            "f.toml:1 (source): warning: 'wire' was known on 2024-03-01, and 2 memberships that "
            "rest on it are dated 2024-10-01 and 2024-11-01; name the 'source' that tells them, or "
            "write in 'known' since when they are known (modality = \"planned\" only for those "
            "that were to come) [told-before-it-happened]"
        ),
    ]
    assert document.check(notes=False) == ()


def test_every_date_that_is_told_as_a_fact(document: Document):
    """
    [[position]]
    members = "ana"
    happened = "2024-02-01"
    condition = "a letter"
    condition_met = "2024-03-10"
    source = "wire"

    [[position]]
    members = "bo"
    happened = "2024-02-01"
    authority = "ad-referendum"
    confirmed = "2024-03-11"
    source = "wire"

    [[objection]]
    member = "cy"
    happened = "2024-02-01"
    end = "withdrawn"
    ended = "2024-03-12"
    source = "wire"

    [[reserve]]
    member = "cy"
    happened = "2024-02-01"
    lifted = "2024-03-13"
    source = "wire"

    [[candidacy]]
    candidate = "fay"
    change = "withdrawn"
    told = "2024-02-01"
    public = "2024-03-14"
    source = "wire"

    [[decision]]
    organ = "board"
    happened = "2024-02-01"
    announced = "2024-03-15"
    effective = "2024-03-16"
    effective_confirmed = true
    source = "wire"
    """
    early = [f for f in document.check() if f.code == "told-before-it-happened"]
    dates = ["condition_met", "confirmed", "ended", "lifted", "public", "announced", "effective"]
    assert sorted(f.place.field for f in early if f.place and f.place.field) == sorted(dates)
    assert all("'wire' was known on 2024-03-01" in f.message for f in early)


def test_an_effect_that_is_planned_may_lie_ahead(document: Document):
    """
    [[decision]]
    organ = "board"
    happened = "2024-02-01"
    effective = "2024-10-01"
    source = "wire"
    """
    assert "told-before-it-happened" not in {f.code for f in document.check()}


def test_plans_and_the_day_after(told: list[str]):
    """
    [[position]]
    members = "ana"
    happened = "2024-03-02"
    source = "wire"

    [[membership]]
    member = "dee"
    happened = "2025-10-01"
    modality = "planned"
    source = "wire"

    [[position]]
    members = "ana"
    happened = "2024-10-02"
    """
    assert told == []
