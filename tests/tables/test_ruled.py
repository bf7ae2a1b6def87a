"""What the rules of a body call things decides how sheets are read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from nemcon.access.packs import procedure
from nemcon.entries import AnyEntry, Candidacy, Matter, Membership, Party, Position, Rule
from nemcon.tables.held import Before, Plan
from nemcon.tables.ruled import Ruled
from tests.tables.test_plan import BASE, record, taken

WEIGHTED: tuple[AnyEntry, ...] = (
    Rule(body="mill", name="weighted", procedure="imf-votes-cast"),
    Matter(body="mill", name="budget", rule="weighted"),
)


def held(*entries: AnyEntry, **more: Any) -> Before:
    """A record of these entries, with what its rules read."""
    every = (*BASE, *entries)
    return replace(record(*every), ruled=Ruled.of(every, procedure), **more)


def told(found: Plan, *codes: str) -> list[str]:
    return [str(each) for each in found.findings if each.code in codes]


def attributes(found: Plan) -> list[dict[str, Any]]:
    return [dict(e.attributes) for e in found.entries.values() if isinstance(e, Membership)]


def test_an_attribute_has_the_name_that_the_rule_reads() -> None:
    for header in ("Votes", "Weight", "Shares"):
        found = taken([f"Member;{header}", "Di;3", "Ed;4"], held(*WEIGHTED), "roster")
        assert attributes(found) == [{"votes": 3}, {"votes": 4}]
        assert told(found, "columns-read")[-1] == (
            f"f.csv:2: note: the column '{header}' is read as votes, as the rule 'weighted' calls "
            "it [columns-read]"
        )


def test_without_a_rule_it_is_a_weight_and_told() -> None:
    found = taken(["Member;Votes", "Di;3"], held(), "roster")
    assert attributes(found) == [{"weight": 3}]
    assert "'Votes' as weight" in told(found, "columns-read")[0]


def test_a_stance_that_the_rule_has_is_no_unknown_one() -> None:
    lines = ["matter,member,stance", "budget,ana,yes", "budget,bo,no", "budget,bo,perhaps"]
    found = taken(lines, held(*WEIGHTED))
    (only,) = told(found, "unknown-stance")
    assert only.startswith("f.csv:4 (stance): warning: 'perhaps' is no stance of the rule; ")
    assert only.endswith("Else write one of yes, no, abstain [unknown-stance]")


def test_a_misspelt_candidate_is_told() -> None:
    known = (
        Party(body="mill", name="di-rex", title="Di Rex"),
        Candidacy(body="mill", matter="chair-2024", candidate="ed-young"),
        Position(body="mill", matter="chair-2024", members=("ana",), candidate="flo-west"),
    )
    lines = ["matter,member,candidate,stance"]
    lines += [f"chair-2024,bo,{name},support" for name in ("Di Reks", "Ed Yung", "Flo West")]
    lines += ["chair-2024,bo,Zo,support", "chair-2024,bo,ed-young,abstention"]
    found = taken(lines, held(*known))
    assert told(found, "unknown-name") == [
        (
            "f.csv:2 (candidate): warning: 'Di Reks' is nobody that the record knows, and is taken "
            "as new: di-reks; did you mean 'di-rex'? [unknown-name]"
        ),
        (
            "f.csv:3 (candidate): warning: 'Ed Yung' is nobody that the record knows, and is taken "
            "as new: ed-yung; did you mean 'ed-young'? [unknown-name]"
        ),
    ]


def test_members_who_are_not_on_a_list_are_told() -> None:
    before = held(members={"ana": "Ana Blé", "bo": "Bo Åk"})
    found = taken(["Member;Joined", "Ana Blé;2020-01-01", "Di;2024-01-01"], before, "roster")
    assert told(found, "not-on-list") == [
        (
            "f.csv:1: note: not on this list, but members by the record: Bo Åk (bo); they stay "
            "members: to say that one left, give it a row with the day in a column 'left' "
            "[not-on-list]"
        )
    ]
    found = taken(["Member;Left", "Ana Blé;", "Bo Åk;2024-01-01"], before, "roster")
    assert told(found, "not-on-list") == []
