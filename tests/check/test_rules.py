"""Matters, their rules, and time zones."""

from collections.abc import Mapping
from typing import Any

import pytest

from nemcon.rules.procedure import Procedure, RuleError, read_procedure
from tests.check.documents import Document


def refused(algebra: Mapping[str, Any], name: str) -> str:
    """What is wrong with a rule that cannot be read, in the words of its reader."""
    with pytest.raises(RuleError) as error:
        read_procedure(algebra, name)
    return str(error.value)


def test_a_matter_without_a_rule_and_one_with_a_rule_that_is_nowhere(told: list[str]):
    """
    [[matter]]
    name = "m"
    title = "New statutes"

    [[matter]]
    name = "n"
    rule = "unanimous"
    """
    assert told == [
        (
            "f.toml:1 (rule): warning: no rule is given for New statutes ('m'), so nobody can "
            "tell whether it is agreed; name one in the 'rule' of the matter, or of its office "
            "[no-rule]"
        ),
        (
            "f.toml:5 (rule): warning: the matter 'n' is decided by 'unanimous', but there is "
            "no such rule here, nor in the library; add a [[rule]], or correct the name "
            "[unknown-rule]"
        ),
    ]


def test_rules_of_the_matter_of_its_office_and_of_the_library(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[matter]]
    name = "ch-2024"
    sort = "selection"

    [[matter]]
    name = "election"
    sort = "selection"
    office = "chair"

    [[matter]]
    name = "n"
    rule = "two-thirds"

    [[rule]]
    name = "two-thirds"
    algebra = { outcome = [{ is = "adopted", favourable = true }] }
    """
    assert told == []


def test_a_rule_that_the_library_does_not_have_and_one_that_cannot_be_read(told: list[str]):
    """
    [[rule]]
    name = "majority"
    procedure = "simple-majority"

    [[rule]]
    name = "two-thirds"
    algebra = { outcome = [{ when = { more = 3 }, is = "adopted" }] }

    [[rule]]
    name = "half"
    algebra = { outcome = [1] }
    """
    two_thirds = refused({"outcome": [{"when": {"more": 3}, "is": "adopted"}]}, "two-thirds")
    half = refused({"outcome": [1]}, "half")
    assert told == [
        f"f.toml:5 (algebra): error: {two_thirds} [bad-rule]",
        f"f.toml:9 (algebra): error: {half} [bad-rule]",
        (
            "f.toml:1 (procedure): warning: the library has no rule 'simple-majority'; correct "
            "the name, or spell the rule out in 'algebra' [unknown-procedure]"
        ),
    ]


def test_rules_are_not_looked_for_without_a_library(document: Document):
    """
    [[matter]]
    name = "m"
    rule = "unanimous"

    [[rule]]
    name = "majority"
    procedure = "simple-majority"
    """
    assert document.check(procedures=None) == ()


def test_entries_that_name_no_matter_where_there_are_several(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[matter]]
    name = "n"
    rule = "unanimity"

    [[position]]
    members = "ana"
    happened = "2024-02-01"

    [[objection]]
    member = "bo"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:9 (matter): warning: 2 entries name no matter, and there are several, so "
            "they count for none of them; write one of 'm' and 'n' in 'matter' [no-matter]"
        ),
    ]


def test_entries_that_name_no_matter_where_there_is_one(told: list[str]):
    """
    [[matter]]
    name = "m"
    rule = "unanimity"

    [[position]]
    members = "ana"
    happened = "2024-02-01"

    [[remark]]
    text = "hello"
    """
    assert told == []


def test_stances_that_the_rule_does_not_know(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[position]]
    members = "ana"
    stance = "suport"
    happened = "2024-02-01"

    [[tally]]
    counts = { support = 1, hesitant = 2 }
    of = 3
    happened = "2024-02-01"

    [[position]]
    members = "bo"
    stance = "hesitant"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:5 (stance): warning: 'suport' is no stance of the rule of the matter 'm', "
            "so it does not tell where anybody stands; did you mean 'support'? [unknown-stance]"
        ),
        (
            "f.toml:10 (stance): warning: 'hesitant' is no stance of the rule of the matter "
            "'m', so it does not tell where anybody stands; it knows abstention, against, "
            "no-objection, none, objection, reserve and support [unknown-stance]"
        ),
    ]


def test_stances_that_the_rule_knows_and_those_of_unnamed_groups(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "unanimity"

    [[position]]
    members = "ana"
    stance = "against"
    happened = "2024-02-01"

    [[position]]
    group = "some of the younger"
    stance = "hesitant"
    happened = "2024-02-01"

    [[tally]]
    counts = { support = 1, none = 1, objection = 1 }
    happened = "2024-02-01"
    """
    assert told == []


def test_time_zones_that_do_not_exist(told: list[str]):
    """
    #: bare
    [[body]]
    name = "club"
    title = "The Club"
    zone = "Europe/Brusels"

    [[body]]
    name = "other"
    title = "The Other"
    zone = "somewhere else altogether"

    [[body]]
    name = "third"
    title = "The Third"
    zone = "Pacific/Apia"
    """
    assert told == [
        (
            "f.toml:7 (zone): error: 'somewhere else altogether' is no time zone, so the days "
            "of The Other are taken as those of UTC; write one such as Europe/Brussels "
            "[unknown-zone]"
        ),
        (
            "f.toml:2 (zone): error: 'Europe/Brusels' is no time zone, so the days of The Club "
            "are taken as those of UTC; did you mean 'Europe/Brussels'? [unknown-zone]"
        ),
    ]


def test_a_library_that_cannot_read_a_rule(document: Document):
    """
    [matter]
    name = "m"
    rule = "unanimity"
    """

    def broken(name: str) -> Procedure | None:
        raise RuleError(f"{name} is no rule")

    assert [finding.code for finding in document.check(procedures=broken)] == ["unknown-procedure"]


def test_an_objection_to_a_rule_that_lists_no_position_like_it(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "thumbs"

    [[rule]]
    name = "thumbs"

    [rule.algebra]
    positions = ["thumbs up", "thumbs down"]

    [[rule.algebra.outcome]]
    when = { none = "thumbs down" }
    is = "adopted"
    favourable = true

    [[objection]]
    member = "bo"
    happened = "2024-02-06"
    """
    assert told == [
        (
            "f.toml:16: warning: the rule of the matter 'm' lists no position that an objection "
            "could be, so it is open where they stand of whom it is told; record a 'position' "
            "that it knows: thumbs up and thumbs down [stance-not-read]"
        ),
    ]


def test_a_rule_that_can_never_be_met(told: list[str]):
    """
    [[rule]]
    name = "half"

    [[rule.algebra.outcome]]
    is = "agreed"
    """
    assert told == [
        (
            "f.toml:1 (algebra): error: no outcome of the rule 'half' says 'favourable = true', so "
            "it can never be met; write it beside the outcome that is in favour [never-met]"
        ),
    ]


def test_a_rule_that_names_one_of_the_library_and_spells_out_another(told: list[str]):
    """
    [[rule]]
    name = "half"
    procedure = "unanimity"
    algebra = { outcome = [{ is = "agreed", favourable = true }] }
    """
    assert told == [
        (
            "f.toml:1 (procedure): error: the rule 'half' names 'procedure' and spells out "
            "'algebra', so nobody can tell which of them counts; keep one [two-rules]"
        ),
    ]


def test_a_misspelt_stance_in_a_rule_that_lists_none(told: list[str]):
    """
    [[rule]]
    name = "half"
    algebra = { outcome = [{ when = { none = "objetion" }, is = "agreed", favourable = true }] }
    """
    assert told == [
        (
            "f.toml:1 (algebra): error: rule 'half', outcome 1, when, none: unknown position "
            "'objetion'; did you mean 'objection'? [bad-rule]"
        ),
    ]


def test_all_in_small_letters(told: list[str]):
    """
    [[position]]
    matter = "ch-2024"
    members = ["All"]
    happened = "2024-02-01"
    """
    (found,) = [line for line in told if "unknown-member" in line]
    assert found == (
        "f.toml:1 (members): error: no party entry has the name 'All', which this position names "
        "in 'members'; write 'all', in small letters, for every member [unknown-member]"
    )


def test_silence_that_is_broken_under_a_rule_without_a_word_for_it(told: list[str]):
    """
    [matter]
    name = "m"
    rule = "thumbs"

    [[rule]]
    name = "thumbs"

    [rule.algebra]
    positions = ["thumbs up", "thumbs down"]

    [[rule.algebra.outcome]]
    when = { none = "thumbs down" }
    is = "adopted"
    favourable = true

    [[silence]]
    change = "broken"
    happened = "2024-02-06"
    """
    (found,) = [line for line in told if "stance-not-read" in line]
    assert found.startswith("f.toml:16: warning: the rule of the matter 'm' lists no position")
