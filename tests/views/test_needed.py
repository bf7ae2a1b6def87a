"""What is needed: nobody goes before an equal, and who objects is asked for where that decides."""

from typing import Any

import pytest

from nemcon.entries import AnyEntry, Candidacy, Decision, Objection, Office, Party
from nemcon.state import at
from nemcon.views.status import StatusView, status
from tests.worlds.build import (
    ALL_SUPPORT,
    NO_OBJECTION,
    back,
    day,
    motion,
    roll,
    rule,
    selection,
    tally,
)

EVERYONE = ("m0", "m1", "m2", "m3")
PEOPLE = [Party(name=name.lower(), title=name) for name in ("Petra", "Quentin", "Rosa")]


def asked(entries: list[AnyEntry], data: Any = ALL_SUPPORT) -> StatusView:
    return status(at([*PEOPLE, *entries], day(9), None), lambda _: None, rule=rule(data))


def texts(view: StatusView) -> list[str]:
    return [need.text for need in view.needed if need.code != "formal-decision"]


def support(**by: str) -> list[AnyEntry]:
    """For each candidate who backs it, and says nothing else."""
    out: list[AnyEntry] = [selection(), *roll(4)]
    for candidate, members in by.items():
        out.append(back([f"m{n}" for n in members], 1, candidate=candidate))
    return out


def test_of_two_who_are_equal_both_are_named() -> None:
    (text,) = texts(asked(support(petra="01", quentin="23")))
    assert text == ("support for Petra from m2 and m3, or support for Quentin from m0 and m1")


def test_one_who_leads_goes_before() -> None:
    (text,) = texts(asked(support(petra="0", quentin="123")))
    assert text == "support for Quentin from m0"


def test_equals_to_whom_the_same_members_are_open_are_named_at_once() -> None:
    run = [Candidacy(matter="m", candidate=who, happened=day(1)) for who in ("petra", "quentin")]
    (text,) = texts(asked([selection(), *roll(4), *run]))
    assert text == "support for Petra or Quentin from m0, m1, m2 and m3"


def test_of_more_who_are_equal_it_is_said_that_none_leads() -> None:
    (text,) = texts(asked(support(petra="0", quentin="1", rosa="2")))
    assert text.startswith("support for one of Petra, Quentin and Rosa")


def test_where_all_have_withdrawn_a_candidate_is_needed() -> None:
    gone = Candidacy(matter="m", candidate="petra", change="withdrawn", happened=day(1))
    view = asked([selection(), *roll(4), gone])
    assert view.answer.verdict == "not met"
    assert texts(view) == ["a candidate: nobody of whom this tells is in the running"]


def objects(member: str) -> Objection:
    return Objection(matter="m", member=member, happened=day(2))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ([back(["m0", "m1"], 1)], ["to know that there is no objection from m2 and m3"]),
        (
            [back(["m0", "m1"], 1), objects("m2")],
            [
                "an end to the objection of m2",
                "to know that there is no objection from m3",
            ],
        ),
        ([back(EVERYONE, 1), objects("m2")], ["an end to the objection of m2"]),
        ([back(EVERYONE, 1)], []),
    ],
)
def test_a_rule_that_asks_who_objects_needs_no_support(
    said: list[AnyEntry], wanted: list[str]
) -> None:
    assert texts(asked([motion(), *roll(4), *said], NO_OBJECTION)) == wanted


def test_an_objection_of_nobody_knows_whom_is_in_the_way() -> None:
    record: list[AnyEntry] = [motion(), *roll(4), tally(1, 4, 9, stance="objection")]
    (text,) = texts(asked(record, NO_OBJECTION))
    assert text == "an end to the objection of some of m0, m1, m2 and m3"


def test_who_objects_is_told_from_who_does_not_support() -> None:
    view = asked(
        [motion(), *roll(3), back("m0", 1), back("m1", 1, stance="abstention"), objects("m2")]
    )
    motion_ = view.to_json()["support"]
    assert motion_["against"] == ["m1", "m2"]
    assert motion_["objecting"] == ["m2"]


def test_a_rule_that_counts_support_still_asks_for_it() -> None:
    (text,) = texts(asked([motion(), *roll(3), back(["m0", "m1"], 1)]))
    assert text == "support from m2"


def test_nobody_takes_office_who_was_rejected() -> None:
    entries = [
        *support(petra="0123"),
        Office(name="chair", title="Chair"),
        Decision(matter="m", result="rejected", candidate="petra", happened=day(5)),
    ]
    found = status(
        at([*PEOPLE, *entries, selection(office="chair")], day(9), None),
        lambda _: None,
        rule=rule(ALL_SUPPORT),
    )
    assert [need.code for need in found.needed] == []


def test_what_the_rule_reads_and_nobody_is_told_to_have_is_asked_for() -> None:
    data = {
        "id": "binding",
        "outcome": [
            {
                "when": {
                    "cmp": [{"n": {"and": ["support", {"attr": ["binding", True]}]}}, ">=", 2]
                },
                "is": "agreed",
                "favourable": True,
            }
        ],
    }
    found = asked([motion(), *roll(3), back(["m0", "m1"], 1)], data)
    assert found.answer.verdict == "cannot tell"
    assert texts(found)[-1] == "word on which members have “binding”, which the rule reads"
