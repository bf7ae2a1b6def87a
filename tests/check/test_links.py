"""Links between entries."""

from tests.check.documents import Document


def test_an_event_that_nothing_reports(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    happened = "2024-02-01"

    [[position]]
    members = "ana"
    candidate = "fay"
    before = "candidacy/ewa/withdrawn"

    [[position]]
    members = "bo"
    candidate = "fay"
    after = "decision"
    """
    assert told == [
        (
            "f.toml:11 (after): warning: this position is dated after 'decision', an event "
            "that nothing here reports, so it keeps its own date; report it, or correct the "
            "link [unknown-event]"
        ),
        (
            "f.toml:6 (before): warning: this position is dated before "
            "'candidacy/ewa/withdrawn', an event that nothing here reports, so it keeps its "
            "own date; did you mean 'candidacy/eva/withdrawn'? Else report it, or correct the "
            "link [unknown-event]"
        ),
    ]


def test_an_event_that_is_only_planned_dates_nothing(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2025-03-01"
    modality = "planned"

    [[remark]]
    text = "on her way"
    before = "term/chair/eva/start"
    """
    assert told == [
        (
            "f.toml:7 (before): warning: this remark is dated before 'term/chair/eva/start', "
            "an event that nothing here reports, so it keeps its own date; report it, or "
            "correct the link [unknown-event]"
        ),
    ]


def test_events_of_the_matter_and_of_the_register(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[decision]]
    happened = "2024-03-01"
    result = "rejected"

    [[position]]
    members = "ana"
    before = "decision"

    [[position]]
    members = "bo"
    after = "membership/cy/accession"

    [[expectation]]
    expects = "candidacy/eva/withdrawn"
    """
    assert told == []


def test_an_event_of_another_matter_is_none(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[matter]]
    name = "n"
    rule = "unanimity"

    [[decision]]
    matter = "m"
    happened = "2024-03-01"
    result = "rejected"

    [[position]]
    matter = "n"
    members = "ana"
    before = "decision"
    """
    assert told == [
        (
            "f.toml:14 (before): warning: this position is dated before 'decision', an event "
            "that nothing here reports, so it keeps its own date; report it, or correct the "
            "link [unknown-event]"
        ),
    ]


def test_what_the_verdict_takes_for_no_event_is_none(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[matter]]
    name = "n"
    rule = "unanimity"

    [[decision]]
    happened = "2024-03-01"
    result = "rejected"

    [[position]]
    matter = "n"
    members = "ana"
    before = "decision"

    [[membership]]
    member = "ana"
    change = "attributes"
    happened = "2024-01-01"

    [[position]]
    matter = "m"
    members = "ana"
    after = "membership/ana/attributes"
    """
    assert [line for line in told if "unknown-event" in line] == [
        (
            "f.toml:13 (before): warning: this position is dated before 'decision', an event "
            "that nothing here reports, so it keeps its own date; report it, or correct the "
            "link [unknown-event]"
        ),
        (
            "f.toml:23 (after): warning: this position is dated after "
            "'membership/ana/attributes', an event that nothing here reports, so it keeps its "
            "own date; report it, or correct the link [unknown-event]"
        ),
    ]


def test_what_is_no_event(told: list[str]):
    """
    [[expectation]]
    expects = "formal selection"

    [[remark]]
    text = "soon"
    after = "candidacy/eva/gone"
    """
    assert told == [
        (
            "f.toml:1 (expects): warning: 'formal selection' is no event; write one of "
            "decision, candidacy/NAME/withdrawn, membership/NAME/accession, "
            "term/OFFICE/NAME/start (or another step) [bad-event]"
        ),
        (
            "f.toml:4 (after): warning: 'candidacy/eva/gone' is no event; write one of "
            "decision, candidacy/NAME/withdrawn, membership/NAME/accession, "
            "term/OFFICE/NAME/start (or another step) [bad-event]"
        ),
    ]


def test_corrections_of_entries_that_are_not_here(told: list[str]):
    """
    [[correction]]
    corrects = "position-0123456789abcdef01234567"
    reason = "wrong day"

    [[rejection]]
    rejects = "the third line"
    """
    assert told == [
        (
            "f.toml:5 (rejects): error: 'the third line' is no id of an entry; write its kind "
            "and 24 hexadecimal digits, such as position-0123456789abcdef01234567 "
            "[bad-entry-id]"
        ),
        (
            "f.toml:1 (corrects): warning: this correction points at "
            "position-0123456789abcdef01234567, and no such entry is here; correct the id (the "
            "content decides it, so any change gives a new one) [unknown-entry]"
        ),
    ]


def test_corrections_are_not_judged_without_all_ids(document: Document):
    """
    [[correction]]
    corrects = "position-0123456789abcdef01234567"
    """
    assert document.check(held=()) == ()


def test_a_correction_of_what_is_here(document: Document):
    """
    [[position]]
    members = "ana"
    happened = "2024-02-01"
    """
    from nemcon.entries import Correction

    (wrong,) = document.loaded.entries
    document.entries = (*document.entries, Correction(corrects=wrong.id))
    assert document.check() == ()
