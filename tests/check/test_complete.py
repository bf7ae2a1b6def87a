"""Complete records that lack an act."""

from nemcon.worlds.conventions import Conventions
from tests.check.documents import Document


def test_a_first_claim_that_only_holds(told: list[str]):
    """
    [matter]
    name = "m"
    title = "New statutes"
    rule = "unanimity"
    completeness = [{ what = "position" }]

    [[position]]
    members = "all"
    excepted = "cy"
    happened = "2024-02-02"

    [[position]]
    members = "ana"
    claim = "changes"
    happened = "2024-02-01"

    [[position]]
    members = "cy"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:7: note: the record of New statutes is said to be complete, but the first "
            "that it says of Bo and Cy is a stance already held; record when it was taken "
            '(claim = "changes") [act-missing]'
        ),
    ]


def test_records_that_lack_no_act_or_are_only_reported(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"
    completeness = [{ what = "position", start = "2024-02-01" }]

    [[matter]]
    name = "n"
    rule = "unanimity"
    completeness = [{ what = "objection" }]

    [[position]]
    matter = "m"
    members = "ana"
    claim = "changes"
    happened = "2024-02-01"

    [[position]]
    matter = "m"
    members = "ana"
    happened = "2024-02-01"

    [[objection]]
    matter = "m"
    member = "bo"
    happened = "2024-02-01"

    [[position]]
    matter = "m"
    members = "cy"
    happened = "2024-01-01"

    [[position]]
    matter = "n"
    members = "ana"
    happened = "2024-02-01"
    """
    assert told == []


def test_completeness_as_a_convention(document: Document):
    """
    [matter]
    name = "m"
    rule = "unanimity"
    completeness = [{ what = "position" }]

    [[position]]
    members = "ana"
    modality = "planned"
    happened = "2024-02-01"

    [[position]]
    members = "ana"
    happened = "2024-02-02"
    """
    told = {
        record: [f.code for f in document.check(conventions=Conventions(record=record))]
        for record in (None, "complete", "reported")
    }
    assert told == {None: ["act-missing"], "complete": ["act-missing"], "reported": []}
