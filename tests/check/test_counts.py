"""Numbers that cannot be."""


def test_counts_that_exceed_what_they_are_of(told: list[str]):
    """
    [[tally]]
    counts = { support = 2, objection = 2 }
    of = 3
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (counts): error: the counts of this tally make 2 + 2 = 4, more than the "
            "3 that it is of; correct a count or 'of' [too-many-counted]"
        ),
    ]


def test_counts_that_fall_short(told: list[str]):
    """
    [[tally]]
    counts = { support = 1, objection = 1 }
    of = 3
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (counts): warning: the counts of this tally make 1 + 1 = 2 of 3: 1 "
            "member is in no count; correct a number, or count them too (as none, say) "
            "[too-few-counted]"
        ),
    ]


def test_counts_that_may_fall_short(told: list[str]):
    """
    [[tally]]
    counts = { support = 2 }
    of = 3
    happened = "2024-02-01"

    [[tally]]
    counts = { support = 1, objection = 1 }
    bound = "at-least"
    of = 3
    happened = "2024-02-02"

    [[tally]]
    counts = { support = 3, objection = 1 }
    bound = "about"
    of = 3
    happened = "2024-02-03"

    [[tally]]
    counts = { support = 2, objection = 1 }
    of = 3
    happened = "2024-02-04"
    """
    assert told == []


def test_groups_are_summed_apart(told: list[str]):
    """
    [[membership]]
    member = "ana"
    change = "attributes"
    attributes = { permanent = true, class = "north" }

    [[tally]]
    counts = [
      { stance = "support", number = 1, group = "permanent" },
      { stance = "support", number = 3, group = "north" },
      { stance = "objection", number = 1, group = "north" },
    ]
    of = 3
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:6 (counts): error: the counts of this tally make 3 + 1 = 4, more than the "
            "3 that it is of; correct a count or 'of' [too-many-counted]"
        ),
    ]


def test_a_group_that_no_member_is_in(told: list[str]):
    """
    [[membership]]
    member = "ana"
    change = "attributes"
    attributes = { permanent = true, big = false }

    [[tally]]
    counts = [
      { stance = "support", number = 1, group = "permanent" },
      { stance = "support", number = 0, group = "big" },
    ]
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:6 (counts): warning: the tally counts members of 'big', but no member has "
            "that class, nor an attribute of that name that is true; correct the group, or add "
            "the attribute to memberships [unknown-group]"
        ),
    ]


def test_a_stance_counted_twice_and_a_number_below_zero(told: list[str]):
    """
    [[tally]]
    counts = [{ stance = "support", number = 1 }, { stance = "support", number = 2 }]
    happened = "2024-02-01"

    [[tally]]
    counts = { support = -1 }
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (counts): error: the tally counts 'support' more than once (1 and 2); "
            "keep one of them [counted-twice]"
        ),
        (
            "f.toml:5 (counts): error: a tally counts members, and has a number below zero; "
            "correct it [negative-count]"
        ),
    ]


def test_more_than_there_are_members(told: list[str]):
    """
    [[tally]]
    counts = { support = 3 }
    happened = "2022-05-01"

    [[tally]]
    counts = { support = 3 }
    happened = "2022-06-01"
    """
    assert told == [
        (
            "f.toml:1 (counts): warning: the counts of this tally make 3, but there were at "
            "most 2 members on 2022-05-01; correct a count or the date [too-many-counted]"
        ),
    ]


def test_n_of_m_where_m_is_not_the_roll(told: list[str]):
    """
    [[tally]]
    counts = { support = 2 }
    of = 3
    happened = "2022-05-31"

    [[decision]]
    result = "rejected"
    of = 4
    happened = "2024-02-01"

    [[rule]]
    name = "all-agree"
    procedure = "unanimity"
    of = 4
    start = "2021"

    [[rule]]
    requires = "approval-of-all"
    of = 5
    source = "wire"
    """
    assert told == [
        (
            "f.toml:6 (of): warning: this decision is of 4 members, but the roll of 2024-02-01 "
            "has 3; check the number and the date, or add the membership that is missing "
            "[not-the-roll]"
        ),
        (
            "f.toml:17 (of): warning: this rule is of 5 members, but the roll of 2024-03-01 "
            "has 3; check the number and the date, or add the membership that is missing "
            "[not-the-roll]"
        ),
        (
            "f.toml:11 (of): warning: this rule is of 4 members, but the roll of 2021-01-01/.. "
            "has 2 to 3; check the number and the date, or add the membership that is missing "
            "[not-the-roll]"
        ),
        (
            "f.toml:1 (of): warning: this tally is of 3 members, but the roll of 2022-05-31 "
            "has 2; check the number and the date, or add the membership that is missing "
            "[not-the-roll]"
        ),
    ]


def test_n_of_m_where_m_may_be_the_roll(told: list[str]):
    """
    [[tally]]
    counts = { support = 2 }
    of = 2
    happened = "2022-06-01"

    [[tally]]
    counts = { support = 2 }
    of = 3
    happened = "2022-06-01"

    [[tally]]
    counts = { support = 2 }
    of = 2

    [[decision]]
    result = "rejected"
    of = 3
    happened = "2022"

    [[rule]]
    name = "all-agree"
    procedure = "unanimity"
    of = 2
    start = "2021"

    [[rule]]
    requires = "approval-of-all"
    of = 3
    source = "wire"
    """
    assert told == []


def test_a_tally_that_counts_nothing_and_numbers_below_zero_elsewhere(told: list[str]):
    """
    [[tally]]
    counts = {}
    of = 3
    happened = "2024-02-01"

    [[decision]]
    result = "rejected"
    happened = "2024-02-01"
    of = -1
    """
    assert told == [
        "f.toml:6 (of): error: -1 is no number of members; correct it [negative-count]",
        (
            "f.toml:1 (counts): warning: this tally counts nothing; write the numbers: counts = "
            "{ support = 29, abstention = 3 } [nothing-counted]"
        ),
    ]
