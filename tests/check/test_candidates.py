"""Support for candidates who had left."""


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
