"""Choosing in one count: votes, points, scores, majorities."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.rules.choose import decide_choice
from nemcon.rules.place import RuleError
from tests.rules.expected import agrees
from tests.rules.library import IN_ONE_COUNT, choice, chosen, codes, procedure

CASES = procedure("us-electoral-college").cases


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_electors(case):
    assert agrees(chosen("us-electoral-college", dict(case.ballots)), case.expected)


@pytest.mark.parametrize("name", IN_ONE_COUNT)
def test_every_rule_has_a_real_case_and_a_near_miss(name):
    cases = procedure(name).cases
    assert [case for case in cases if case.date]
    assert [case for case in cases if case.near_miss]


@pytest.mark.parametrize(
    ("votes", "appointed", "elected"),
    [(269, 538, False), (270, 538, True), (130, 261, False), (131, 261, True)],
)
def test_more_than_half_of_those_appointed(votes, appointed, elected):
    totals = {"A": votes, "B": appointed - votes - 5, "C": 5}
    result = chosen("us-electoral-college", {"totals": totals, "appointed": appointed})
    assert (result.outcome[0] == ["A"]) is elected
    assert result.verdict == ("met" if elected else "not met")


def test_electors_who_did_not_vote_are_in_the_base():
    result = chosen("us-electoral-college", {"totals": {"A": 130, "B": 60}, "appointed": 261})
    assert result.outcome == [[], ["A", "B"]]


def test_who_is_level_for_the_third_place_goes_on_too():
    totals = {"A": 90, "B": 80, "C": 40, "D": 40, "E": 11}
    result = chosen("us-electoral-college", {"totals": totals, "appointed": 261})
    assert result.outcome == [[], ["A", "B", "C", "D"]]


def test_how_many_were_appointed_is_asked_for():
    result = chosen("us-electoral-college", {"totals": {"A": 300, "B": 238}})
    assert (result.outcome, codes(result)) == (None, ["base-not-told"])
    assert chosen("us-electoral-college", {"totals": {"A": 300, "B": 238}}, appointed="538").outcome
    short = chosen("us-electoral-college", {"totals": {"A": 200, "B": 238, "C": 100}})
    assert short.outcome == [[], ["B", "A", "C"]]


def test_a_result_that_is_not_in_yet():
    totals = {"A": [260, 280], "B": [230, 250], "C": 8}
    result = chosen("us-electoral-college", {"totals": totals, "appointed": 538})
    assert result.outcome is None
    assert result.possible == ([["A"], []], [[], ["A", "B", "C"]])


def test_more_votes_than_the_base_has():
    result = chosen("us-electoral-college", {"totals": {"A": 300, "B": 300}, "appointed": 538})
    assert codes(result) == ["ballots-unreadable"]
    assert "600 votes are more than 'appointed', 538" in result.findings[0].message


def test_a_majority_of_the_votes():
    rule = choice('method = "majority"')
    assert decide_choice(rule, {"totals": {"A": 6, "B": 5}}).outcome == "A"
    assert decide_choice(rule, {"totals": {"A": 6, "B": 6}}).outcome == "no majority"
    fifty = choice('method = "majority"\nstrict = false\nshare = "2/3"')
    assert decide_choice(fifty, {"totals": {"A": 6, "B": 3}}).outcome == "A"


# Plurality, approval, points

PLURALITY = choice('method = "plurality"\ntie = "lot"')


def test_plurality():
    result = decide_choice(PLURALITY, {"totals": {"A": 5, "B": 7, "C": 2}})
    assert (result.outcome, result.verdict) == ("B", "met")
    assert [line.text for line in result.arithmetic] == ["7 > 5"]
    level = decide_choice(PLURALITY, {"totals": {"A": 7, "B": 7, "C": 2}})
    assert (level.outcome, level.possible, codes(level)) == (None, ("A", "B"), ["tie-open"])
    assert (
        decide_choice(PLURALITY, {"totals": {"A": 7, "B": 7, "C": 2}}, {"lot": "B"}).outcome == "B"
    )


@pytest.mark.parametrize(
    ("outstanding", "outcome", "possible"),
    [(0, "A", "A"), (1, "A", "A"), (2, None, "AB"), (6, None, "AB"), (7, None, "ABC")],
)
def test_outstanding_ballots(outstanding, outcome, possible):
    vote = {"totals": {"A": 9, "B": 7, "C": 2}, "outstanding": outstanding}
    result = decide_choice(PLURALITY, vote)
    assert (result.outcome, "".join(sorted(result.possible))) == (outcome, possible)
    assert result.verdict == ("met" if outcome else "cannot tell")


@given(st.lists(st.integers(0, 4), min_size=2, max_size=4), st.integers(0, 3), st.integers(1, 2))
def test_outstanding_approvals_against_every_way_to_fill_them(counts, outstanding, seats):
    rule = choice(f'method = "approval"\nseats = {seats}')
    names = "ABCD"[: len(counts)]
    vote = {"approvals": dict(zip(names, counts, strict=True)), "outstanding": outstanding}
    result = decide_choice(rule, vote)
    winners = set()
    for more in product(range(outstanding + 1), repeat=len(counts)):
        final = {who: c + m for who, c, m in zip(names, counts, more, strict=True)}
        whole = decide_choice(rule, {"approvals": final})
        winners |= set(whole.possible)
        if result.outcome is not None and seats < len(counts):
            assert set(whole.certain) == set(result.certain), more
    assert set(result.possible) == winners


def test_ballots_one_by_one():
    rule = choice('method = "approval"\nseats = 2')
    cast = [["A", "B"], ["A"], {"B": True, "C": False}, {"C": 1}, ["A", "B"]]
    assert decide_choice(rule, {"approvals": cast}).outcome == ["A", "B"]
    scores = [{"A": 5, "B": 1}, {"A": 0, "B": 5}, {"B": 3}]
    assert decide_choice(choice('method = "points"'), {"scores": scores}).outcome == "B"


def test_a_seat_that_nobody_can_fill():
    result = decide_choice(
        choice('method = "approval"\nseats = 3'), {"approvals": {"A": 2, "B": 1}}
    )
    assert (result.outcome, codes(result)) == (["A", "B"], ["seats-left"])


def test_too_many_are_level():
    rule = choice('method = "approval"\nseats = 7')
    votes = {f"C{number}": 3 for number in range(20)}
    result = decide_choice(rule, {"approvals": votes})
    assert (result.outcome, result.verdict, codes(result)) == (
        None,
        "cannot tell",
        ["too-many-level"],
    )


# STAR

STAR = choice('method = "star"\ntie = ["head to head", "score", "lot"]')


def test_the_run_off_counts_who_is_preferred():
    """B has more points than C and as A; but in the run-off three prefer A, two B."""
    cast = [
        {"A": 5, "B": 4},
        {"A": 5, "B": 4},
        {"A": 2, "B": 1},
        {"B": 5, "C": 5},
        {"B": 5, "A": 1},
    ]
    result = decide_choice(STAR, {"scores": cast})
    assert result.outcome == "A"
    assert result.notes == ("seat 1: run-off A 3, B 2, equal 0",)


def test_ties_in_star():
    level = [{"A": 3, "B": 2, "C": 0}, {"A": 2, "B": 3, "C": 0}]
    assert decide_choice(STAR, {"scores": level}).possible == ("A", "B")
    assert decide_choice(STAR, {"scores": level}, {"lot": "B"}).outcome == "B"
    by_score = [{"A": 5, "B": 2, "C": 0}, {"A": 2, "B": 3, "C": 0}]
    assert decide_choice(STAR, {"scores": by_score}).outcome == "A"
    plain = choice('method = "star"')
    assert decide_choice(plain, {"scores": by_score}).outcome is None


def test_who_goes_into_the_run_off_by_head_to_head():
    cast = [{"A": 5, "B": 1, "C": 0}, {"A": 5, "B": 1, "C": 0}, {"A": 0, "B": 0, "C": 2}]
    result = decide_choice(STAR, {"scores": cast})
    assert result.outcome == "A"
    assert result.notes[0].startswith("seat 1: run-off A 2, B 0")


def test_bloc_star_repeats_it():
    rule = choice('method = "bloc-star"\nseats = 2\nlimit = {attr = "employer", at_most = 1}')
    cast = [{"A": 5, "B": 4, "C": 1}, {"A": 5, "B": 4, "C": 2}, {"C": 5}]
    result = decide_choice(rule, {"scores": cast, "limit_kept": True})
    assert result.outcome == ["A", "B"]
    theirs = {"A": {"employer": "x"}, "B": {"employer": "x"}, "C": {"employer": "y"}}
    capped = decide_choice(rule, {"scores": cast, "candidates": theirs})
    assert (capped.outcome, capped.verdict) == (["A", "C"], "met")


def naive_star(cast: list[dict[str, int]], names: str) -> set[str]:
    """Every winner that the words of STAR allow, where ties are left open."""
    points = {who: sum(ballot[who] for ballot in cast) for who in names}
    found = set()
    for one, other in product(names, repeat=2):
        third = [points[who] for who in names if who not in (one, other)]
        if one == other or any(p > min(points[one], points[other]) for p in third):
            continue
        more = sum(ballot[one] > ballot[other] for ballot in cast)
        less = sum(ballot[one] < ballot[other] for ballot in cast)
        if more >= less:
            found.add(one)
    return found


@given(
    st.lists(
        st.fixed_dictionaries({who: st.integers(0, 3) for who in "ABC"}), min_size=1, max_size=5
    )
)
def test_star_is_that_of_the_oracle(cast):
    result = decide_choice(choice('method = "star"'), {"scores": cast})
    assert set(result.possible) == naive_star(cast, "ABC")


def test_sums_do_not_tell_a_run_off():
    result = decide_choice(STAR, {"scores": {"A": 20, "B": 19}})
    assert (result.outcome, codes(result)) == (None, ["ballots-needed"])


# What cannot be read


@pytest.mark.parametrize(
    ("vote", "says"),
    [
        ({}, "no votes"),
        ({"scores": []}, "no candidate"),
        ({"totals": {}}, "'totals' is {}"),
        ({"totals": {"A": -1}}, "'totals', 'A': -1 is no whole number"),
        ({"totals": {"A": "five"}}, "'five' is no whole number"),
        ({"totals": {"A": [3, 2]}}, "[3, 2] is no whole number"),
        ({"approvals": [["A"], 3]}, "ballot 2 is 3"),
        ({"approvals": [{"A": 2}]}, "ballot 1, 'A': 2 is no number up to 1"),
        ({"approvals": [["Ana"]], "candidates": ["Anna"]}, "did you mean 'Anna'?"),
        ({"totals": {"A": 1}, "outstanding": "x"}, "'outstanding'"),
    ],
)
def test_votes_that_cannot_be_read(vote, says):
    result = decide_choice(choice('method = "approval"'), vote)
    assert [one.severity for one in result.findings] == ["error"]
    assert says in result.findings[0].message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "method: None is no text"),
        ('method = "aproval"', "did you mean 'approval'?"),
        ('method = "approval"\nseat = 2', "did you mean 'seats'?"),
        ('method = "approval"\nshare = "1/2"', "'share' belongs to the method 'majority'"),
        ('method = "star"\nseats = 2', "star fills one seat"),
        ('method = "majority"\nshare = "3"', "'3' is no share"),
        ('method = "approval"\nlimit = {attr = "employer"}', "at_most"),
        ('method = "approval"\ntie = "dice"', "'dice'"),
        ('method = "condorcet-schwartz"\nquorum = {number = 2, root_of = "d", times = 2}', "both"),
        ('method = "condorcet-schwartz"\nstrict = [{from = "x", is = true}]', "strict 1, from"),
        ('method = "condorcet-schwartz"\nseats = 2', "fills one seat"),
    ],
)
def test_a_rule_that_cannot_be_read_says_where(text, says):
    with pytest.raises(RuleError) as error:
        choice(text)
    assert str(error.value).startswith("rule 'ours', choose")
    assert says in str(error.value)


def test_an_unknown_parameter():
    with pytest.raises(RuleError, match="did you mean 'appointed'"):
        chosen("us-electoral-college", {"totals": {"A": 1}}, apointed=3)
