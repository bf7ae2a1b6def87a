"""How one member may end: what is worked out for many courses at once is what each gives alone."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import event, given, settings
from hypothesis import strategies as st

from nemcon.worlds.days import END_OF_DAY, Point
from nemcon.worlds.member import Act, Counted, Course, Ending, endings, in_gap
from nemcon.worlds.placements import Work

EVERY = 0b111
NOBODY_COUNTED = Counted((), exactly=False, point=(0, 0, 0), acts=False)


def points() -> st.SearchStrategy[Point]:
    """Few, so that claims often fall together: ends of days, instants, and orders within a day."""
    within = st.tuples(st.integers(1, 4), st.sampled_from([0, 500]), st.sampled_from([0, 1000]))
    return st.one_of(st.tuples(st.integers(1, 4), st.just(END_OF_DAY), st.just(0)), within)


@st.composite
def acts(draw: st.DrawFn) -> Act:
    """A claim, perhaps one that cannot come before another, or a coming or going."""
    point = draw(points())
    if draw(st.integers(0, 5)) == 0:
        return Act("roll", 0, 0, point, roll=draw(st.booleans()))
    operation = draw(st.sampled_from(["holds", "changes", "changes", "open"]))
    mask = draw(st.integers(1, EVERY - 1))
    names = st.sampled_from(["", "", "", "one", "two"])
    return Act(
        *(operation, mask, mask, point),
        if_member=draw(st.booleans()),
        dated=operation == "changes" and draw(st.booleans()),
        name=draw(names),
        follows=draw(names),
    )


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Claims of one member, all of whose dates are settled."""
    return Course(
        tuple(draw(st.lists(acts(), max_size=6))),
        (),
        draw(st.integers(1, EVERY)),
        none=draw(st.sampled_from([0, 0, 1])),
        on_roll=draw(st.booleans()),
        roll_at=draw(st.one_of(st.none(), points())),
    )


@settings(max_examples=400, deadline=None)
@given(courses(), points())
def test_settled_dates_give_what_any_dates_give(course: Course, question: Point) -> None:
    """A tally that counts nobody changes nothing, but has the course walked without what is kept
    of others."""
    mine = endings(course, question, EVERY, Work(10**6))
    event(f"{min(len(mine), 2)} ways to end")
    walked = replace(course, counted=(NOBODY_COUNTED,), ends={})
    assert mine == _without_parts(endings(walked, question, EVERY, Work(10**6)))


@settings(max_examples=200, deadline=None)
@given(courses(), points())
def test_between_two_of_its_dates_a_course_is_asked_the_same(
    course: Course, question: Point
) -> None:
    moved = in_gap(course, question)
    found = (endings(course, point, EVERY, Work(10**6)) for point in (question, moved))
    assert len(set(found)) == 1


def _without_parts(found: frozenset[Ending]) -> frozenset[Ending]:
    masks: dict[bool, int] = defaultdict(int)
    for ending in found:
        masks[ending.on_roll] |= ending.mask
    return frozenset(Ending((), seated, mask) for seated, mask in masks.items())
