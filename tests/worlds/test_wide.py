"""Rules that are more than sums over members, judged by a record: never a wrong *met*."""

import tomllib
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import AnyEntry, Attestation, Count, Decision, Membership, Tally
from nemcon.when import When
from tests.rules import brute
from tests.rules.strategies import rules
from tests.worlds.build import ask, back, motion, when

BUNDESRAT: Mapping[str, Any] = {
    "id": "blocs",
    "positions": ["support", "objection"],
    "normalise": [{"bloc": "land"}],
    "outcome": [
        {
            "when": {
                "cmp": [{"w": ["votes", "support"]}, ">", {"mul": ["1/2", {"w": ["votes", "all"]}]}]
            },
            "is": "consent",
            "favourable": True,
        },
        {"is": "no consent"},
    ],
}
ROUGH: Mapping[str, Any] = {
    "id": "rough",
    "positions": ["support", "objection"],
    "outcome": [
        {"when": {"attested": "rough consensus"}, "is": "consensus", "favourable": True},
        {"is": "none"},
    ],
}
STATES: Mapping[str, Any] = {
    "id": "states",
    "positions": ["support", "objection"],
    "outcome": [
        {
            "when": {
                "cmp": [
                    {
                        "groups": {
                            "by": "land",
                            "where": {
                                "cmp": [{"n": "support"}, ">", {"mul": ["1/2", {"n": "all"}]}]
                            },
                        }
                    },
                    ">=",
                    2,
                ]
            },
            "is": "adopted",
            "favourable": True,
        },
        {"is": "not adopted"},
    ],
}


def member(name: str, **attributes: Any) -> Membership:
    return Membership(member=name, happened=When.parse("2020"), attributes=attributes)


LAENDER = [
    member("rest", land="rest", votes=34),
    member("most", land="most", votes=31),
    member("b1", land="bb", votes=2),
    member("b2", land="bb", votes=2),
]


@pytest.mark.parametrize(
    ("b1", "b2", "verdict"),
    [
        ("support", "support", "met"),
        ("support", "objection", "not met"),
        ("support", None, "cannot tell"),
        ("objection", None, "not met"),
        (None, None, "cannot tell"),
    ],
)
def test_a_bloc_that_must_be_of_one_mind(b1: str | None, b2: str | None, verdict: str) -> None:
    said: list[AnyEntry] = [back("most", 1), back("rest", 1, stance="objection")]
    for name, stance in (("b1", b1), ("b2", b2)):
        said += [back(name, 1, stance=stance)] if stance else []
    assert ask([motion(), *LAENDER, *said], 2, BUNDESRAT).verdict == verdict


def test_groups_in_which_a_whole_rule_holds() -> None:
    members = [member(f"{land}{n}", land=land) for land in "abc" for n in range(3)]
    said: list[AnyEntry] = [back(["a0", "a1", "b0"], 1)]
    assert ask([motion(), *members, *said], 2, STATES).verdict == "cannot tell"
    said = [back(["a0", "a1", "b0", "b2"], 1)]
    assert ask([motion(), *members, *said], 2, STATES).verdict == "met"
    said = [back([f"{land}{n}" for land in "abc" for n in (0, 1)], 1, stance="objection")]
    assert ask([motion(), *members, *said], 2, STATES).verdict == "not met"


def finding(on: str, **more: Any) -> Attestation:
    return Attestation(
        by="chair", finding="Rough consensus", matter="m", happened=When.parse(on), **more
    )


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        ([], "cannot tell"),
        ([finding("2024-01-01")], "met"),
        ([finding("2024-01-02")], "met"),
        ([finding("2024-01-03")], "cannot tell"),
        ([finding("2024-01-01/2024-01-03")], "cannot tell"),
        ([finding("2024-01-01", modality="denied")], "not met"),
        ([finding("2024-01-01", modality="planned")], "cannot tell"),
        ([finding("2024-01-01"), finding("2024-01-02", modality="denied")], "cannot tell"),
    ],
)
def test_a_finding_is_made_and_never_computed(made: list[Attestation], verdict: str) -> None:
    record: list[AnyEntry] = [motion(), member("a"), back("a", 1), *made]
    assert ask(record, 2, ROUGH).verdict == verdict


def test_a_rule_of_rounds_is_not_judged_by_stances() -> None:
    data = {"id": "r", "rounds": {"phase": [{"name": "one", "threshold": {"plurality": True}}]}}
    found = ask([motion(), member("a"), back("a", 1)], 2, data)
    assert found.verdict == "cannot tell"
    assert [f.code for f in found.findings] == ["no-ladder"]


def test_stances_are_compared_as_names() -> None:
    data = {
        "id": "r",
        "positions": {"no objection": ["fine"], "objection": []},
        "outcome": [
            {
                "when": {"cmp": [{"n": "No_Objection"}, "=", {"n": "all"}]},
                "is": "adopted",
                "favourable": True,
            },
            {"is": "blocked"},
        ],
    }
    for stance in ("no objection", "no-objection", "No Objection", "fine"):
        assert ask([motion(), member("a"), back("a", 1, stance=stance)], 2, data).verdict == "met"


def test_who_is_dropped_counts_for_nothing_even_if_only_a_step_names_the_stance() -> None:
    data = {
        "id": "r",
        "positions": ["support", "recusal"],
        "normalise": [{"drop": "recusal"}],
        "outcome": [
            {
                "when": {"cmp": [{"n": "support"}, "=", {"n": "all"}]},
                "is": "yes",
                "favourable": True,
            },
            {"is": "no"},
        ],
    }
    record: list[AnyEntry] = [
        motion(),
        member("a"),
        member("b"),
        back("a", 1),
        back("b", 1, stance="recusal"),
    ]
    assert ask(record, 2, data).verdict == "met"


SAID = st.sampled_from(["yes", "no", "abstain", "none", None])


@given(
    rules(),
    st.lists(
        st.tuples(SAID, st.booleans(), st.sampled_from("ab"), st.integers(0, 3)),
        min_size=1,
        max_size=4,
    ),
)
def test_any_rule_is_judged_like_open_ballots(
    rule: dict[str, Any], people: list[tuple[str | None, bool, str, int]]
) -> None:
    """A record in which some have spoken and others are open, against brute force."""
    weights = {"a": 1, "b": 2}
    held = [{"p": p, "g": g, "v": weights[g], "w": w} for _, p, g, w in people]
    record: list[AnyEntry] = [motion()]
    options: list[list[Any]] = []
    for n, ((said, *_), attributes) in enumerate(zip(people, held, strict=True)):
        record.append(member(f"m{n}", **attributes))
        record += [back(f"m{n}", 1, stance=said)] if said else []
        whatever = ["yes", "no", "abstain", "silent", "support", *brute.INPUTS]
        options.append([brute.named(said)] if said else whatever)
    favourable = {line["is"]: line.get("favourable", False) for line in rule["outcome"]}
    found = set()
    for chosen in product(*options):
        outcome = brute.outcome(rule, zip(chosen, held, strict=True))
        found.add(favourable.get(outcome, False))
    verdict = ask(record, 2, rule).verdict
    assert verdict == ("cannot tell" if len(found) > 1 else "met" if True in found else "not met")


AT = "2024-01-02T19:00+00:00"


@pytest.mark.parametrize(
    ("made", "on", "verdict"),
    [
        (finding(AT), "2024-01-02T18:00+00:00", "cannot tell"),
        (finding(AT), "2024-01-02T20:00+00:00", "met"),
        (finding(AT), "2024-01-02", "met"),
        (finding("2024-01-02"), "2024-01-02T20:00+00:00", "cannot tell"),
    ],
)
def test_a_finding_counts_from_its_instant(made: Attestation, on: str, verdict: str) -> None:
    found = ask([motion(), member("a"), back("a", 1), made], on, ROUGH)
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (finding("2024-01-02"), "cannot tell"),
        (finding("2024-01-02", before="decision"), "met"),
        (finding(AT), "met"),
        (finding("2024-01-02T20:30+00:00"), "cannot tell"),
    ],
)
def test_a_decision_rests_on_findings_made_before_it(made: Attestation, verdict: str) -> None:
    decided = Decision(matter="m", happened=When.parse("2024-01-02T20:00+00:00"))
    entries: list[AnyEntry] = [motion(), member("a"), back("a", 1), made, decided]
    assert ask(entries, 3, ROUGH, event="decision").verdict == verdict


MAJORITY: Mapping[str, Any] = {
    "id": "majority",
    "positions": ["yes", "no", "abstain"],
    "normalise": [{"bloc": "land"}],
    "outcome": [
        {
            "when": {
                "any": [
                    {
                        "cmp": [
                            {"w": ["pop", "yes"]},
                            ">=",
                            {"mul": ["65/100", {"w": ["pop", "all"]}]},
                        ]
                    },
                    {"cmp": [{"n": {"minus": ["all", "yes"]}}, "<", 2]},
                ]
            },
            "is": "adopted",
            "favourable": True,
        },
        {"is": "not adopted"},
    ],
}
FEWEST: Mapping[str, Any] = {
    **{key: value for key, value in MAJORITY.items() if key != "normalise"},
    "outcome": [
        {
            "when": {
                "all": [
                    {"cmp": [{"n": "yes"}, ">=", {"mul": ["1/2", {"n": "all"}]}]},
                    {
                        "cmp": [
                            {"n": {"minus": ["all", "yes"]}},
                            "<",
                            {
                                "fewest": [
                                    "pop",
                                    "all",
                                    ">",
                                    {"mul": ["35/100", {"w": ["pop", "all"]}]},
                                ]
                            },
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


def counted(of: int, on: str | int = 1, bound: Any = "exactly", **numbers: int) -> Tally:
    counts = tuple(Count(stance, number) for stance, number in numbers.items())
    return Tally(matter="m", counts=counts, of=of, happened=when(on), bound=bound)


@pytest.mark.parametrize("rule", [MAJORITY, FEWEST], ids=["blocs", "fewest"])
@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ({"yes": 5}, "met"),
        ({"yes": 5, "no": 0}, "met"),
        ({"yes": 4, "no": 1}, "met"),
        ({"yes": 0, "no": 5}, "not met"),
        ({"yes": 1, "no": 4}, "not met"),
        ({"yes": 1, "abstain": 4}, "not met"),
        ({"yes": 3, "no": 2}, "cannot tell"),
    ],
)
def test_numbers_bind_members_that_are_not_alike(
    rule: Mapping[str, Any], numbers: dict[str, int], verdict: str
) -> None:
    if rule is FEWEST and verdict == "cannot tell":
        verdict = "not met"  # two that are missing are enough to block, whoever they are
    people = [member(f"m{n}", pop=1 + n, land=f"l{n}") for n in range(5)]
    found = ask([motion(), *people, counted(5, **numbers)], 1, rule)
    assert found.verdict == verdict
    assert found.exact


@given(
    st.lists(st.integers(1, 4), min_size=2, max_size=4),
    st.integers(0, 4),
    st.integers(0, 4),
    st.sampled_from(["exactly", "at-least"]),
    st.sampled_from([MAJORITY, FEWEST]),
)
def test_numbers_bind_as_every_way_to_share_them_out_does(
    people: list[int], yes: int, no: int, bound: str, rule: Mapping[str, Any]
) -> None:
    """Against all ways in which members of these weights may hold the stances that are counted."""
    if yes + no > len(people):
        return
    members = [member(f"m{n}", pop=pop, land=f"l{n}") for n, pop in enumerate(people)]
    found = ask([motion(), *members, counted(len(people), yes=yes, no=no, bound=bound)], 1, rule)
    answers = set()
    for chosen in product(["yes", "no", "abstain"], repeat=len(people)):
        numbers = chosen.count("yes"), chosen.count("no")
        more = bound == "at-least" and numbers[0] >= yes and numbers[1] >= no
        if more or numbers == (yes, no):
            answers.add(met(rule, people, chosen))
    expected = "cannot tell" if len(answers) > 1 else "met" if True in answers else "not met"
    assert found.verdict == expected
    assert found.exact


def met(rule: Mapping[str, Any], people: list[int], chosen: tuple[str, ...]) -> bool:
    whole = sum(people)
    for_it = sum(p for p, stance in zip(people, chosen, strict=True) if stance == "yes")
    against = sum(stance != "yes" for stance in chosen)
    if rule is MAJORITY:
        return for_it * 100 >= 65 * whole or against < 2
    heaviest = sorted(people, reverse=True)
    fewest = next(n for n in range(len(people) + 1) if sum(heaviest[:n]) * 100 > 35 * whole)
    return chosen.count("yes") * 2 >= len(people) and against < fewest


def test_a_rule_that_is_too_hard_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nemcon.worlds.tied.MOST_TRIED", 0)
    people = [member(f"m{n}", pop=1 + n, land=f"l{n % 3}") for n in range(5)]
    found = ask([motion(), *people, counted(5, yes=3, no=2)], 1, MAJORITY)
    assert found.verdict == "cannot tell"
    assert not found.exact
    assert [f.code for f in found.findings] == ["too-hard"]
    assert found.reckonings[0].support.most == 3


EU = Path(__file__).parents[2] / "src/nemcon/procedures/eu-qmv.toml"
POPULATIONS = [
    *(1849, 1517, 1323, 1078, 833, 423, 401, 262, 242, 236, 234, 231, 213, 202, 143, 132, 125),
    *(121, 119, 86, 64, 47, 42, 30, 21, 15, 12),
]


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ({"yes": 27, "no": 0}, "met"),
        ({"yes": 24, "no": 3}, "met"),
        ({"yes": 20, "no": 7}, "cannot tell"),
        ({"yes": 14, "no": 13}, "not met"),
    ],
)
def test_the_qualified_majority_of_27(numbers: dict[str, int], verdict: str) -> None:
    """Three cannot block, whoever they are; fourteen are too few, whoever they are."""
    rule = tomllib.loads(EU.read_text("utf-8"))
    rule = {key: rule[key] for key in ("id", "positions", "attributes", "define", "outcome")}
    people = [member(f"m{n}", pop=pop) for n, pop in enumerate(POPULATIONS)]
    found = ask([motion(), *people, counted(27, **numbers)], 1, rule)
    assert found.verdict == verdict
    assert found.exact
