"""Which attributes of a party hold: against every way in which the changes can have come."""

from collections.abc import Iterator, Sequence
from itertools import permutations, product
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import Attribute, Membership
from nemcon.state import at
from nemcon.worlds.attributes import Told, attributes_at, possible_values
from tests.worlds.build import when

Kind = Literal["accession", "withdrawal", "attributes"]


def change(since: str, *, kind: Kind = "attributes", **attributes: Attribute) -> Membership:
    return Membership(member="x", change=kind, happened=when(since), attributes=attributes)


@pytest.mark.parametrize(
    ("changes", "on", "weight"),
    [
        pytest.param(
            [("2020", "accession", 3), ("2021-05-01", "attributes", 5)], "2022", 5, id="later"
        ),
        pytest.param(
            [("2020-01-01", "accession", 3), ("2020-01-01", "accession", 8)],
            "2022",
            None,
            id="two reports of one accession",
        ),
        pytest.param(
            [("2020-01-01", "accession", 3), ("2020-06-01", "accession", 8)],
            "2022",
            None,
            id="two reports of one accession, on two days",
        ),
        pytest.param(
            [("2020-01-01", "accession", 3), ("2020-06-01", "accession", 3)],
            "2022",
            3,
            id="two reports that say the same",
        ),
        pytest.param(
            [
                ("2020-01-01", "accession", 3),
                ("2020-03-01", "withdrawal", None),
                ("2020-06-01", "accession", 8),
            ],
            "2022",
            8,
            id="joined again",
        ),
        pytest.param(
            [
                ("2020-01-01", "accession", 3),
                ("2021-05-01", "attributes", 5),
                ("2021-05-01", "attributes", 6),
            ],
            "2022",
            None,
            id="two changes of one day",
        ),
        pytest.param(
            [
                ("2020-01-01", "accession", 3),
                ("2021-01/2021-10", "attributes", 5),
                ("2021-05-01", "attributes", 6),
            ],
            "2022",
            None,
            id="either may be the later",
        ),
        pytest.param(
            [("2020", "accession", 3), ("2020-05-01", "attributes", 5)],
            "2022",
            5,
            id="a change that may have come after the accession did",
        ),
    ],
)
def test_only_what_is_beyond_doubt_holds(
    changes: list[tuple[str, Kind, int | None]], on: str, weight: int | None
) -> None:
    entries = [
        change(since, kind=kind, **({} if value is None else {"weight": value}))
        for since, kind, value in changes
    ]
    for order in permutations(entries):
        assert attributes_at(at(order, when(on)))["x"].get("weight") == weight


@st.composite
def told(draw: st.DrawFn) -> list[Told]:
    """A joining, or reports of it, and changes; the value of each is its place."""
    out: list[Told] = []
    for number in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, 4))
        last = draw(st.integers(first, 4))
        joins = draw(st.sampled_from([True, False, False]))
        coming = 1 if joins else 0
        out.append(Told((first, 0, 0), (last, 0, 0), joins, coming, {"weight": number}))
    return out


def brute(changes: Sequence[Told], asked: int) -> set[int | None]:
    """The values that the changes leave, in every world: one report of the joining is right, which
    comes before each change that can follow it; the member has joined, if it can have by then.
    """
    joinings: Sequence[Told | None] = [one for one in changes if one.joins] or [None]
    member = any(one.joins and one.first[0] <= asked for one in changes)
    found: set[int | None] = set()
    for joining in joinings:
        here = [one for one in changes if one is joining or not one.joins]
        for days in product(*(range(one.first[0], one.last[0] + 1) for one in here)):
            came = dict(zip(map(id, here), days, strict=True))
            if joining is not None:
                if came[id(joining)] > asked and member:
                    continue
                late = [one for one in here if one.last >= joining.first and one is not joining]
                if any(came[id(one)] < came[id(joining)] for one in late):
                    continue
            found |= set(last_values(here, came, joining, asked))
    return found


def last_values(
    here: Sequence[Told], came: dict[int, int], joining: Told | None, asked: int
) -> Iterator[int | None]:
    past = [one for one in here if came[id(one)] <= asked]
    latest = [one for one in past if came[id(one)] == max(came[id(each)] for each in past)]
    changes = [one for one in latest if one is not joining or len(latest) == 1]
    yield from (int(one.attributes["weight"]) for one in changes)
    if not past:
        yield None


@given(told(), st.integers(0, 5))
def test_every_value_that_may_hold_is_found(changes: list[Told], asked: int) -> None:
    point = (asked, 0, 0)
    found = possible_values(changes, "weight", point, point)
    assert found >= brute(changes, asked)
    joinings = [one for one in changes if one.joins]
    if not joinings or (len(joinings) == 1 and joinings[0].last <= point):
        assert found <= brute(changes, asked) | {None}
