"""What is said of a decision whose reports contradict each other: no report goes before another."""

from datetime import date
from typing import Any

from nemcon.entries import AnyEntry, Decision, Office, Party, Source
from nemcon.rules.procedure import read_procedure
from nemcon.state import at
from nemcon.views.happenings import happenings
from nemcon.views.status import StatusView, status
from nemcon.views.telling import decision_words, office_words
from nemcon.when import When
from tests.worlds.build import ALL_SUPPORT, back, day, motion, roll, selection

WIRE = Source(name="s1", date=When.parse("2024-01-05"), publisher="Wire")
GAZETTE = Source(name="s2", date=When.parse("2024-01-06"), publisher="Gazette")
PEOPLE = [Party(name="p", title="Petra"), Party(name="q", title="Quentin")]
CHAIR = Office(name="chair", title="Chair")


def said(result: Any, source: str, candidate: str = "", on: int = 4) -> Decision:
    return Decision(matter="m", result=result, candidate=candidate, source=source, happened=day(on))


def told(*entries: AnyEntry, on: int = 10) -> StatusView:
    state = at([WIRE, GAZETTE, *PEOPLE, CHAIR, *roll(2), *entries], day(on), None)
    return status(state, lambda _: None, rule=read_procedure(ALL_SUPPORT))


def chosen(supported: str, *others: AnyEntry) -> StatusView:
    matter = selection(office="chair")
    backing = back("all", 1, candidate=supported)
    return told(matter, backing, said("appointed", "s1", "p"), *others)


def test_two_reports_that_name_different_people_are_both_told() -> None:
    for supported in ("p", "q"):
        view = chosen(supported, said("appointed", "s2", "q"))
        words = decision_words(view)
        assert words.startswith("reports contradict each other: ")
        assert "Petra (Wire)" in words
        assert "Quentin (Gazette)" in words
        assert words.endswith("not shown to be carried")
        assert "designate" not in office_words(view)
        decision = view.to_json()["decision"]
        assert decision["candidate"] is None
        assert decision["result"] == "appointed"
        assert decision["carried"] == "not shown to be carried"
        outcomes = {one["candidate"]: one["sources"] for one in decision["contradicting"]}
        assert outcomes == {"p": ["s1"], "q": ["s2"]}
        assert [need.code for need in view.needed] == ["decision"]


def test_what_is_carried_by_no_report_is_not_carried() -> None:
    assert decision_words(chosen("r", said("appointed", "s2", "q"))).endswith("; not carried")


def test_reports_that_agree_name_a_designate() -> None:
    view = chosen("p", said("appointed", "s2", "p"), said("adopted", "s2"))
    assert decision_words(view) == "Petra, decided on 4 January 2024; carried"
    assert "Petra is designate" in office_words(view)
    assert "contradicting" not in view.to_json()["decision"]


def test_adopted_against_rejected_is_not_shown_to_be_carried() -> None:
    view = told(motion(), back("all", 1), said("adopted", "s1"), said("rejected", "s2"))
    words = decision_words(view)
    assert "adopted (Wire)" in words
    assert "rejected (Gazette)" in words
    assert words.endswith("not shown to be carried")
    assert view.to_json()["decision"]["result"] is None


def test_the_timeline_names_each_of_whom_reports_say_that_they_were_chosen() -> None:
    view = chosen("p", said("appointed", "s2", "q"))
    days = date(2024, 1, 1), date(2024, 1, 31)
    found = happenings(view.state, view.question, view.declared, view.titles, *days)
    (decision,) = [each for each in found if each.kind == "decision"]
    assert "Petra" in decision.text
    assert "Quentin" in decision.text
    assert decision.party == ""
