"""What is still needed is asked of the candidate who can still be agreed on."""

from __future__ import annotations

from nemcon.access.packs import procedure
from nemcon.entries import AnyEntry, Attestation, Body, Candidacy, Matter, Membership, Objection
from nemcon.state import at
from nemcon.views.status import status
from nemcon.when import When


def test_nobody_is_asked_to_support_a_candidate_who_was_not_recommended() -> None:
    day = When.parse("2024-05-01")
    finding = "most likely to attract consensus"
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
    ]  # fmt: skip
    found = status(at(entries, When.parse("2024-05-02")), procedure)
    assert found.answer.verdict == "not met"
    assert [one.text for one in found.needed if one.code == "not-supporting"] == [
        "a change of position for ana by a"
    ]
