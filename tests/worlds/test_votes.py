"""Rules of votes, *yes* and *no*, judged by a record: who votes yes supports."""

from typing import Any

import pytest

from nemcon.entries import Candidacy, Completeness, Count, Objection, Tally
from tests.worlds.build import NO_OBJECTION, ask, back, motion, roll, selection, tally, when

MAJORITY: dict[str, Any] = {
    "id": "majority",
    "positions": {"yes": ["for"], "no": ["against"], "abstain": []},
    "outcome": [
        {"when": {"cmp": [{"n": "yes"}, ">", {"n": "no"}]}, "is": "adopted", "favourable": True},
        {"is": "rejected"},
    ],
}
POLL: dict[str, Any] = {
    "id": "poll",
    "positions": ["encourage", "discourage", "no opinion"],
    "outcome": [
        {"when": {"cmp": [{"n": "encourage"}, ">=", 2]}, "is": "viable", "favourable": True},
        {"is": "not viable"},
    ],
}
UNLISTED = {key: value for key, value in MAJORITY.items() if key != "positions"}


def support(entries: Any, rule: Any) -> tuple[str, int, int, tuple[str, ...]]:
    found = ask(entries, 2, rule)
    (one,) = found.reckonings
    return found.verdict, one.support.least, one.support.most, tuple(sorted(one.against))


@pytest.mark.parametrize("rule", [MAJORITY, UNLISTED], ids=["listed", "unlisted"])
def test_who_votes_yes_is_told_as_supporting(rule: Any) -> None:
    said = [back(["m0", "m1"], 1, stance="yes"), back("m2", 1, stance="no")]
    assert support([motion(), *roll(3), *said], rule) == ("met", 2, 2, ("m2",))


@pytest.mark.parametrize("rule", [MAJORITY, UNLISTED], ids=["listed", "unlisted"])
def test_support_and_objections_are_votes_where_the_rule_has_no_other_word(rule: Any) -> None:
    against = Objection(matter="m", member="m2", happened=when(1))
    said = [back(["m0", "m1"], 1), against]
    assert support([motion(), *roll(3), *said], rule) == ("met", 2, 2, ("m2",))
    assert support([motion(), *roll(3), back("m0", 1), against], rule)[0] == "cannot tell"
    two = [Objection(matter="m", member=name, happened=when(1)) for name in ("m1", "m2")]
    assert support([motion(), *roll(3), back("m0", 1), *two], rule) == (
        "not met", 1, 1, ("m1", "m2"),
    )  # fmt: skip


def test_a_rule_that_spells_another_position_yes_means_that_one() -> None:
    assert support([motion(), *roll(3), tally(2, 3, 2, stance="encourage")], POLL)[:3] == (
        "met", 2, 2,
    )  # fmt: skip
    found = ask([motion(), *roll(3), tally(2, 3, 2, stance="encourage")], 2, POLL)
    assert tuple(sorted(found.reckonings[0].open)) == ("m0", "m1", "m2")


def test_complete_objections_leave_votes_against_open() -> None:
    complete = motion(completeness=(Completeness("objection"),))
    assert ask([complete, *roll(3), back("m0", 1, stance="yes")], 2, MAJORITY).verdict == (
        "cannot tell"
    )


APART: dict[str, Any] = {**POLL, "each_candidate": True}


def poll(name: str, yes: int, no: int, none: int, on: int = 2) -> Tally:
    counts = (Count("encourage", yes), Count("discourage", no), Count("no opinion", none))
    return Tally(matter="m", candidate=name, counts=counts, of=yes + no + none, happened=when(on))


def verdicts(entries: Any, rule: Any = APART, on: int = 2) -> dict[str, str]:
    found = ask(entries, on, rule)
    return {"": found.verdict, **{one.candidate: one.verdict for one in found.reckonings}}


def test_a_member_may_encourage_several_where_each_candidate_is_asked_about_apart() -> None:
    said = [poll("ana", 3, 0, 0), poll("bo", 2, 1, 0), poll("cy", 1, 2, 0)]
    assert verdicts([selection(), *roll(3), *said]) == {
        "": "met", "ana": "met", "bo": "met", "cy": "not met",
    }  # fmt: skip
    assert ask([selection(), *roll(3), *said], 2, APART).findings == ()


def test_else_a_member_is_for_one_alone() -> None:
    said = [poll("ana", 3, 0, 0), poll("bo", 2, 1, 0)]
    found = ask([selection(), *roll(3), *said], 2, POLL)
    assert (found.verdict, [f.code for f in found.findings]) == ("cannot tell", ["conflict"])


def test_what_was_said_of_nobody_in_particular_is_not_counted_for_everybody() -> None:
    said = [poll("ana", 1, 2, 0), poll("bo", 1, 2, 0)]
    stray = back(["m0", "m1", "m2"], 2, stance="encourage")
    found = ask([selection(), *roll(3), *said, stray], 2, APART)
    assert (found.verdict, found.exact) == ("cannot tell", False)
    assert [(f.code, f.entries) for f in found.findings] == [("no-candidate", (stray.id,))]


def test_an_objection_to_nobody_in_particular_is_one_to_each() -> None:
    rule = {**NO_OBJECTION, "each_candidate": True}
    against = Objection(matter="m", member="m0", happened=when(1))
    running = [Candidacy(matter="m", candidate=name, happened=when(1)) for name in ("ana", "bo")]
    assert verdicts([selection(), *roll(2), *running, against], rule) == {
        "": "not met", "ana": "not met", "bo": "not met",
    }  # fmt: skip


def test_who_has_withdrawn_is_out_also_where_each_is_asked_about_apart() -> None:
    gone = Candidacy(matter="m", candidate="ana", change="withdrawn", happened=when(3))
    said = [poll("ana", 3, 0, 0), poll("bo", 1, 2, 0), gone]
    assert verdicts([selection(), *roll(3), *said])["ana"] == "met"
    assert verdicts([selection(), *roll(3), *said], on=4) == {
        "": "not met", "ana": "not met", "bo": "not met",
    }  # fmt: skip
