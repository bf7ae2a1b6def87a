"""What was worked out for one day is kept for others, and changes no answer."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import federation
from nemcon.access.packs import procedure as packed
from nemcon.state import State, at
from nemcon.views.status import status
from nemcon.when import When
from nemcon.worlds.course import declared
from nemcon.worlds.kept import Kept
from nemcon.worlds.verdict import answer
from tests.oracle.build import on
from tests.oracle.strategies import Question, questions
from tests.test_engine_against_oracle import conventions, procedure


def instants() -> st.SearchStrategy[When]:
    """Days from before the first of a record to after its last, and instants within them."""
    days = st.integers(1, 9).map(on)
    noon = datetime(2024, 1, 1, tzinfo=UTC)
    hours = st.integers(-30, 240).map(lambda hour: noon + timedelta(hours=hour))
    return st.one_of(days, days, hours.map(lambda moment: When.parse(moment.isoformat())))


@settings(max_examples=60, deadline=None)
@given(questions(), st.lists(instants(), min_size=2, max_size=6))
def test_answers_day_after_day_are_those_of_each_day_alone(
    question: Question, days: list[When]
) -> None:
    counted, rule = conventions(question.conventions), procedure(question.rule)
    kept, whole = Kept(), at(question.entries, question.on, question.known)
    for day in (question.on, *days, question.on):
        cold, warm = at(question.entries, day, question.known), whole.moved(day, whole.known)
        asked = (question.matter, rule, counted)
        assert answer(warm, *asked, kept=kept) == answer(cold, *asked)
        assert declared(warm, *asked, kept) == declared(cold, *asked)


@settings(max_examples=15, deadline=None)
@given(questions(), st.lists(instants(), min_size=2, max_size=4))
def test_what_settles_a_verdict_is_the_same_day_after_day(
    question: Question, days: list[When]
) -> None:
    counted, rule = conventions(question.conventions), procedure(question.rule)
    kept, whole = Kept(), at(question.entries, question.on, question.known)

    def told(state: State, kept: Kept | None) -> dict[str, object]:
        view = status(
            *(state, packed), matter=question.matter, conventions=counted, rule=rule, kept=kept
        )
        return view.to_json()

    for day in days:
        cold = at(question.entries, day, question.known)
        assert told(whole.moved(day, whole.known), kept) == told(cold, None)


def test_a_large_record_is_asked_day_after_day() -> None:
    """Acts by the instant of 200 members, raised and withdrawn, on days in no order."""
    entries = federation.entries(1_500, "one", share="1/2")
    days = [federation.OPENED + timedelta(hours=n * 37) for n in range(-1, 40, 3)]
    Random(7).shuffle(days)
    kept = Kept()
    whole = at(entries, When.parse(federation.ASKED))
    for moment in days:
        for day in (When.day(moment.date()), When.parse(moment.isoformat())):
            warm = status(whole.moved(day, whole.known), packed, matter=federation.LIVE, kept=kept)
            cold = status(at(entries, day), packed, matter=federation.LIVE)
            assert warm.to_json() == cold.to_json()
