"""Terms of office, and plans for them."""


def test_a_term_that_ends_before_it_starts(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2024-05-01"
    end = "2024-04-01"
    """
    assert told == [
        (
            "f.toml:1 (end): error: the term of Eva as Chair ends on 2024-04-01, before it "
            "starts on 2024-05-01; correct one of the two [term-ends-before-start]"
        ),
    ]


def test_a_term_that_ends_before_it_starts_by_the_hour_or_as_planned(told: list[str]):
    """
    #: on=2024-01-01
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2023-05-01T09:00Z"
    end = "2023-05-01T09:30+01:00"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-05-01"
    end = "2024-04-01"
    modality = "planned"
    """
    assert told == [
        (
            "f.toml:8 (end): error: the term of Fay as Chair ends on 2024-04-01, before it "
            "starts on 2024-05-01; correct one of the two [term-ends-before-start]"
        ),
        (
            "f.toml:2 (end): error: the term of Eva as Chair ends on 2023-05-01T09:30+01:00, "
            "before it starts on 2023-05-01T09:00Z; correct one of the two "
            "[term-ends-before-start]"
        ),
    ]


def test_an_end_before_the_only_start(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2024-05-01"

    [[term]]
    office = "chair"
    holder = "eva"
    end = "2024-04-01"
    """
    assert told == [
        (
            "f.toml:1 (end): warning: the term of Eva as Chair ends on 2024-04-01, before it "
            "starts on 2024-05-01; correct one of the two, or add the start of the earlier "
            "term [term-ends-before-start]"
        ),
    ]


def test_a_term_of_one_day_and_a_term_of_one_year(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2023-05-01"
    end = "2023-05-01"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024"
    end = "2024-05"

    [[term]]
    office = "chair"
    holder = "dee"
    start = "2025-01-01"
    end = "2024-12-31T23:30Z"
    """
    assert told == []


def test_two_holders_at_once(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"
    end = "2023-01-01"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2022-12-31"

    [[term]]
    office = "chair"
    holder = "fay"
    end = "2024-01-01"

    [[term]]
    office = "chair"
    holder = "dee"
    start = "2023-06-01"
    end = "2023-07-01"
    """
    assert told == [
        (
            "f.toml:7: warning: two holders of Chair at once: the term of Fay ends on "
            "2024-01-01, and Dee took office on 2023-06-01; correct a date [overlapping-terms]"
        ),
        (
            "f.toml:1: warning: two holders of Chair at once: the term of Eva ends on "
            "2023-01-01, and Fay took office on 2022-12-31; correct a date [overlapping-terms]"
        ),
    ]


def test_two_holders_for_some_hours(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"
    end = "2023-01-01T12:00Z"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2023-01-01T09:30Z"
    """
    assert told == [
        (
            "f.toml:1: warning: two holders of Chair at once: the term of Eva ends on "
            "2023-01-01 13:00, and Fay took office on 2023-01-01 10:30; correct a date "
            "[overlapping-terms]"
        ),
    ]


def test_one_may_leave_at_the_moment_the_other_enters(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"
    end = "2023-01-01T12:00Z"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2023-01-01T13:00+01:00"
    end = "2023-12-31T23:30Z"

    [[term]]
    office = "chair"
    holder = "dee"
    start = "2024-01-01"
    """
    assert told == []


def test_somebody_may_stand_in_for_the_holder(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"
    end = "2023-01-01"

    [[term]]
    office = "chair"
    holder = "dee"
    acting = true
    start = "2022-06-01"
    end = "2022-07-01"
    """
    assert told == []


def test_who_stands_in_leaves_when_the_next_holder_enters(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "dee"
    acting = true
    start = "2022-06-01"
    end = "2022-07-01"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2022-06-15"
    """
    assert told == [
        (
            "f.toml:1: warning: two holders of Chair at once: the term of Dee ends on "
            "2022-07-01, and Eva took office on 2022-06-15; correct a date [overlapping-terms]"
        ),
    ]


def test_one_may_leave_on_the_day_the_other_enters(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"
    end = "2023-01-01"

    [[term]]
    office = "chair"
    holder = "fay"
    acting = true
    start = "2023-01-01"
    end = "2023-06"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2023-06-15"
    """
    assert told == []


def test_several_reports_of_one_term_are_one(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2023-01-01"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2023-01-01"
    source = "wire"
    """
    assert told == [
        (
            "f.toml:6: warning: the term of Eva as Chair has no end on record, and Fay took "
            "office on 2023-01-01; add the end [term-without-end]"
        ),
    ]


def test_the_same_holder_twice(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"

    [[term]]
    office = "chair"
    holder = "eva"
    end = "2022-01-01"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2022-01-01"

    [[term]]
    office = "chair"
    holder = "fay"
    end = "2023-01-01"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2023-01-01"
    """
    assert told == []


def test_terms_of_different_offices_and_planned_ones(told: list[str]):
    """
    #: on=2024-06-01
    [[office]]
    name = "clerk"
    title = "Clerk"

    [[term]]
    office = "chair"
    holder = "eva"
    start = "2021-01-01"

    [[term]]
    office = "clerk"
    holder = "fay"
    start = "2022-01-01"

    [[term]]
    office = "chair"
    holder = "dee"
    start = "2024-12-01"
    modality = "planned"
    """
    assert told == []


PLAN = """
    [[matter]]
    name = "ch-2024"
    sort = "selection"
    office = "chair"
"""


def test_a_change_that_was_planned_and_never_confirmed(told: list[str]):
    """
    #: on=2024-10-02
    [[term]]
    office = "chair"
    holder = "eva"
    start = "2020-10-01"

    [[term]]
    office = "chair"
    holder = "eva"
    end = "2024-10-01"
    modality = "planned"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-02"
    modality = "planned"
    source = "wire"
    """
    assert told == [
        (
            "f.toml:7 (end): warning: the term of Eva as Chair was to end on 2024-10-01, and "
            "nothing confirms it since; add a [[term]] with its end, the new plan, or the "
            'denial where it was dropped (modality = "denied") [unconfirmed-change]'
        ),
    ]


def test_a_change_planned_by_a_decision(told: list[str]):
    """
    #: on=2024-10-02
    [matter]
    name = "ch-2024"
    sort = "selection"
    office = "chair"

    [[position]]
    members = "all"
    candidate = "eva"
    happened = "2024-02-20"

    [[decision]]
    result = "appointed"
    candidate = "eva"
    happened = "2024-03-01"
    effective = "2024-10-01"
    source = "wire"
    """
    assert told == [
        (
            "f.toml:12 (effective): warning: Eva was to take office as Chair on 2024-10-01, "
            "and nothing confirms it since; add a [[term]] with its start, the new plan, or the "
            'denial where it was dropped (modality = "denied") [unconfirmed-change]'
        ),
    ]


def test_a_change_on_its_day(told: list[str]):
    """
    #: on=2024-10-01
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"
    """
    assert told == []


def test_a_change_that_could_not_be_known_yet(told: list[str]):
    """
    #: on=2024-10-05 known=2024-09-30
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"
    """
    assert told == []


def test_a_change_that_was_confirmed(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-03"
    """
    assert told == []


def test_an_earlier_term_confirms_no_later_plan(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2020-10-01"
    end = "2022-10-01"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"
    """
    assert told == [
        (
            "f.toml:7 (start): warning: Fay was to take office as Chair on 2024-10-01, and "
            "nothing confirms it since; add a [[term]] with its start, the new plan, or the "
            'denial where it was dropped (modality = "denied") [unconfirmed-change]'
        ),
    ]


def test_a_plan_that_a_later_one_replaced(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2025-10-01"
    modality = "planned"
    source = "post"
    """
    assert told == []


def test_a_plan_that_was_dropped(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "wire"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "denied"
    source = "post"
    """
    assert told == []


def test_a_plan_that_was_denied_before_it_was_made(told: list[str]):
    """
    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "planned"
    source = "post"

    [[term]]
    office = "chair"
    holder = "fay"
    start = "2024-10-01"
    modality = "denied"
    source = "wire"
    """
    assert told == [
        (
            "f.toml:1 (start): warning: Fay was to take office as Chair on 2024-10-01, and "
            "nothing confirms it since; add a [[term]] with its start, the new plan, or the "
            'denial where it was dropped (modality = "denied") [unconfirmed-change]'
        ),
    ]
