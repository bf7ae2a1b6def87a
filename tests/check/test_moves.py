"""A member's moves, by the instant: what is told of a few lines is told among many."""

from datetime import UTC, datetime, timedelta

from hypothesis import event, given, settings
from hypothesis import strategies as st

from nemcon.check import Checked
from nemcon.check.moves import contradicting_moves
from nemcon.entries import AnyEntry, Matter, Membership, Objection, Position
from nemcon.state import at
from nemcon.when import When

FIRST = datetime(2024, 3, 1, tzinfo=UTC)
LATER = When.parse("2024-12-31")


def moments() -> st.SearchStrategy[When]:
    """Instants of a few days, some of them the same."""
    hours = st.integers(0, 16).map(lambda step: FIRST + timedelta(hours=6 * step))
    return hours.map(lambda moment: When.parse(moment.isoformat()))


@st.composite
def acts(draw: st.DrawFn) -> AnyEntry:
    """A change of position, an objection, or how things stood at an instant."""
    when = draw(moments())
    if draw(st.integers(0, 4)) == 0:
        return Objection(matter="m", member="x", happened=when)
    claim = draw(st.sampled_from(["changes", "changes", "changes", "holds"]))
    stance = draw(st.sampled_from(["support", "abstention"]))
    return Position(matter="m", members=("x",), stance=stance, claim=claim, happened=when)  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(st.lists(acts(), max_size=8))
def test_what_stood_long_after_makes_no_moves_contradict_or_agree(found: list[AnyEntry]) -> None:
    """What is said of a whole day has every pair of moves looked at."""
    told = _told(found)
    event(f"{min(len(told), 2)} findings")
    after = Position(matter="m", members=("x",), stance="abstention", happened=LATER)
    assert told == _told([*found, after])


def _told(said: list[AnyEntry]) -> set[tuple[str, ...]]:
    register: list[AnyEntry] = [
        Matter(name="m"),
        Membership(member="x", happened=When.parse("2020")),
    ]
    state = at([*register, *said], LATER)
    return {finding.entries for finding in contradicting_moves(Checked(state))}
