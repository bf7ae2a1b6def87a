"""Which of several drafts is before the body decides whose positions count."""

from typing import Any

import pytest

from nemcon.entries import AnyEntry, Draft, Position
from nemcon.when import When
from tests.worlds.build import ALL_SUPPORT, ask, motion, roll


def draft(name: str, when: str, **more: Any) -> Draft:
    return Draft(name=name, matter="m", happened=When.parse(when), **more)


def backed(*drafts: AnyEntry, of: str) -> tuple[str, list[str]]:
    """The verdict on 9 January where all three members back one draft, and what is found."""
    said = Position(
        matter="m", members=("all",), draft=of, happened=When.parse("2024-01-08"), stance="support"
    )
    found = ask([motion(), *roll(3), *drafts, said], 9, ALL_SUPPORT)
    return found.verdict, [finding.code for finding in found.findings]


DOUBTFUL = {
    "one day": (draft("a", "2024-01-02"), draft("b", "2024-01-02")),
    "two languages": (draft("a", "2024-01-02", language="en"), draft("b", "2024-01-02")),
    "days that overlap": (draft("a", "2024-01-02/2024-01-05"), draft("b", "2024-01-04")),
    "a revision in words": (
        draft("a", "2024-01-02", revision="first"),
        draft("b", "2024-01-02", revision="second"),
    ),
}


@pytest.mark.parametrize("of", ["a", "b"])
@pytest.mark.parametrize("drafts", DOUBTFUL.values(), ids=DOUBTFUL)
def test_where_the_last_draft_is_not_certain_nothing_is(drafts: tuple[Draft, ...], of: str) -> None:
    assert backed(*drafts, of=of) == ("cannot tell", ["last-draft-unknown"])


CERTAIN = {
    "dates": (draft("a", "2024-01-02"), draft("b", "2024-01-03")),
    "hours": (draft("a", "2024-01-02T09:00Z"), draft("b", "2024-01-02T10:00Z")),
    "numbers of revisions": (
        draft("a", "2024-01-02", revision="9"),
        draft("b", "2024-01-02", revision="10"),
    ),
}


@pytest.mark.parametrize("drafts", CERTAIN.values(), ids=CERTAIN)
def test_the_last_draft_counts(drafts: tuple[Draft, ...]) -> None:
    assert backed(*drafts, of="b") == ("met", [])
    assert backed(*drafts, of="a")[0] == "cannot tell"


def test_what_is_carried_over_counts_whatever_the_day() -> None:
    later = draft("b", "2024-01-02", revision="2", carries_over="a")
    assert backed(draft("a", "2024-01-02", revision="1"), later, of="a") == ("met", [])


def test_drafts_of_which_nothing_is_said_are_in_nobodys_way() -> None:
    drafts = draft("a", "2024-01-02"), draft("b", "2024-01-02")
    assert backed(*drafts, of="") == ("met", [])
