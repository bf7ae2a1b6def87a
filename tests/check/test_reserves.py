"""Reserves that stand, and that the rule of their matter passes over."""

RESERVE = "reserve-not-read"


def of_reserves(told: list[str]) -> list[str]:
    return [line for line in told if RESERVE in line]


def test_a_reserve_that_the_rule_passes_over(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "silent"

    [[rule]]
    name = "silent"

    [[rule.algebra.outcome]]
    when = { none = "objection" }
    is = "adopted"
    favourable = true

    [[position]]
    members = "all"
    happened = "2024-02-01"

    [[reserve]]
    member = "bo"
    happened = "2024-02-05"

    [[reserve]]
    member = "cy"
    happened = "2024-02-05"
    lifted = "2024-02-06"

    [[reserve]]
    member = "ana"
    sort = "scrutiny"
    happened = "2024-02-05"

    [[position]]
    members = ["ana"]
    happened = "2024-02-07"
    """
    assert of_reserves(told) == [
        (
            "f.toml:17: warning: Bo has a reserve that is not lifted, and the rule 'silent' does "
            "not read reserves, so that the verdict passes over it; record an 'objection' too, if "
            "that is what it means [reserve-not-read]"
        ),
    ]


def test_a_reserve_before_it_is_entered_and_until_it_is_lifted(told: list[str]):
    """
    #: on=2024-02-05
    [matter]
    name = "m"
    rule = "silent"

    [[rule]]
    name = "silent"

    [[rule.algebra.outcome]]
    when = { none = "objection" }
    is = "adopted"
    favourable = true

    [[reserve]]
    member = "bo"
    happened = "2024-02-06"

    [[reserve]]
    member = "cy"
    happened = "2024-02-04"
    lifted = "2024-02-06"
    """
    (found,) = of_reserves(told)
    assert "Cy has a reserve" in found


def test_a_reserve_under_a_rule_that_counts_support(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[reserve]]
    member = "bo"
    happened = "2024-02-06"
    """
    assert of_reserves(told) == []


def test_a_reserve_under_a_rule_that_names_reserves(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "careful"

    [[rule]]
    name = "careful"

    [[rule.algebra.outcome]]
    when = { none = ["objection", "reserve"] }
    is = "adopted"
    favourable = true

    [[reserve]]
    member = "bo"
    happened = "2024-02-06"
    """
    assert of_reserves(told) == []


def test_a_reserve_under_a_rule_that_counts_support_and_is_stopped_by_one_objection(
    told: list[str],
):
    """
    [matter]
    name = "m"
    rule = "careful"

    [[rule]]
    name = "careful"

    [rule.algebra]
    positions = ["reviewed", "yes", "concern"]

    [[rule.algebra.outcome]]
    when = { all = [{ none = "concern" }, { cmp = [{ n = "yes" }, ">=", 1] }] }
    is = "adopted"
    favourable = true

    [[reserve]]
    member = "bo"
    happened = "2024-02-06"
    """
    (found,) = of_reserves(told)
    assert "Bo has a reserve that is not lifted" in found
