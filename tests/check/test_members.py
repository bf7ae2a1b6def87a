"""Acting as a member, and being one."""


def test_a_position_from_before_the_accession(told: list[str]):
    """
    [[position]]
    members = ["ana", "cy"]
    happened = "2022-05-31"
    source = "wire"
    """
    assert told == [
        (
            "f.toml:1 (happened): warning: the position of Cy is dated 2022-05-31, but Cy "
            "joined on 2022-06-01; check the date of the position and of the membership "
            "[outside-membership]"
        ),
    ]


def test_a_position_on_the_day_of_the_accession_or_on_a_day_not_known(told: list[str]):
    """
    [[position]]
    members = "cy"
    happened = "2022-06-01"

    [[position]]
    members = "cy"
    happened = "2022-05/2022-06"

    [[position]]
    members = "cy"
    """
    assert told == []


def test_an_intent_may_come_before_the_accession(told: list[str]):
    """
    [[position]]
    members = "cy"
    happened = "2022-01-01"
    modality = "planned"
    """
    assert told == []


def test_an_objection_after_the_withdrawal_and_before_the_return(told: list[str]):
    """
    [[membership]]
    member = "bo"
    change = "withdrawal"
    happened = "2023-01-10/2023-01-20"

    [[membership]]
    member = "bo"
    change = "accession"
    happened = "2024-01-01"

    [[objection]]
    member = "bo"
    happened = "2023-03-01"
    """
    assert told == [
        (
            "f.toml:11 (happened): warning: the objection of Bo is dated 2023-03-01, but Bo "
            "left on 2023-01-10/2023-01-20 and joined again on 2024-01-01; check the date of "
            "the objection and of the membership [outside-membership]"
        ),
    ]


def test_an_objection_on_a_day_on_which_it_may_have_left(told: list[str]):
    """
    [[membership]]
    member = "bo"
    change = "withdrawal"
    happened = "2023-01-10/2023-01-20"

    [[objection]]
    member = "bo"
    happened = "2023-01-20"
    """
    assert told == []


def test_a_reserve_while_suspended(told: list[str]):
    """
    [[membership]]
    member = "bo"
    change = "suspension"
    happened = "2023-01-10"

    [[reserve]]
    member = "bo"
    happened = "2023-03-01"
    """
    assert told == [
        (
            "f.toml:6 (happened): warning: the reserve of Bo is dated 2023-03-01, but Bo left "
            "on 2023-01-10; check the date of the reserve and of the membership "
            "[outside-membership]"
        ),
    ]


def test_a_party_that_never_was_a_member(told: list[str]):
    """
    [[position]]
    members = ["dee", "ana"]
    happened = "2024-02-01"

    [[objection]]
    member = "dee"
    happened = "2024-02-02"

    [[position]]
    members = "eva"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:9: error: Eva was never a member, so a position of it counts for nothing; "
            "add its accession, or record what it said as a [[remark]] [not-a-member]"
        ),
        (
            "f.toml:1: error: Dee was never a member, so 2 entries of it count for nothing; "
            "add its accession, or record what it said as a [[remark]] [not-a-member]"
        ),
    ]


def test_a_remark_of_anybody(told: list[str]):
    """
    [[remark]]
    speaker = "dee"
    text = "she would be a good chair"
    """
    assert told == []


def test_stances_in_a_record_without_members(told: list[str]):
    """
    #: bare
    [[position]]
    members = "ana"
    happened = "2024-02-01"

    [[tally]]
    counts = { support = 3 }
    of = 3
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:2: error: no entry says who is a member, so no rule can be met: add "
            "[[membership]] entries, or name a body whose pack comes with the program "
            "[no-members]"
        ),
    ]


def test_a_file_that_holds_no_stances_needs_no_members(told: list[str]):
    """
    #: bare
    [[remark]]
    text = "hello"
    """
    assert told == []


def test_a_withdrawal_before_the_accession(told: list[str]):
    """
    [[membership]]
    member = "cy"
    change = "withdrawal"
    happened = "2021-01-01"
    """
    assert told == [
        (
            "f.toml:1 (happened): error: the withdrawal of Cy on 2021-01-01 lies before its "
            "first accession, of 2022-06-01; check both dates, or add the accession that came "
            "first [withdrawal-without-accession]"
        ),
    ]


def test_a_withdrawal_with_no_accession(told: list[str]):
    """
    [[membership]]
    member = "dee"
    change = "withdrawal"
    happened = "2021-01-01"
    """
    assert told == [
        (
            "f.toml:1 (happened): error: the withdrawal of Dee on 2021-01-01 is recorded, but "
            "no accession; add it with its date [withdrawal-without-accession]"
        ),
    ]


def test_a_withdrawal_in_the_year_of_the_accession(told: list[str]):
    """
    [[membership]]
    member = "cy"
    change = "withdrawal"
    happened = "2022"
    """
    assert told == []


def test_acts_of_a_day_before_the_accession_and_after_the_withdrawal(told: list[str]):
    """
    [[membership]]
    member = "dee"
    happened = "2024-02-01T12:00Z"

    [[membership]]
    member = "dee"
    change = "withdrawal"
    happened = "2024-02-20T12:00Z"

    [[position]]
    members = "dee"
    happened = "2024-02-01T12:59+01:00"

    [[position]]
    members = "dee"
    happened = "2024-02-01T13:00+01:00"

    [[position]]
    members = "dee"
    happened = "2024-02-20T12:00Z"

    [[position]]
    members = "dee"
    happened = "2024-02-20T11:59Z"

    [[position]]
    members = "dee"
    happened = "2024-02-20"

    [[objection]]
    member = "cy"
    happened = "2022-05-31T22:00Z"
    """
    assert told == [
        (
            "f.toml:10 (happened): warning: the position of Dee is dated 2024-02-01T12:59+01:00, "
            "but Dee joined on 2024-02-01T12:00Z; check the time of the position and of the "
            "membership [outside-membership]"
        ),
        (
            "f.toml:18 (happened): warning: the position of Dee is dated 2024-02-20T12:00Z, but "
            "Dee left on 2024-02-20T12:00Z; check the time of the position and of the membership "
            "[outside-membership]"
        ),
    ]


def test_a_date_that_is_only_approximate_counts_as_it_stands(told: list[str]):
    """
    [[membership]]
    member = "dee"
    happened = "2024-02-01~"

    [[position]]
    members = "dee"
    happened = "2024-01-31"

    [[membership]]
    member = "eva"
    happened = "2024-01-29/2024-02-03"

    [[position]]
    members = "eva"
    happened = "2024-01-31?"
    """
    assert told == [
        (
            "f.toml:5 (happened): warning: the position of Dee is dated 2024-01-31, but Dee "
            "joined on 2024-02-01; check the date of the position and of the membership (a date "
            "with ~ or ? counts as it stands; write an interval, such as 2024-06-10/2024-06-16, "
            "where it may have been another day) [outside-membership]"
        ),
    ]


def test_a_party_whose_accession_is_only_planned(told: list[str]):
    """
    [[membership]]
    member = "dee"
    modality = "planned"
    happened = "2024-02-01"

    [[position]]
    members = "dee"
    happened = "2024-02-05"
    """
    assert told == [
        (
            "f.toml:1: error: Dee is no member yet, so what it says counts for nothing: its "
            "accession is only planned; add the accession when it has come [not-a-member]"
        ),
    ]


def test_a_name_that_is_empty(told: list[str]):
    """
    [[membership]]
    member = " "
    happened = "2020-01-01"

    [[position]]
    members = ["ana", ""]
    happened = "2021-01-01"
    """
    assert told == [
        (
            "f.toml:1 (member): error: the name in 'member' is empty; write whom or what this "
            "membership is about [empty-name]"
        ),
        (
            "f.toml:5 (members): error: the name in 'members' is empty; write whom or what this "
            "position is about [empty-name]"
        ),
    ]


def test_a_day_on_which_nobody_was_a_member(told: list[str]):
    """
    #: on=2019-12-31
    [[remark]]
    text = "not yet"
    """
    assert told == [
        (
            "warning: nobody was a member on 2019-12-31, so no rule can be met then; the first "
            "that joined did so on 2020-01-01 [no-members]"
        ),
    ]


def test_a_day_on_which_all_had_left(told: list[str]):
    """
    #: on=2024-01-01 bare
    [[membership]]
    member = "ana"
    happened = "2020-01-01"

    [[membership]]
    member = "ana"
    change = "withdrawal"
    happened = "2023-01-01"
    """
    assert told == [
        "warning: nobody was a member on 2024-01-01, so no rule can be met then [no-members]",
    ]


def test_a_day_on_which_somebody_may_have_been_a_member(told: list[str]):
    """
    #: on=2020-06-01 bare
    [[membership]]
    member = "ana"
    happened = "2020"
    """
    assert told == []
