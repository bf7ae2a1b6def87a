"""What is supposed, against brute force: in every world a stance, a coming or a going replaced."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nemcon.entries import AnyEntry
from nemcon.state import at
from nemcon.worlds.supposed import NOTHING, Supposed
from nemcon.worlds.verdict import answer
from tests.oracle.axis import as_range
from tests.oracle.claims import Reader, candidates_of, zone_of
from tests.oracle.drafts import of_drafts
from tests.oracle.filter import alternatives, of_matter
from tests.oracle.rules import RULES
from tests.oracle.search import Box, Search
from tests.oracle.strategies import Question, questions
from tests.oracle.verdict import Asked, Seat, _overall, _tells, towards
from tests.test_engine_against_oracle import VOCABULARY, conventions, procedure
from tests.worlds.build import ALL_SUPPORT, NO_OBJECTION, ask, back, motion, roll, rule, tally, when

_STANCES = ("support", "objection", "abstention", "none")


@dataclass(frozen=True)
class AskedWhatIf(Asked):
    """The worlds of one record, in each of which something is supposed."""

    supposed: Supposed = NOTHING

    def box_seats(self, candidate: str, box: Box) -> dict[str, frozenset[Seat]]:
        seats = super().box_seats(candidate, box)
        stances = sorted(self.case.universe)
        for member, (_, mask) in zip(self.case.members, box.members, strict=True):
            if member in dict(self.supposed.joins):
                said = (
                    towards(stance, candidate) for n, stance in enumerate(stances) if mask >> n & 1
                )
                held = {told for one in said for told in self._counted(member, one, candidate, box)}
                seats[member] = frozenset(((), stance) for stance in held)
        for member, stance in self.supposed.stances:
            if member in seats:
                seats[member] = frozenset(
                    seat and (seat[0], towards(stance, candidate)) for seat in seats[member]
                )
        return {m: frozenset({None}) if m in self.supposed.leaves else s for m, s in seats.items()}


@st.composite
def suppositions(draw: st.DrawFn, question: Question) -> Supposed:
    """Stances of a few members; somebody joins, somebody leaves."""
    members = sorted({e.member for e in question.entries if e.kind == "membership"})  # type: ignore[union-attr]
    candidates = sorted({c for e in question.entries if (c := getattr(e, "candidate", ""))}) or [""]
    assume(members)
    stances = {
        member: (stance, "" if stance == "none" else draw(st.sampled_from(candidates)))
        for member in draw(st.lists(st.sampled_from(members), unique=True, max_size=3))
        for stance in [draw(st.sampled_from(_STANCES))]
    }
    moving = draw(st.sampled_from(["", "", "joins", "leaves"]))
    who = draw(st.sampled_from(members))
    joins = ((who, ()),) if moving == "joins" and question.rule != "qualified" else ()
    leaves = (who,) if moving == "leaves" else ()
    return Supposed(tuple(sorted(stances.items())), joins, leaves)


@given(st.data())
def test_a_supposition_is_made_in_every_world_and_nowhere_else(data: st.DataObject) -> None:
    question = data.draw(questions())
    supposed = data.draw(suppositions(question))
    told = RULES[question.rule]
    asked_rule = replace(told, reads=told.reads | VOCABULARY)
    zone = zone_of(question.entries)
    every = [
        of_matter(some, question.matter)
        for some in alternatives(question.entries, question.known, zone)
    ]
    candidates = candidates_of(every)
    on = as_range(question.on, zone)
    records = [way for some in every for way in of_drafts(some, question.matter, on, zone)]
    cases = [
        Reader(r, candidates, question.on, question.conventions, asked_rule.reads, zone).case
        for r in records
    ]
    until = on.high
    assert until is not None
    asked = [
        AskedWhatIf(case, Search(case, on).worlds(), asked_rule, until, supposed) for case in cases
    ]
    assume(all(one.boxes for one in asked))
    assume(all(member in case.members for case in cases for member, _ in supposed.joins))
    universes = [{*case.universe} for case in cases]
    assume(all(stance in u for u in universes for _, stance in supposed.stances))
    tells = {candidate: _tells(asked, candidate) for candidate in candidates}
    state = at(question.entries, question.on, question.known)
    found = answer(
        *(state, question.matter, procedure(question.rule), conventions(question.conventions)),
        supposed=supposed,
    )
    assume(found.exact)
    assert found.verdict == _overall([one.verdict for one in tells.values()])
    mine = {
        r.candidate: (r.verdict, r.support.least, r.support.most, r.roll.least, r.roll.most)
        for r in found.reckonings
    }
    assert mine == {
        name: (one.verdict, one.least, one.most, one.roll_least, one.roll_most)
        for name, one in tells.items()
    }


# By hand


def supposing(
    entries: Iterable[object], day: int, supposed: Supposed, rule_data: object = ALL_SUPPORT
) -> tuple[str, int, int, int]:
    """The verdict, least and most support, and the most on the roll."""
    state = at(list(entries), when(day))  # type: ignore[arg-type]
    found = answer(
        *(state, "m", rule(rule_data), conventions({})),  # type: ignore[arg-type]
        supposed=supposed,
    )
    (one,) = found.reckonings
    return found.verdict, one.support.least, one.support.most, one.roll.most


def test_a_tally_keeps_what_it_said_of_the_others() -> None:
    """Two of three support; that the third does too makes it one more, whoever the two were."""
    entries = [motion(), *roll(3), tally(2, 3, 5)]
    assert supposing(entries, 5, Supposed()) == ("not met", 2, 2, 3)
    m0 = Supposed(stances=(("m0", ("support", "")),))
    assert supposing(entries, 5, m0) == ("cannot tell", 2, 3, 3)


def test_who_joins_was_not_meant_by_all_and_is_open() -> None:
    entries = [motion(), *roll(2), back("all", 5)]
    assert supposing(entries, 5, Supposed(joins=(("new", ()),))) == ("cannot tell", 2, 3, 3)
    both = Supposed(stances=(("new", ("support", "")),), joins=(("new", ()),))
    assert supposing(entries, 5, both) == ("met", 3, 3, 3)


def test_what_is_said_of_one_who_is_no_member_counts_once_it_joins() -> None:
    entries = [motion(), *roll(2), back("all", 5), back("guest", 4)]
    assert supposing(entries, 5, Supposed(joins=(("guest", ()),))) == ("met", 3, 3, 3)


def test_who_leaves_takes_its_stance_along() -> None:
    entries = [motion(), *roll(2), back("m0", 5), back("m1", 5, stance="objection")]
    assert supposing(entries, 5, Supposed(leaves=("m1",))) == ("met", 1, 1, 1)
    assert supposing(entries, 5, Supposed(leaves=("m0", "m1")), NO_OBJECTION)[0] == "not met"


def test_members_who_contradict_each_other_are_no_longer_alike() -> None:
    """One of three did not support, nobody knows which; m0 is supposed to, so it may be another."""
    entries = [motion(), *roll(3), back("all", 5), tally(2, 3, 5)]
    m0 = Supposed(stances=(("m0", ("support", "")),))
    assert supposing(entries, 5, m0)[:3] == ("cannot tell", 2, 3)


@pytest.mark.parametrize("day", [5, 6])
def test_nothing_is_supposed_by_default(day: int) -> None:
    entries: list[AnyEntry] = [motion(), *roll(3), tally(2, 3, 5)]
    assert ask(entries, day).verdict == supposing(entries, day, Supposed())[0]
