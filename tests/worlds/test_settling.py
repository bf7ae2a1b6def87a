"""What would settle an open verdict: sets of open members, as small as they can be."""

from itertools import combinations

from nemcon.entries import AnyEntry
from nemcon.state import at
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.settle import Settling, settling
from tests.worlds.build import ALL_SUPPORT, ask, back, day, motion, roll, rule, tally


def settled(record: list[AnyEntry], on: int = 1) -> Settling:
    found = ask(record, on)
    answered = settling(at(record, day(on)), "m", rule(ALL_SUPPORT), Conventions(), found)
    assert answered is not None
    return answered


def test_any_one_may_keep_from_agreement_what_at_least_two_thirds_support() -> None:
    """That all of them object contradicts the tally, and so says nothing of a few."""
    for of, least in ((6, 4), (31, 20)):
        record: list[AnyEntry] = [motion(), *roll(of), tally(least, of, 1, bound="at-least")]
        found = settled(record)
        assert found.not_met is not None
        assert found.not_met
        assert {len(one) for one in found.not_met} == {1}
        assert found.choices(found.not_met[0]) == [(1, found.alike[0])]


def test_all_that_are_open_are_needed_and_one_of_them_is_enough_against() -> None:
    found = settled([motion(), *roll(4), back(["m0", "m1"], 1)])
    assert found.met == (("m2", "m3"),)
    assert found.not_met == tuple(combinations(["m2", "m3"], 1))
