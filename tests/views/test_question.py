"""The rule of a matter: the one in force on the day, else when it is."""

from typing import Any

import pytest

from nemcon.entries import Rule
from nemcon.state import at
from nemcon.views.question import question
from nemcon.when import When
from tests.worlds.build import ALL_SUPPORT, day, motion


def asked(*versions: Rule) -> Any:
    return question(at([motion(rule="all"), *versions], day(9)), lambda _: None)


def version(start: str = "", end: str = "", **more: Any) -> Rule:
    dates: dict[str, Any] = {
        k: When.parse(text) for k, text in (("start", start), ("end", end)) if text
    }
    return Rule(name="all", algebra=ALL_SUPPORT, **dates, **more)


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2026", "", "in force from 2026 on"),
        ("", "2023", "in force until 2023"),
        ("2020", "2023-06", "in force from 2020 to 2023-06"),
    ],
)
def test_a_rule_that_is_not_in_force(start: str, end: str, told: str):
    rule = version(start, end)
    found = asked(rule)
    assert (found.procedure, found.about) == (None, (rule.id,))
    assert found.problem == (
        f"the rule 'all' is not in force on 2024-01-09: it is {told}; correct its 'start' and "
        "'end', or ask about another day"
    )


def test_the_version_of_the_day():
    found = asked(version("2020", "2024"), version("2024"))
    assert found.procedure is not None
    assert (found.problem, found.about) == ("", ())


def test_a_rule_that_says_two_things():
    found = asked(version(procedure="nato-consensus"))
    assert found.procedure is None
    assert found.problem == (
        "the rule 'all' names 'procedure' and spells out 'algebra', so nobody can tell which of "
        "them counts; keep one"
    )


def test_a_rule_that_nobody_tells_of():
    found = asked()
    assert found.problem == "no rule 'all' in the library or among the entries"
