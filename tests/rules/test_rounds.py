"""Ballots that follow each other."""

import csv
import json
from collections import defaultdict
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nemcon.rules.place import RuleError
from nemcon.rules.rounds import ANOTHER, decide_rounds
from tests.rules import naive_rounds
from tests.rules.expected import agrees
from tests.rules.library import IN_ROUNDS, codes, held, procedure, rounds, rule

ELECTED = [
    pytest.param(name, case, id=f"{name}-{number}")
    for name in IN_ROUNDS
    for number, case in enumerate(procedure(name).cases, 1)
]


# Real elections


@pytest.mark.parametrize(("name", "case"), ELECTED)
def test_cases_of_the_library(name, case):
    result = decide_rounds(rounds(name), case.ballots)
    assert agrees(result, case.expected), (result.events, result.outcome, result.findings)


@pytest.mark.parametrize("name", IN_ROUNDS)
def test_every_rule_has_a_real_case_and_a_near_miss(name):
    cases = procedure(name).cases
    assert [case for case in cases if case.date]
    assert [case for case in cases if case.near_miss]


def test_shared_cases(shared: Path):
    cases = json.loads((shared / "cases/cases.json").read_text("utf-8"))["cases"]
    asked = [case for case in cases if "rounds" in case]
    assert len(asked) == 10
    for case in asked:
        result = held(case["procedure"], *case["rounds"])
        assert [list(event) for event in result.events] == case["expected"], case["id"]


def test_reports_of_2025_in_part_differ(shared: Path):
    """Two tell every ballot, one only the sixth, one other ballots, one only the end."""
    sources: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    with (shared / "data/au_2025_rounds.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            votes = {
                who: int(row[who])
                for who in ("Odinga", "Youssouf", "Randriamandrato")
                if row[who].isdecimal()
            }
            sources[row["source"]][row["round"]] = {**votes, "_": {"eligible": 49}}
    whole = {name: list(found.values()) for name, found in sources.items() if len(found) == 7}
    assert len(whole) == 2
    reports = [{"source": name, "rounds": found} for name, found in whole.items()]
    result = decide_rounds(rounds("au-commission-chair"), {"reports": reports})
    assert (result.outcome, result.verdict) == ("Youssouf", "met")
    (compressed,) = (n for n, found in sources.items() if len(found) == 3)
    other = {"source": compressed, "rounds": list(sources[compressed].values())}
    result = decide_rounds(rounds("au-commission-chair"), {"reports": [*reports, other]})
    assert (result.outcome, result.verdict) == (None, "cannot tell")
    assert result.possible == ("Youssouf", "Odinga", "suspended")
    assert result.notes[-1].startswith("the reports differ")


def test_the_arithmetic_is_exact():
    result = held("au-commission-chair", {"A": 32, "B": 10, "C": 7, "_": {"eligible": 49}})
    assert [(line.text, line.holds) for line in result.arithmetic] == [("32 >= 98/3", False)]


# Thresholds: at equality, and one vote to either side

HALF = 'threshold = {of = "valid", share = "1/2", strict = true}'
TWO_THIRDS = 'threshold = {of = "eligible", share = "2/3"}'


@pytest.mark.parametrize(
    ("name", "enough", "total", "base"),
    [
        ("au-commission-chair", 34, 51, {"eligible": 51}),
        ("au-commission-chair", 33, 49, {"eligible": 49}),
        ("fifa-president", 138, 207, {"eligible": 207}),
        ("fifa-host-2010", 12, 22, {}),
        ("ioc-host-2013", 48, 94, {}),
        ("ilo-director-general", 29, 56, {"members": 56}),
        ("who-director-general", 122, 183, {}),
        ("coe-secretary-general", 121, 240, {}),
        ("de-federal-president", 623, 1244, {"members": 1244}),
        ("us-speaker", 218, 434, {}),
        ("un-ga-election", 125, 187, {"abstain": 4}),
        ("conclave", 89, 133, {"voters": 133}),
    ],
)
def test_one_vote_short_is_not_elected(name, enough, total, base):
    for votes, elected in ((enough - 1, False), (enough, True), (enough + 1, True)):
        rest = (total - votes) // 3
        ballot = {"A": votes, "B": total - votes - rest, "C": rest, "_": base}
        result = held(name, ballot)
        assert (result.outcome == "A", result.verdict == "met") == (elected, elected), votes


@pytest.mark.parametrize(
    ("first", "total", "elected"), [(13, 27, False), (14, 27, True), (15, 27, True)]
)
def test_fourteen_first_choices_decide(first, total, elected):
    points = {
        "A": 3 * first + (total - first),
        "B": 40,
        "_": {"members": 27, "first": {"A": first}},
    }
    assert (held("eu-agency-seat-2017", points).outcome == "A") is elected


def test_points_alone_bound_the_first_choices():
    """41 points may be 13 first choices at most; 68 of 27 voters are 14 at least."""

    def outcomes(points: int) -> tuple[str | None, tuple]:
        ballot = {"A": points, "B": 20, "_": {"members": 27}}
        result = held("eu-agency-seat-2017", ballot)
        return result.outcome, result.possible

    assert outcomes(41) == (None, ("A", "B"))
    assert outcomes(67) == (None, ("A", "B"))
    assert outcomes(68) == ("A", ("A",))


# What is not told


def test_the_base_is_asked_for_where_it_decides():
    result = held("fifa-president", {"A": 140, "B": 50})
    assert (result.outcome, codes(result)) == (None, ["base-not-told"])
    assert "--param eligible=N" in result.findings[0].message
    told = held("fifa-president", {"A": 140, "B": 50}, params={"eligible": "209"})
    assert (told.outcome, told.verdict) == ("A", "met")


def test_the_base_is_not_asked_for_where_no_size_of_it_decides():
    assert codes(held("fifa-president", {"A": 120, "B": 87})) == []


def test_a_larger_body_bounds_a_smaller_one():
    """27 members, so at most 27 eligible: 18 are two thirds whoever is eligible."""
    ballot = {"A": 18, "B": 5, "_": {"members": 27}}
    assert held("au-commission-chair", ballot, {"A": 1}).verdict == "cannot tell"
    assert held("au-commission-chair", ballot).outcome == "A"
    assert held("au-commission-chair", {**ballot, "A": 17}).outcome is None


def test_unknown_votes_of_one_candidate():
    known = {"B": 10, "C": 9, "_": {"eligible": 30}}
    text = f'tie = "none"\n[[phase]]\n{TWO_THIRDS}\neliminate = "lowest"'
    result = decide_rounds(rule(text), {"rounds": [{"A": None, **known}]})
    assert (result.outcome, result.events) == (None, ())
    assert result.possible == ("B", "C", "A")
    result = decide_rounds(rule(text), {"rounds": [{"A": [20, 21], **known, "C": 0}]})
    assert (result.outcome, result.verdict) == ("A", "met")


def test_a_later_ballot_tells_what_an_unknown_one_did():
    text = f'tie = "none"\n[[phase]]\n{TWO_THIRDS}\neliminate = "lowest"'
    ballots = [{"A": 10, "B": 10, "C": None, "_": {"eligible": 40}}, {"A": 30, "C": 5}]
    result = decide_rounds(rule(text), {"rounds": ballots, "params": {}}, {"eligible": 40})
    assert result.outcome == "A"
    assert result.events[-1] == ["elected", "A", 2]
    assert ["eliminate", "C", 1] not in result.events


def test_an_unknown_ballot_leaves_everything_open():
    ballots = [None, None]
    result = held("au-commission-chair", *ballots, candidates=["A", "B"])
    assert (result.outcome, result.verdict, result.events) == (None, "cannot tell", ())
    assert set(result.possible) == {"A", "B", "suspended"}
    last = {"A": 20, "B": 19, "_": {"eligible": 40}}
    third = held("au-commission-chair", *ballots, last, candidates=["A", "B"])
    assert third.events == (["eliminate", "B", 3],)


def test_ballots_not_counted_yet():
    ballot = {"A": 50, "B": 40, "_": {"outstanding": 9}}
    text = f"[[phase]]\n{HALF}"
    assert decide_rounds(rule(text), {"rounds": [ballot]}).outcome == "A"
    ballot["_"] = {"outstanding": 10}
    result = decide_rounds(rule(text), {"rounds": [ballot]})
    assert (result.outcome, result.possible) == (None, ("A", "B"))


def test_reports_of_one_ballot_that_differ():
    either = [{"A": 33, "_": {"eligible": 49}}, {"A": 32, "_": {"eligible": 49}}]
    three = [{"A": 20, "B": 19, "_": {"eligible": 49}}] * 2
    three.append({"A": 21, "B": 19, "_": {"eligible": 49}})
    result = held("au-commission-chair", *three, either)
    assert (result.outcome, result.verdict) == (None, "cannot tell")
    assert result.possible == ("A", "suspended")
    assert result.events == (["eliminate", "B", 3],)


def test_who_is_declared_is_told_apart():
    secret = {"_": {"voters": 133}}
    last = {"_": {"voters": 133, "declared": "X"}}
    result = held("conclave", secret, secret, secret, last)
    assert (result.outcome, result.verdict) == (None, "cannot tell")
    assert result.more == {"declared": {"who": "X", "round": 4}}
    assert "89 were needed" in result.notes[0]


def test_a_declaration_that_the_votes_do_not_give():
    ballot = {"A": 100, "B": 33, "_": {"voters": 133, "declared": "B"}}
    assert codes(held("conclave", ballot)) == ["declared-not-computed"]


# Who is in the race


def test_who_is_no_longer_a_candidate_is_a_note():
    first = {"A": 20, "B": 15, "C": 10, "_": {"eligible": 49}}
    result = held("au-commission-chair", first, {"A": 22, "B": 20, "_": {"eligible": 49}})
    assert result.events == ()
    assert result.notes == ("C is no longer a candidate in round 2",)


def test_who_enters_and_comes_back_is_a_note():
    text = f"[[phase]]\n{HALF}"
    ballots = [{"A": 2, "B": 2}, {"A": 2, "C": 2}, {"A": 2, "B": 1, "C": 1}]
    result = decide_rounds(rule(text), {"rounds": ballots})
    assert result.notes == (
        "C becomes a candidate before round 2",
        "B is no longer a candidate in round 2",
        "B is a candidate again before round 3",
    )


@pytest.mark.parametrize(
    ("ballots", "code", "says"),
    [
        (
            [{"RU": 9, "EN": 2, "NB": 8}, {"RU": 9, "EN": 8}],
            "eliminated-appears-again",
            "round 2: EN had been eliminated",
        ),
        (
            [{"RU": 12, "EN": 8}, {"RU": 12}],
            "round-after-end",
            "round 2: it comes after the end: RU was elected in round 1",
        ),
        (
            [{"RU": 12, "EN": 8, "_": {"eligible": 19}}],
            "votes-exceed-base",
            "round 1: 20 votes are more than 19",
        ),
        (
            [{"RU": 12, "EN": 8, "_": {"voters": 22, "abstain": 3}}],
            "votes-exceed-base",
            "round 1: 20 votes and 3 others are more than 'voters', 22",
        ),
        (
            [{"RU": 12, "EN": 8, "_": {"voters": 23, "eligible": 22}}],
            "votes-exceed-base",
            "round 1: 'voters' is 23 and 'eligible' only 22",
        ),
        ([{"RU": -1}], "ballots-unreadable", "round 1, 'RU': -1 is no number of votes"),
        ([{"RU": 1.5}], "ballots-unreadable", "round 1, 'RU': 1.5 is no number of votes"),
        ([{"RU": True}], "ballots-unreadable", "round 1, 'RU': True is no number of votes"),
        ([12], "ballots-unreadable", "round 1: 12 is no table"),
        ([{"RU": 1, "_": {"eligibel": 4}}], "ballots-unreadable", "did you mean 'eligible'?"),
        ([{"RU": 1, "_": {"tiebreak": True}}], "ballots-unreadable", "follows no ballot"),
        (
            [{"A": 4, "B": 4, "C": 8, "_": {"tiebreak": {"A": 3, "C": 2}}}],
            "run-off-not-of-the-tied",
            "round 1: the run-off is among A and C, but A and B are tied",
        ),
        (
            [{"A": 5, "B": 4, "C": 6, "_": {"tiebreak": {"A": 3, "C": 2}}}],
            "run-off-not-of-the-tied",
            "round 1: a run-off was held, but nobody is tied",
        ),
    ],
)
def test_ballots_that_cannot_be(ballots, code, says):
    result = held("fifa-host-2010", *ballots)
    assert codes(result) == [code]
    assert result.findings[0].severity == "error"
    assert says in result.findings[0].message
    assert (result.outcome, result.verdict) == (None, "cannot tell")


def test_nobody_enters_a_restricted_ballot():
    three = [{"A": 20, "B": 15, "C": 10, "_": {"eligible": 49}}] * 3
    result = held("au-commission-chair", *three, {"A": 20, "D": 15, "_": {"eligible": 49}})
    assert codes(result) == ["not-in-the-race"]
    assert "restricted to A and B" in result.findings[0].message


def test_rounds_that_are_no_list():
    result = decide_rounds(rounds("us-speaker"), {"rounds": {"A": 3}})
    assert codes(result) == ["ballots-unreadable"]


def test_an_unknown_parameter():
    with pytest.raises(RuleError, match="did you mean 'lot'"):
        held("us-speaker", {"A": 3}, params={"lott": "A"})


def test_no_ballot_yet():
    result = held("us-speaker")
    assert (result.outcome, result.possible, result.verdict) == (None, (ANOTHER,), "cannot tell")


def test_closed_without_a_result():
    ballot = {"A": 214, "B": 214}
    assert held("us-speaker", ballot).verdict == "cannot tell"
    assert held("us-speaker", ballot, closed=True).verdict == "not met"


# Ties


def test_a_run_off_settles_who_falls_out():
    level = {"Tokyo": 42, "Istanbul": 26, "Madrid": 26}
    result = held("ioc-host-2013", level)
    assert result.events == (["tie", ["Istanbul", "Madrid"], 1],)
    assert "_.tiebreak" in result.findings[0].message
    run_off = {"Istanbul": 49, "Madrid": 45}
    inside = held("ioc-host-2013", {**level, "_": {"tiebreak": run_off}})
    after = held("ioc-host-2013", level, {**run_off, "_": {"tiebreak": True}})
    assert inside.events == after.events == (["eliminate", "Madrid", 1],)
    again = held("ioc-host-2013", {**level, "_": {"tiebreak": {"Istanbul": 47, "Madrid": 47}}})
    assert again.events == (["tie", ["Istanbul", "Madrid"], 1],)
    assert set(again.possible) == {"Tokyo", "Istanbul", "Madrid"}


def test_the_next_ballot_shows_how_a_tie_was_settled():
    level = {"Tokyo": 42, "Istanbul": 26, "Madrid": 26}
    result = held("ioc-host-2013", level, {"Tokyo": 60, "Istanbul": 36})
    assert result.events == (
        ["tie", ["Istanbul", "Madrid"], 1],
        ["eliminate", "Madrid", 1],
        ["elected", "Tokyo", 2],
    )
    assert (result.outcome, codes(result)) == ("Tokyo", [])


def test_a_lot_and_a_casting_vote():
    text = "[[phase]]\nthreshold = {plurality = true}\nballots = 1"
    for way, key in (("lot", "lot"), ("casting vote", "casting_vote"), ("agreement", "agreement")):
        drawn = rule(f'tie = "{way}"\n{text}')
        level = {"rounds": [{"A": 5, "B": 5, "C": 4}]}
        result = decide_rounds(drawn, level)
        assert (result.outcome, result.possible) == (None, ("A", "B"))
        assert f"--param {key}=NAME" in result.findings[0].message
        result = decide_rounds(drawn, level, {key: "b"})
        assert result.events == (["tie", ["A", "B"], 1], ["elected", "B", 1])
        assert (result.outcome, result.verdict) == ("B", "met")
        assert decide_rounds(drawn, level, {key: "C"}).outcome is None
        in_ballot = {"rounds": [{"A": 5, "B": 5, "C": 4, "_": {key: "A"}}]}
        assert decide_rounds(drawn, in_ballot).outcome == "A"
        after = {"rounds": [*level["rounds"], {"A": 6, "B": 5}]}
        assert codes(decide_rounds(drawn, after)) == ["round-after-end"]


def test_policies_in_their_order():
    text = "[[phase]]\nthreshold = {plurality = true}\nballots = 1"
    drawn = rule(f'tie = ["run-off", "lot"]\n{text}')
    level = {"A": 5, "B": 5, "_": {"tiebreak": {"A": 4, "B": 4}, "lot": "B"}}
    assert decide_rounds(drawn, {"rounds": [level]}).outcome == "B"


def test_several_for_last_fall_out_together():
    ballot = {"A": 20, "B": 20, "C": 8, "D": 8, "_": {"members": 56}}
    result = held("ilo-director-general", ballot)
    assert result.events == (["eliminate", "C", 1], ["eliminate", "D", 1])
    level = held("ilo-director-general", {"A": 28, "B": 28, "_": {"members": 56}})
    assert level.events == (["tie", ["A", "B"], 1],)


def test_a_revote():
    text = f'tie = "revote"\n[[phase]]\n{HALF}\neliminate = "lowest"'
    ballots = [{"A": 5, "B": 5, "C": 5}, {"A": 9, "B": 3, "C": 3}]
    result = decide_rounds(rule(text), {"rounds": ballots})
    assert result.events == (["tie", ["A", "B", "C"], 1], ["elected", "A", 2])


def test_ties_at_a_cut_go_on_where_the_rule_says_so():
    ballots = [
        {"A": 30, "B": 25, "C": 20, "D": 20, "E": 1, "_": {"members": 27}},
        {"A": 9, "B": 6, "C": 6, "D": 6, "_": {"members": 27}},
        {"A": 9, "B": 6, "C": 6, "D": 6, "_": {"members": 27}},
    ]
    assert held("eu-agency-seat-2017", *ballots).events == (["elected", "A", 3],)
    wrong = [ballots[0], {**ballots[1], "E": 0}]
    assert codes(held("eu-agency-seat-2017", *wrong)) == ["not-in-the-race"]


def test_a_tie_at_a_cut_is_open_where_the_rule_says_nothing():
    ballots = [{"A": 20, "B": 14, "C": 14, "_": {"eligible": 49}}] * 3
    result = held("au-commission-chair", *ballots)
    assert result.events == (["tie", ["B", "C"], 3],)
    assert codes(result) == ["tie-open"]
    assert set(result.possible) == {"A", "B", "C", "suspended"}


# Phases


def test_the_number_of_candidates_says_where_to_start():
    two = [{"A": 20, "B": 19, "_": {"eligible": 49}}] * 3
    assert held("au-commission-chair", *two).events == (["eliminate", "B", 3],)
    one = held("au-commission-chair", {"A": 32, "_": {"eligible": 49}})
    assert one.events == (["suspended", None, 1],)
    assert held("fifa-president", {"A": 104, "_": {"valid": 207}}).outcome == "A"


def test_general_assembly_alternates_without_end():
    """1 open, 3 restricted, 3 open, 3 restricted: the 155 ballots of 1979 had no end either."""
    ballots: list[dict[str, int]] = []
    open_ballots = {1, *(n for n in range(2, 156) if (n - 5) % 6 in (0, 1, 2) and n >= 5)}
    for number in range(1, 156):
        others = {"C": 3} if number in open_ballots else {}
        ballots.append({"A": 80, "B": 60, **others})
    result = held("un-ga-election", *ballots)
    assert codes(result) == []
    cuts = [number for kind, _, number in result.events if kind == "restrict"]
    assert cuts == [1, *range(7, 156, 6)]
    assert result.possible == ("A", "B", "C", ANOTHER)
    third = held("un-ga-election", ballots[0], {"A": 80, "B": 60, "C": 3})
    assert codes(third) == ["not-in-the-race"]


def test_several_seats_of_the_general_assembly():
    """Three seats: two are filled, the third goes to a ballot restricted to two."""
    first = {"A": 150, "B": 140, "C": 100, "D": 90, "E": 40, "_": {"valid": 190}}
    second = {"C": 130, "D": 58, "_": {"valid": 190}}
    result = held("un-ga-election", first, seats=3)
    assert result.events == (
        ["elected", "A", 1],
        ["elected", "B", 1],
        ["restrict", ["C", "D"], 1],
    )
    assert (result.outcome, result.certain) == (None, ("A", "B"))
    result = held("un-ga-election", first, second, params={"seats": "3"})
    assert (result.outcome, result.verdict) == (["A", "B", "C"], "met")


def test_more_reach_it_than_there_are_seats():
    ballot = {"A": 128, "B": 127, "C": 125, "_": {"valid": 190}}
    threshold = 'threshold = {of = "valid", share = "1/2", strict = true}'
    many = rule(f"seats = 2\n[[phase]]\n{threshold}")
    assert decide_rounds(many, {"rounds": [ballot]}).outcome == ["A", "B"]
    level = {"A": 150, "B": 115, "C": 115, "_": {"valid": 190}}
    result = decide_rounds(many, {"rounds": [level]})
    assert result.events == (["elected", "A", 1], ["tie", ["B", "C"], 1])
    assert result.possible == ("A", "B", "C")


def test_several_seats_bound_the_valid_ballots():
    """Of 100 votes for two seats, 50 to 100 ballots are valid: 67 are two thirds of them all."""
    open_ = held("un-ga-election", {"A": 66, "B": 34}, seats=2)
    assert (open_.certain, codes(open_)) == ((), ["base-not-told"])
    assert held("un-ga-election", {"A": 67, "B": 33}, seats=2).certain == ("A",)


def test_a_phase_of_33_or_34_ballots():
    ballot = {"A": 60, "B": 50, "C": 23, "_": {"voters": 133}}
    restricted = {"A": 70, "B": 60, "_": {"voters": 131}}
    for number, open_again in ((32, True), (33, True), (34, False)):
        result = held("conclave", *[ballot] * number, {**ballot})
        assert (codes(result) == []) is open_again, number
    for number in (32, 33, 34):
        result = held("conclave", *[ballot] * number, restricted, {"A": 80, "B": 50, "C": 1})
        assert (codes(result) == ["not-in-the-race"]) is (number > 32), number
        result = held("conclave", *[ballot] * number, restricted)
        assert (ANOTHER not in result.possible) is (number > 32), number


# The roll


def test_who_may_vote_depends_on_who_is_in_the_race():
    groups = [({"country": "jpn"}, 1), ({"country": "tur"}, 1), ({"country": "esp"}, 2), ({}, 94)]
    theirs = {
        "Tokyo": {"country": "jpn"},
        "Istanbul": {"country": "tur"},
        "Madrid": {"country": "esp"},
    }
    run_off = {"tiebreak": {"Istanbul": 49, "Madrid": 45}}
    first = {"Tokyo": 42, "Istanbul": 26, "Madrid": 26, "_": run_off}

    def ask(*ballots: dict) -> Any:
        told = {"rounds": list(ballots), "candidates": theirs}
        return decide_rounds(rounds("ioc-host-2013"), told, groups=groups)

    assert ask(first, {"Tokyo": 60, "Istanbul": 36}).outcome == "Tokyo"
    assert codes(ask(first, {"Tokyo": 60, "Istanbul": 37})) == ["votes-exceed-base"]
    assert codes(ask({**first, "Tokyo": 43})) == ["votes-exceed-base"]


def test_the_roll_is_the_base():
    text = f"[[phase]]\n{TWO_THIRDS}"
    ballot = {"rounds": [{"A": 20, "B": 5}]}
    assert decide_rounds(rule(text), ballot, groups=[({}, 30)]).outcome == "A"
    assert decide_rounds(rule(text), ballot, groups=[({}, 31)]).outcome is None


def test_the_roll_says_how_many_members_there_are():
    text = '[[phase]]\nthreshold = {of = "members", share = "1/2", strict = true}'
    ballot = {"rounds": [{"A": 14, "B": 12}]}
    assert decide_rounds(rule(text), ballot, groups=[({}, 27)]).outcome == "A"
    assert decide_rounds(rule(text), ballot, groups=[({}, 28)]).outcome is None
    assert codes(decide_rounds(rule(text), ballot)) == ["base-not-told"]


# Reading


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no [[rounds.phase]]"),
        ("[[phase]]", "phase 1: no threshold"),
        ('[[phase]]\nthreshold = {of = "elligible", share = "2/3"}', "did you mean 'eligible'?"),
        ('[[phase]]\nthreshold = {of = "valid", share = "3/2"}', "'3/2' is no share"),
        ('[[phase]]\nthreshold = {of = "valid", share = 0.5}', "0.5 is no share"),
        ('[[phase]]\nthreshold = {plurality = true, share = "1/2"}', "leave out the rest"),
        ("[[phase]]\nthreshold = {plurality = true}\nnext = 'x'", "it never ends"),
        (
            "[[phase]]\nthreshold = {plurality = true}\nballots = 1\nnext = 'x'",
            "no phase is called 'x'",
        ),
        ("[[phase]]\nthreshold = {plurality = true}\neliminate = 'last'", "'last' is none of"),
        ("[[phase]]\nthreshold = {plurality = true}\nelimnate = 'lowest'", "'eliminate'"),
        ("tie = 'coin'\n[[phase]]\nthreshold = {plurality = true}", "'coin'"),
        ("[[phase]]\nthreshold = {plurality = true}\npoints = [1, 2, 3]", "must count most"),
        ("seats = 0\n[[phase]]\nthreshold = {plurality = true}", "whole number from 1 on"),
    ],
)
def test_a_rule_that_cannot_be_read_says_where(text, says):
    with pytest.raises(RuleError) as error:
        rule(text)
    assert str(error.value).startswith("rule 'ours', rounds")
    assert says in str(error.value)


# Against the oracle

PHASES = st.fixed_dictionaries(
    {
        "threshold": st.sampled_from(
            [
                {"of": "eligible", "share": "2/3"},
                {"of": "eligible", "share": "1/2", "strict": True},
                {"of": "cast", "share": "1/2", "strict": True},
                {"of": "cast", "share": "2/5"},
                {"plurality": True},
            ]
        ),
        "ballots": st.integers(1, 2),
        "eliminate": st.sampled_from(["none", "lowest"]),
        "after": st.sampled_from(["none", "lowest", "keep 2"]),
    }
)


def as_rule(phases: list[dict]) -> Any:
    table = {"tie": {"first": "none", "last": "none"}, "phase": phases}
    from nemcon.rules.place import Place
    from nemcon.rules.rounds import read_rounds

    return read_rounds(table, Place("drawn") / "rounds")


@st.composite
def elections(draw: st.DrawFn) -> tuple[list[dict], list[dict[str, int]], int]:
    """Two or three phases, and ballots among those who are still in, as the oracle has them."""
    phases = [{**draw(PHASES), "name": str(n)} for n in range(draw(st.integers(1, 3)))]
    for phase, following in pairwise(phases):
        phase["next"] = following["name"]
    eligible = 12
    race = list("ABCD"[: draw(st.integers(2, 4))])
    ballots: list[dict[str, int]] = []
    for _ in range(draw(st.integers(1, 4))):
        votes = draw(st.lists(st.integers(0, 5), min_size=len(race), max_size=len(race)))
        assume(sum(votes) <= eligible)
        ballots.append(dict(zip(race, votes, strict=True)))
        try:
            events = naive_rounds.run(phases, ballots, eligible, lambda level: level[:1])
        except (ValueError, AssertionError):
            ballots.pop()
            break
        gone = {who for kind, who, _ in events if kind == "eliminate"}
        for kind, who, _ in events:
            gone |= set(race) - set(who) if kind == "restrict" else set()
        race = [who for who in race if who not in gone]
        if not race or (events and events[-1][0] not in ("eliminate", "restrict", "tie")):
            break
    assume(ballots)
    return phases, ballots, eligible


@given(elections())
@example(([{"name": "0", "threshold": {"plurality": True}}], [{"A": 1, "B": 0}], 12))
def test_known_votes_give_what_the_oracle_gives(election):
    phases, ballots, eligible = election
    expected = naive_rounds.run(phases, ballots, eligible, lambda level: level[:1])
    told = [{**ballot, "_": {"eligible": eligible}} for ballot in ballots]
    result = decide_rounds(as_rule(phases), {"rounds": told})
    assert [one for one in result.findings if one.severity == "error"] == []
    got = [list(event) for event in result.events]
    if any(kind == "tie" for kind, _, _ in expected):
        assert [event for event in got if event not in expected] == []
    else:
        assert got == expected


@given(elections(), st.data())
def test_unknown_votes_rule_out_nothing_that_can_be(election, data):
    """Some votes are hidden: whatever they were, the answer allows what they give."""
    phases, ballots, eligible = election
    number = data.draw(st.integers(0, len(ballots) - 1))
    hidden = data.draw(st.lists(st.sampled_from(sorted(ballots[number])), min_size=1, unique=True))
    told: list[dict[str, Any]] = [{**b, "_": {"eligible": eligible}} for b in ballots]
    told[number].update(dict.fromkeys(hidden))
    result = decide_rounds(as_rule(phases), {"rounds": told})
    known = sum(v for who, v in ballots[number].items() if who not in hidden)
    found = set()
    for votes in product(range(eligible - known + 1), repeat=len(hidden)):
        if sum(votes) > eligible - known:
            continue
        tried = [dict(ballot) for ballot in ballots]
        tried[number].update(zip(hidden, votes, strict=True))
        for side in (0, -1):
            try:
                events = naive_rounds.run(phases, tried, eligible, lambda level: [level[side]])  # noqa: B023
            except (ValueError, AssertionError):
                continue
            for event in result.events:
                assert list(event) in events, (event, tried)
            ended = [e for e in events if e[0] not in ("eliminate", "restrict", "tie")]
            found.add(str(ended[-1][1] or ended[-1][0]) if ended else None)
    assert found
    if result.outcome is not None:
        assert found == {result.outcome}
    for outcome in found - {None}:
        assert outcome in result.possible
    if len(hidden) == 1 and len(phases) == 1 and "cast" not in str(phases) and len(ballots) == 1:
        level = any(kind == "tie" for kind, _, _ in result.events)
        if len(found) == 1 and not level and None not in found:
            assert result.outcome in found
