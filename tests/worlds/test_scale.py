"""Sizes at which listing worlds one by one cannot work: the answers are still exact."""

import pytest

from nemcon.entries import AnyEntry, Reserve
from tests.worlds.build import ALL_SUPPORT, NO_OBJECTION, ask, back, day, motion, roll, tally

WEIGHTED = {
    "id": "weighted",
    "outcome": [
        {
            "when": {
                "all": [
                    {"cmp": [{"n": "support"}, ">=", {"mul": ["55/100", {"n": "all"}]}]},
                    {
                        "cmp": [
                            {"w": ["population", "support"]},
                            ">=",
                            {"mul": ["65/100", {"w": ["population", "all"]}]},
                        ]
                    },
                ]
            },
            "is": "adopted",
            "favourable": True,
        },
        {"is": "not adopted"},
    ],
}


def members(count: int) -> list[str]:
    return [f"m{n}" for n in range(count)]


def test_one_contrary_reserve_against_a_report_that_all_support() -> None:
    reserve = Reserve(matter="m", member="m3", happened=day(2))
    found = ask([motion(), *roll(32), back("all", 2), reserve], 2)
    (one,) = found.reckonings
    assert (found.verdict, one.support.least, one.support.most) == ("cannot tell", 31, 32)
    assert one.open == ("m3",)
    assert [finding.code for finding in found.findings] == ["conflict"]


def test_thirty_two_named_against_exactly_twenty() -> None:
    """Some 226 million maximal subsets, which differ only by exchanging members."""
    named = [back(member, 2) for member in members(32)]
    found = ask([motion(), *roll(32), *named, tally(20, 32, 2)], 2)
    (one,) = found.reckonings
    assert (found.verdict, one.support.least, one.support.most) == ("cannot tell", 20, 32)
    assert sorted(one.open) == sorted(members(32))


@pytest.mark.parametrize(
    ("on", "least", "most", "verdict"),
    [(1, 28, 28, "not met"), (4, 31, 31, "not met"), (6, 31, 32, "cannot tell")],
)
def test_a_chain_of_tallies(on: int, least: int, most: int, verdict: str) -> None:
    chain = [tally(28, 32, 1), tally(29, 32, 2), tally(29, 32, 3), tally(31, 32, 4)]
    found = ask([motion(), *roll(32), *chain], on)
    (one,) = found.reckonings
    assert (found.verdict, one.support.least, one.support.most) == (verdict, least, most)


def test_a_chain_about_half_of_the_members_with_known_ones_among_them() -> None:
    chain = [tally(15, 32, 1), tally(16, 32, 2), tally(17, 32, 3), tally(14, 32, 4)]
    known = [
        back("m1", 1, stance="objection"),
        back("m2", "2024-01-02/2024-01-05", claim="changes"),
    ]
    found = ask([motion(), *roll(32), *chain, *known], 4)
    (one,) = found.reckonings
    assert (found.verdict, one.support.least, one.support.most) == ("not met", 14, 14)


@pytest.mark.parametrize(("yes", "verdict"), [(200, "met"), (60, "not met")])
def test_two_hundred_members_with_weights_of_their_own(yes: int, verdict: str) -> None:
    rolled = [
        m.__class__(member=m.member, happened=m.happened, attributes={"population": 1000 + 7 * n})
        for n, m in enumerate(roll(200))
    ]
    spoken = [back(m, 2) for m in members(yes)]
    rest = [back(m, 2, stance="objection") for m in members(200)[yes:]]
    assert ask([motion(), *rolled, *spoken, *rest], 2, WEIGHTED).verdict == verdict


def test_two_hundred_weights_with_open_members_are_settled_by_a_world_either_way() -> None:
    rolled = [
        m.__class__(member=m.member, happened=m.happened, attributes={"population": 1000 + 7 * n})
        for n, m in enumerate(roll(200))
    ]
    spoken = [back(m, 2) for m in members(100)]
    found = ask([motion(), *rolled, *spoken], 2, WEIGHTED)
    assert (found.verdict, found.exact) == ("cannot tell", True)


def test_a_conflict_of_each_of_many_members_is_settled_member_by_member() -> None:
    both = [back(m, 2) for m in members(60)]
    both += [back(m, 2, stance="objection") for m in members(60)]
    found = ask([motion(), *roll(60), *both], 2, NO_OBJECTION)
    (one,) = found.reckonings
    assert (found.verdict, one.support.least, one.support.most) == ("cannot tell", 0, 60)


def test_a_member_that_says_the_same_change_twice_among_many_others() -> None:
    """One change with two dates: either of them stands, and nothing else is lost."""
    changes = [back("m0", n, claim="changes") for n in (3, 5)]
    changes += [
        back("m1", n, claim="changes", stance=s)
        for n, s in enumerate(["objection", "support"] * 8, start=2)
    ]
    record: list[AnyEntry] = [motion(), *roll(2), *changes]
    assert ask(record, 4).reckonings[0].open == ("m0",)
    assert ask(record, 18).verdict == "met"


def test_more_than_the_limit_is_never_called_certain() -> None:
    """Sixteen members with different doubtful dates and tallies between: too many to list."""
    doubtful = [
        back((f"m{n}", f"m{n + 1}"), f"2024-01-{2 + n % 5:02d}/2024-01-{12 + n:02d}")
        for n in range(16)
    ]
    tallies = [tally(8 + n % 3, 20, 3 + n) for n in range(12)]
    found = ask([motion(), *roll(20), *doubtful, *tallies], 30, ALL_SUPPORT)
    assert found.verdict == "cannot tell"
    assert found.exact or [finding.code for finding in found.findings] == ["too-hard"]
