"""Decisions on proposals: what they write, what they refuse, and that an undo leaves no trace."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nemcon.access.review import Accept, Mend, Reject, Undo
from nemcon.access.submit import Submitted, submit
from nemcon.entries import Confirmation, Correction, Position, Rejection
from nemcon.state import Logged, at
from tests.review.mill import ANA, BO, CY, DE, NOW, PROPOSALS, TEXT, Mill, day, proposal


@pytest.fixture
def mill(tmp_path: Path) -> Iterator[Mill]:
    made = Mill(tmp_path / "mill.nemcon")
    yield made
    made.log.close()


def codes(result: Submitted) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity == "error"]


def test_the_queue_has_the_proposals_in_the_order_of_the_report(mill: Mill) -> None:
    (pile,) = mill.view().piles
    assert (pile.name, pile.text) == ("report", TEXT)
    assert [each.entry for each in pile.proposals] == [ANA, BO, CY, DE]
    assert [(each.number, each.of) for each in pile.proposals] == [(n, 4) for n in (1, 2, 3, 4)]
    cy = pile.proposals[2]
    assert cy.before + cy.quote + cy.after == TEXT.split("\n\n")[1]
    assert cy.said == "Cy supported the motion on 2 June 2024"
    assert cy.facts == (("kind", "position"), ("date", "2 June 2024"))
    assert pile.proposals[0].facts[1] == ("date", "5 June 2024 (the date of the report)")


def test_an_accepted_proposal_counts_from_the_date_of_its_source(mill: Mill) -> None:
    assert mill.says() == set()
    assert not mill.accept(ANA).refused
    assert mill.says() == mill.says("2024-06-05") == {ANA.id}
    assert mill.says("2024-06-04") == set()
    (yes,) = [i.entry for i in mill.items() if isinstance(i.entry, Confirmation)]
    assert (yes.confirms, yes.by) == (ANA.id, "Zoë")


def test_a_rejection_keeps_its_reason(mill: Mill) -> None:
    assert codes(mill.reject(CY, "  ")) == ["no-reason"]
    assert not mill.reject(CY, "he will not").refused
    decision = mill.view().proposals[2].decision
    assert decision is not None
    assert (decision.became, decision.reason, decision.by) == ("rejected", "he will not", "Zoë")
    assert mill.says(proposed=True) == {ANA.id, BO.id, DE.id}


def test_what_was_mended_is_known_like_the_proposal_and_both_stay(mill: Mill) -> None:
    right = replace(CY, negated=True)
    assert not mill.mend(CY, negated="yes").refused
    assert mill.says() == mill.says("2024-06-05") == {right.id}
    assert mill.says("2024-06-04") == set()
    held = {i.entry.id: i for i in mill.items()}
    assert held[CY.id].proposed
    assert not held[right.id].proposed
    (correction,) = [i.entry for i in mill.items() if isinstance(i.entry, Correction)]
    assert (correction.corrects, correction.replacement) == (CY.id, right.id)
    assert correction.by == "Zoë"
    shown = mill.view().proposals[2]
    assert (shown.became, shown.instead) == (
        "mended",
        "Cy did not support the motion on 2 June 2024",
    )


def test_names_and_dates_are_typed_as_people_write_them(mill: Mill) -> None:
    assert not mill.mend(ANA, members="Bo; Dé", happened="2024-06-01/2024-06-05").refused
    (found,) = [e for e in mill.state().entries if isinstance(e, Position)]
    assert (found.members, str(found.happened)) == (("bo", "de"), "2024-06-01/2024-06-05")
    assert found.spans == ANA.spans


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "nothing-changed"),
        ({"stance": "support"}, "nothing-changed"),
        ({"happened": "3.6.2024"}, "bad-date"),
        ({"happened": "yesterday"}, "bad-date"),
        ({"members": "Nobody"}, "unknown-member"),
        ({"modality": "perhaps"}, "bad-choice"),
        ({"negated": "perhaps"}, "bad-choice"),
        ({"spans": "json:[]"}, "fixed-field"),
        ({"body": "other"}, "fixed-field"),
        ({"shoe": "42"}, "fixed-field"),
    ],
)
def test_what_gives_no_entry_writes_nothing(mill: Mill, changes: dict[str, str], code: str) -> None:
    before = mill.items()
    assert codes(mill.mend(ANA, **changes)) == [code]
    assert mill.items() == before


def test_who_was_faster_is_told(mill: Mill) -> None:
    mill.accept(ANA)
    before = mill.items()
    for choice in (Accept(ANA.id), Reject(ANA.id, "no"), Mend(ANA.id, {"negated": "yes"})):
        assert codes(mill.decide(choice)) == ["already-answered"]
    assert codes(mill.decide(Accept("position-" + "0" * 24))) == ["unknown-entry"]
    assert mill.items() == before


# Undo


def seen(mill: Mill) -> tuple[object, ...]:
    """All that answers rest on: what counts now and as known then, and what waits."""
    states = [
        mill.state(known, proposed=proposed)
        for known in ("", "2024-06-03", "2024-06-05", "2024-07-01", "2024-07-02")
        for proposed in (False, True)
    ]
    acts = (Confirmation, Rejection, Correction)
    counted = [
        ([e for e in state.entries if not isinstance(e, acts)], state.proposed, state.findings)
        for state in states
    ]
    view = mill.view()
    return counted, [(e.entry, e.became, e.instead) for e in view.proposals], view.last


def test_an_undone_acceptance_waits_again(mill: Mill) -> None:
    before = seen(mill)
    mill.accept(ANA)
    assert not mill.undo().refused
    assert seen(mill) == before
    assert not mill.accept(ANA).refused
    assert mill.says() == {ANA.id}


def test_an_undone_mending_leaves_nothing_that_counts(mill: Mill) -> None:
    before = seen(mill)
    mill.mend(CY, negated="yes")
    mended = seen(mill)
    mill.undo()
    assert seen(mill) == before
    assert not mill.mend(CY, negated="yes").refused
    assert seen(mill)[0] == mended[0]


def test_what_was_recorded_before_the_undo_is_as_it_was(mill: Mill) -> None:
    mill.accept(ANA)
    then = mill.items()[-1].recorded
    mill.undo()
    state = at(mill.items(), day("2024-08-01"), recorded=then)
    assert [e.id for e in state.all(Position)] == [ANA.id]
    assert state.proposed == 3


def test_a_rejection_of_what_was_confirmed_is_undone_to_the_confirmation(mill: Mill) -> None:
    mill.accept(ANA)
    before = seen(mill)
    no = Rejection(body="mill", rejects=ANA.id, reason="misquoted", happened=day("2024-07-02"))
    mill.add(no)
    assert mill.says() == set()
    assert not mill.undo().refused
    assert seen(mill) == before


def test_only_the_last_decision_is_taken_back(mill: Mill) -> None:
    mill.accept(ANA)
    first = mill.view().last
    assert first is not None
    mill.accept(BO)
    assert codes(mill.decide(Undo(first.answer))) == ["not-the-last"]
    assert not mill.undo().refused
    assert not mill.decide(Undo(first.answer)).refused
    assert codes(mill.undo()) == ["not-the-last"]
    assert mill.became() == ["open"] * 4


def test_what_was_corrected_since_is_not_undone(mill: Mill) -> None:
    mill.mend(CY, negated="yes")
    right, third = replace(CY, negated=True), replace(CY, stance="abstention")
    correction = Correction(
        body="mill", corrects=right.id, replacement=third.id, happened=day("2024-07-02")
    )
    mill.add(third, correction)
    before = mill.items()
    assert codes(mill.undo()) == ["corrected-since"]
    assert mill.items() == before


def test_an_undo_cannot_be_only_proposed(mill: Mill) -> None:
    mill.accept(ANA)
    last = mill.view().last
    assert last is not None
    back = Correction(body="mill", corrects=last.answer, happened=day("2024-07-02"))
    assert codes(submit(mill.log, [Logged(back, proposed=True)], NOW, place="r")) == [
        "only-proposed"
    ]
    # A record that holds one all the same is read without it.
    assert [
        e.id
        for e in at([*mill.items(), Logged(back, proposed=True)], day("2024-08-01")).all(Position)
    ] == [ANA.id]


# What stands by itself


def test_mended_into_what_stands_by_itself_both_keep_their_dates(mill: Mill) -> None:
    standing = replace(BO, happened=day("2024-06-04"), basis="stated")
    mill.add(standing)
    assert not mill.mend(BO, happened="2024-06-04", basis="stated").refused
    assert mill.says("2024-06-05") == mill.says() == {standing.id}
    mill.undo()
    assert mill.says("2024-06-05") == mill.says() == {standing.id}
    assert mill.state().proposed == 4


def test_mended_into_another_proposal_that_one_is_confirmed_and_undone_with_it(mill: Mill) -> None:
    twin = proposal("ana", "Bo supports it as well.", basis="report-date")
    mill.add(twin, proposed=True)
    before = seen(mill)
    assert not mill.mend(twin, members="Bo").refused
    assert mill.says("2024-06-05") == {BO.id}
    became = {each.id: each.became for each in mill.view().proposals}
    assert (became[twin.id], became[BO.id]) == ("mended", "accepted")
    assert mill.state().proposed == 3
    assert not mill.undo().refused
    assert seen(mill) == before


def test_what_the_record_took_out_does_not_come_back_by_a_mending(mill: Mill) -> None:
    mill.accept(BO)
    mill.add(Correction(body="mill", corrects=BO.id, reason="false", happened=day("2024-07-01")))
    twin = proposal("ana", "Bo supports it as well.", basis="report-date")
    mill.add(twin, proposed=True)
    assert codes(mill.mend(twin, members="Bo")) == ["taken-out-before"]


# Any order of decisions

_CHOICES = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "mend", "mend-to-bo", "undo"]), st.integers(0, 3)
    ),
    min_size=1,
    max_size=7,
)


def step(mill: Mill, what: str, number: int) -> Submitted:
    entry = PROPOSALS[number]
    if what == "accept":
        return mill.accept(entry)
    if what == "reject":
        return mill.reject(entry)
    if what == "mend":
        return mill.mend(entry, stance="abstention")
    if what == "mend-to-bo":
        # Two different proposals may come to say the same.
        return mill.mend(entry, note="heard", members="Bo", happened="2024-06-03")
    return mill.undo()


@given(steps=_CHOICES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_decisions_undo_goes_back_through_every_state(
    steps: list[tuple[str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        mill = Mill(Path(folder) / "mill.nemcon")
        states = [seen(mill)]
        for what, number in steps:
            length = len(mill.items())
            done = step(mill, what, number)
            if done.refused:
                assert len(mill.items()) == length
            elif what == "undo":
                states.pop()
            else:
                states.append(seen(mill))
            assert seen(mill) == states[-1]
        while len(states) > 1:
            assert not mill.undo().refused
            states.pop()
            assert seen(mill) == states[-1]
        assert mill.undo().refused
        mill.log.close()


@given(order=st.permutations(range(8)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_reading_changes_nothing(order: list[int]) -> None:
    with TemporaryDirectory() as folder:
        mill = Mill(Path(folder) / "mill.nemcon")
        mill.accept(ANA)
        mill.undo()
        mill.mend(CY, negated="yes")
        mill.reject(DE)
        mill.accept(ANA)
        items = mill.items()
        mill.log.close()
    tail = items[-8:]
    mixed = (*items[:-8], *(tail[number] for number in order))
    assert at(mixed, day("2024-08-01")) == at(items, day("2024-08-01"))
