"""What is known at one time is asked about many dates: with the answers of each question alone."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from nemcon.load import load
from nemcon.load.answering import answer
from nemcon.load.knowledge import Knowledge
from nemcon.state import at, standing
from nemcon.views.board import board
from nemcon.when import When
from tests.oracle.build import on
from tests.oracle.strategies import Question, questions

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)


@settings(deadline=None)
@given(questions(), st.integers(1, 9), st.integers(1, 9))
def test_without_news_between_two_days_the_same_is_known_on_both(
    question: Question, first: int, second: int
) -> None:
    news = standing(question.entries).news
    one, other = on(first), on(second)
    same = news.before(one) == news.before(other)
    variants = [at(question.entries, question.on, known).variants for known in (one, other)]
    assert not same or variants[0] == variants[1]


@settings(deadline=None)
@given(questions())
def test_the_last_news_are_everything(question: Question) -> None:
    news = standing(question.entries).news
    day = news.before(None)
    last = When.day(day) if day else on(31)
    known = at(question.entries, question.on, last)
    assert known.variants == at(question.entries, question.on).variants


def test_each_day_is_answered_as_if_it_was_asked_alone() -> None:
    """Reports over the days of the decision, and what was known on them."""
    for folder in ("nato-2024",):
        found = load(sorted(map(str, (EXAMPLES / folder).glob("report-*.txt"))), NOW)
        last = found.on.last_day()
        assert last is not None
        for known in (None, When.day(last - timedelta(4))):
            knowledge = Knowledge(found, known)
            for away in (-8, 0, -3, -8):
                day = When.day(last + timedelta(away))
                alone = found.state(day, known)
                warm, cold = knowledge.answer(day, known), answer(found, alone)
                assert warm.to_json() == cold.to_json()
                assert knowledge.board(warm, known) == board(alone, cold)


def test_what_was_known_on_a_later_day_without_news_is_asked_of_the_same() -> None:
    found = load([str(EXAMPLES / "nato-2024" / "report-2024-06-20.txt")], NOW)
    knowledge = Knowledge(found, When.day(date(2024, 6, 20)))
    for day in (20, 24, 30):
        asked = When.day(date(2024, 6, day))
        alone = answer(found, found.state(asked, asked))
        assert knowledge.answer(asked, asked).to_json() == alone.to_json()
