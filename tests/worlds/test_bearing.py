"""Placements that bear on a member alike leave it the same ways to end."""

from hypothesis import assume, event, given, settings

from nemcon.state import at
from nemcon.worlds.basis import Basis
from nemcon.worlds.bearing import bearing_on
from nemcon.worlds.claims import build_claims
from nemcon.worlds.days import question_point
from nemcon.worlds.joint import moments, outcomes
from nemcon.worlds.member import Ending
from nemcon.worlds.placements import TooManyError
from nemcon.worlds.problem import Problem
from nemcon.worlds.supposed import NOTHING
from tests.oracle.strategies import Question, questions
from tests.test_engine_against_oracle import conventions, procedure


@settings(max_examples=150, deadline=None)
@given(questions())
def test_what_bears_alike_ends_alike(question: Question) -> None:
    problem = _problem(question)
    assume(not problem.untied)
    known: dict[object, frozenset[Ending]] = {}
    asked = 0
    try:
        for placement, acting in moments(problem):
            point = problem.point(placement)
            for member in problem.claims.roll:
                course = problem.course(member, frozenset(), placement, acting)
                ends = outcomes(problem, course, point)
                key = member, acting, bearing_on(problem, member).of(placement, point)
                asked += 1
                assert known.setdefault(key, ends) == ends
    except TooManyError:
        event("too many placements")
    event("the same for several placements" if len(known) < asked else "all of them differ")


def _problem(question: Question) -> Problem:
    state = at(question.entries, question.on, question.known)
    claims = build_claims(state, question.matter, conventions(question.conventions))
    assume(not claims.impossible)
    basis = Basis(state, question.matter, procedure(question.rule), claims, NOTHING)
    return basis.problem(question_point(state.on, state.zone), (False, False), {}, NOTHING, {})
