"""Support for candidates who had left."""

from nemcon.check import check
from nemcon.entries import AnyEntry, Candidacy, Matter, Position
from nemcon.state import at
from nemcon.when import When


def test_support_after_a_withdrawal(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    told = "2024-02-01"
    public = "2024-02-10"

    [[position]]
    members = ["ana", "bo"]
    candidate = "eva"
    happened = "2024-02-11"

    [[tally]]
    counts = { support = 2 }
    candidate = "eva"
    happened = "2024-02-12/2024-02-20"

    [[position]]
    members = "all"
    candidate = "eva"
    happened = "2024-03-01"
    """
    assert told == [
        (
            "f.toml:17 (happened): warning: the support of all members for Eva is dated "
            "2024-03-01, but Eva had withdrawn before (2024-02-10); check both dates, or "
            "record that the candidate ran again [support-after-departure]"
        ),
        (
            "f.toml:7 (happened): warning: the support of Ana and Bo for Eva is dated "
            "2024-02-11, but Eva had withdrawn before (2024-02-10); check both dates, or "
            "record that the candidate ran again [support-after-departure]"
        ),
        (
            "f.toml:12 (happened): warning: the support of the members counted for Eva is "
            "dated 2024-02-12/2024-02-20, but Eva had withdrawn before (2024-02-10); check "
            "both dates, or record that the candidate ran again [support-after-departure]"
        ),
    ]


def test_support_until_the_withdrawal_or_for_another(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    told = "2024-02-01"
    public = "2024-02-10"

    [[position]]
    members = "ana"
    candidate = "eva"
    happened = "2024-02-10"

    [[position]]
    members = "bo"
    candidate = "eva"
    happened = "2024-02-05"

    [[position]]
    members = "cy"
    candidate = "eva"

    [[position]]
    members = "ana"
    candidate = "eva"
    negated = true
    happened = "2024-02-11"

    [[position]]
    members = "bo"
    candidate = "fay"
    happened = "2024-02-11"

    [[position]]
    members = "cy"
    candidate = "eva"
    modality = "planned"
    happened = "2024-02-11"

    [[tally]]
    counts = { support = 0 }
    candidate = "eva"
    happened = "2024-02-11"
    """
    assert told == []


def test_support_for_one_who_ran_again(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "declined"
    happened = "2024-02-01"

    [[candidacy]]
    candidate = "eva"
    change = "declared"
    happened = "2024-02-20"

    [[position]]
    members = "ana"
    candidate = "eva"
    happened = "2024-02-10"

    [[position]]
    members = "bo"
    candidate = "eva"
    happened = "2024-02-10/2024-02-22"

    [[position]]
    members = "cy"
    candidate = "eva"
    happened = "2024-02-21"
    """
    assert told == [
        (
            "f.toml:11 (happened): warning: the support of Ana for Eva is dated 2024-02-10, "
            "but Eva had declined before (2024-02-01); check both dates, or record that the "
            "candidate ran again [support-after-departure]"
        ),
    ]


def test_an_elimination_in_another_matter(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[matter]]
    name = "n"
    rule = "unanimity"

    [[candidacy]]
    matter = "m"
    candidate = "eva"
    change = "eliminated"
    happened = "2024-02-01"

    [[position]]
    matter = "n"
    members = "ana"
    candidate = "eva"
    happened = "2024-02-10"
    """
    assert told == []


def test_support_after_a_withdrawal_of_the_same_day(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"
    change = "withdrawn"
    happened = "2024-02-01T09:00Z"

    [[position]]
    members = "ana"
    candidate = "eva"
    happened = "2024-02-01T12:00Z"

    [[position]]
    members = "bo"
    candidate = "eva"
    happened = "2024-02-01T09:30+01:00"

    [[position]]
    members = "cy"
    candidate = "eva"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:6 (happened): warning: the support of Ana for Eva is dated 2024-02-01T12:00Z, "
            "but Eva had withdrawn before (2024-02-01); check both dates, or record that the "
            "candidate ran again [support-after-departure]"
        ),
    ]


def test_a_candidate_whose_candidacy_nobody_tells(told: list[str]):
    """
    [[candidacy]]
    candidate = "eva"

    [[position]]
    members = ["ana", "bo"]
    candidate = "fay"
    happened = "2024-02-11"
    """
    assert told == [
        (
            "f.toml:4 (candidate): note: Fay is named as a candidate, and no candidacy of that "
            "name is told, while others are; record the candidacy, or correct the name "
            "[no-candidacy]"
        ),
    ]


def test_a_name_that_is_most_like_a_candidate(told: list[str]):
    """
    [[party]]
    name = "tokyo"
    title = "Tokyo"

    [[candidacy]]
    candidate = "tokyo"

    [[position]]
    members = ["ana", "bo"]
    candidate = "tokio"
    happened = "2024-02-11"
    """
    assert told == [
        (
            "f.toml:8 (candidate): warning: no party entry has the name 'tokio', which this "
            "position names in 'candidate'; did you mean 'tokyo'? Else declare it "
            "[unknown-candidate]"
        ),
    ]


def test_a_candidate_where_no_candidacy_is_told(told: list[str]):
    """
    [[position]]
    members = ["ana", "bo"]
    candidate = "fay"
    happened = "2024-02-11"
    """
    assert told == []


def test_a_name_like_a_candidate_where_no_party_is_described():
    entries: list[AnyEntry] = [
        Matter(name="host", sort="selection"),
        Candidacy(matter="host", candidate="tokyo"),
        Position(matter="host", members=("ana",), candidate="tokio"),
    ]
    (found,) = [f for f in check(at(entries, When.parse("2024"))) if f.code == "no-candidacy"]
    assert (found.severity, found.message) == (
        "warning",
        (
            "'tokio' is named as a candidate, and no candidacy of that name is told, while others "
            "are; did you mean 'tokyo'? Else record the candidacy"
        ),
    )
