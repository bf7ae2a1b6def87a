"""Attributes of which reports give two values."""


def test_two_reports_of_one_accession(told: list[str]):
    """
    [[membership]]
    member = "bo"
    happened = "2020-01-01"
    attributes = { weight = 3 }
    source = "wire"

    [[membership]]
    member = "bo"
    happened = "2020-01-01"
    attributes = { weight = 8, class = "a" }
    source = "post"
    """
    assert told == [
        (
            "f.toml:1: warning: reports contradict each other: 'weight' of Bo is 3 ('wire') or "
            "8 ('post'), and no date tells which is the later; correct the one that is wrong, or "
            'write the later as a [[membership]] with change = "attributes" and its date '
            "[contradicting-attributes]"
        )
    ]


def test_changes_in_turn(told: list[str]):
    """
    [[membership]]
    member = "bo"
    happened = "2020-01-01"
    attributes = { weight = 3 }

    [[membership]]
    member = "bo"
    change = "attributes"
    happened = "2021-01-01"
    attributes = { weight = 8 }

    [[membership]]
    member = "bo"
    change = "attributes"
    happened = "2022-01-01"
    attributes = { weight = 3 }
    """
    assert told == []
