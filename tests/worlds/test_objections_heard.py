"""An objection counts in the words of each rule: as what stands in the way, or open."""

import tomllib
from collections.abc import Iterator

import pytest

from nemcon import library
from nemcon.entries import AnyEntry, Objection, Position
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.state import at
from nemcon.when import When
from nemcon.worlds.verdict import Answer, answer
from tests.worlds.build import day, motion, roll

MEMBERS = 12


def ladders() -> Iterator[Procedure]:
    """Every rule of the library that is one ladder."""
    for ident in library.procedure_ids():
        rule = read_procedure(tomllib.loads(library.procedure_text(ident)), ident)
        if rule.ladder:
            yield rule


def said(stance: str, members: range) -> Position:
    return Position(
        matter="m", members=tuple(f"m{n}" for n in members), stance=stance, happened=day(2)
    )


def last_of_twelve(rule: Procedure, *entries: AnyEntry, others: str = "support") -> Answer:
    """The answer where eleven support it, and the last does what these entries tell."""
    told = (motion(), *roll(MEMBERS), said(others, range(MEMBERS - 1)), *entries)
    return answer(at(told, day(3), When.parse("2024-02-01")), "m", rule)


OBJECTION = Objection(matter="m", member="m11", happened=day(2))
LADDERS = list(ladders())


@pytest.mark.parametrize("rule", LADDERS, ids=[rule.id for rule in LADDERS])
def test_no_position_of_a_library_rule_stops_what_an_objection_does_not(rule: Procedure):
    low, high = rule.positions.numbers or (None, None)
    positions = [*rule.stances, *(str(end) for end in (low, high) if end is not None)]
    stops = [
        position
        for position in positions
        if last_of_twelve(rule, said(position, range(11, 12))).verdict == "not met"
    ]
    assert rule.unheard == frozenset()
    if stops:
        assert last_of_twelve(rule, OBJECTION).verdict != "met", stops


@pytest.mark.parametrize("ident", ["rust-rfcbot", "iesg-ballot", "irsg-ballot", "rsab-ballot"])
def test_an_objection_is_the_position_by_which_the_rule_is_stopped(ident: str):
    rule = next(one for one in LADDERS if one.id == ident)
    found = last_of_twelve(rule, OBJECTION)
    assert (found.verdict, found.reckonings[0].objecting) == ("not met", ("m11",))


def listing(*positions: str, none: str) -> Procedure:
    """A rule of one's own that lists its positions: adopted if nobody has one of them."""
    return read_procedure(
        {
            "id": "own",
            "positions": list(positions),
            "outcome": [{"when": {"none": none}, "is": "adopted", "favourable": True}],
        }
    )


@pytest.mark.parametrize("word", ["veto", "block", "Not Ready", "oppose", "concern"])
def test_a_word_of_ones_own_rule_for_an_objection(word: str):
    rule = listing("yes", word, none=word)
    assert last_of_twelve(rule, OBJECTION).verdict == "not met"


def test_an_objection_to_a_rule_without_a_word_for_it_is_open():
    rule = listing("thumbs up", "thumbs down", none="thumbs down")
    assert rule.unheard == {"support", "objection"}
    last = said("thumbs up", range(11, 12))
    assert last_of_twelve(rule, last, others="thumbs up").verdict == "met"
    assert last_of_twelve(rule, OBJECTION, others="thumbs up").verdict == "cannot tell"


def numbers(low: str, high: str) -> Procedure:
    return read_procedure(
        {
            "id": "own",
            "positions": {"number": {"low": low, "high": high}},
            "outcome": [
                {
                    "when": {"cmp": [{"w": ["value", "all"]}, ">", 10]},
                    "is": "carried",
                    "favourable": True,
                }
            ],
        }
    )


@pytest.mark.parametrize("last", ["-1", "objection"])
def test_support_and_objection_are_the_ends_of_numbers_on_both_sides_of_nought(last: str):
    found = last_of_twelve(numbers("-1", "1"), said(last, range(11, 12)))
    assert found.verdict == "not met"
    assert (found.reckonings[0].support.least, found.reckonings[0].support.most) == (11, 11)
    assert found.reckonings[0].objecting == ("m11",)


def test_a_number_at_the_end_is_support():
    rule = numbers("-1", "1")
    told: tuple[AnyEntry, ...] = (
        motion(),
        *roll(3),
        said("+1", range(2)),
        said("abstention", range(2, 3)),
    )
    found = answer(at(told, day(3), When.parse("2024-02-01")), "m", rule)
    assert found.reckonings[0].support.least == found.reckonings[0].support.most == 2


def test_neither_is_a_number_of_a_rule_that_only_gives_points():
    assert numbers("0", "5").unheard == {"support", "objection"}
    assert last_of_twelve(numbers("0", "5"), OBJECTION, others="1/2").verdict == "cannot tell"
    assert last_of_twelve(numbers("0", "5"), OBJECTION, others="1").verdict == "met"


def test_of_whom_nothing_is_told_may_give_any_number():
    open_ = last_of_twelve(numbers("0", "5"), others="1/2")
    assert open_.verdict == "cannot tell"
