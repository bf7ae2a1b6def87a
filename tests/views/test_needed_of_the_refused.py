"""What is still needed is asked of the candidate who can still be agreed on."""

from __future__ import annotations

import pytest

from nemcon.access.packs import procedure
from nemcon.entries import (
    AnyEntry,
    Attestation,
    Body,
    Candidacy,
    Matter,
    Membership,
    Objection,
    Position,
)
from nemcon.state import at
from nemcon.views.status import status
from nemcon.when import When


@pytest.mark.parametrize(
    ("others_said", "texts"),
    [
        (True, ["an end to the objection of a to ana"]),
        (
            False,
            [
                "an end to the objection of a to ana",
                "to know that there is no objection from b and c to ana",
            ],
        ),
    ],
)
def test_what_is_needed_is_asked_for_the_candidate_who_was_recommended(
    others_said: bool, texts: list[str]
) -> None:
    """And of others only where their word is still open: who does not object need not support."""
    day = When.parse("2024-05-01")
    finding = "most likely to attract consensus"
    more: tuple[AnyEntry, ...] = ()
    if others_said:
        more = (
            Position(
                matter="dg", members=("b", "c"), stance="objection", negated=True,
                candidate="ana", happened=day,
            ),
        )  # fmt: skip
    entries: list[AnyEntry] = [
        Body(name="club", title="Club"),
        *(Membership(member=name, happened=When.parse("2020")) for name in ("a", "b", "c")),
        Matter(name="dg", sort="selection", rule="wto-director-general-decision"),
        *(Candidacy(matter="dg", candidate=name, happened=day) for name in ("ana", "yoo")),
        Attestation(matter="dg", happened=day, by="chair", finding=finding, candidate="ana"),
        Attestation(
            matter="dg", happened=day, by="chair", finding=finding, candidate="yoo",
            modality="denied",
        ),
        Objection(matter="dg", member="a", candidate="ana", happened=day),
        *more,
    ]  # fmt: skip
    found = status(at(entries, When.parse("2024-05-02")), procedure)
    assert found.answer.verdict == "not met"
    assert [one.text for one in found.needed if one.code != "formal-decision"] == texts
