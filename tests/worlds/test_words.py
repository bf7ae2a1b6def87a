"""What would settle a verdict is what would, if an entry said so: over the oracle's questions.

The engine asks what members' word would change without making an entry of it, from what it has
worked out already. Here the same word is put in the record itself, and asked from nothing.
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, note

from nemcon.entries import Correction, Position
from nemcon.state import State, at
from nemcon.worlds import settle
from nemcon.worlds.kept import Kept
from nemcon.worlds.settle import Settling, settling
from nemcon.worlds.supposed import Word
from nemcon.worlds.verdict import Answer, answer
from tests.oracle.build import MATTER, founders, holds, joins, leaves, motion, on, tally
from tests.oracle.strategies import Question, questions
from tests.test_engine_against_oracle import conventions, procedure


def with_entry(state: State, matter: str, word: Word) -> State:
    """The state with an entry of its own instant that says the same."""
    stance, candidate = word.stance
    said = Position(
        matter=matter,
        members=word.members,
        stance=stance,
        candidate=candidate,
        happened=state.on,
        note="an entry of its own, whatever else is told in the same words",
    )
    return replace(state, variants=tuple((*entries, said) for entries in state.variants))


def by_entries(state: State, matter: str, *rest: Any, word: Word, **more: Any) -> Answer:
    """`answer`, to the record with the word in it, from nothing."""
    more = {name: value for name, value in more.items() if name != "kept"}
    return answer(with_entry(state, matter, word), matter, *rest, **more)


def of_words(question: Question) -> Settling | None:
    """What would settle a question, as the engine finds it."""
    rule, counted = procedure(question.rule), conventions(question.conventions)
    state, kept = at(question.entries, question.on, question.known), Kept()
    found = answer(state, question.matter, rule, counted, kept=kept)
    return settling(state, question.matter, rule, counted, found, kept=kept)


def of_entries(question: Question) -> Settling | None:
    """What would settle a question, by the answers to records that have one entry more."""
    rule, counted = procedure(question.rule), conventions(question.conventions)
    state = at(question.entries, question.on, question.known)
    found = answer(state, question.matter, rule, counted)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settle, "answer", by_entries)
        return settling(state, question.matter, rule, counted, found)


@given(questions())
def test_settling_sets_are_those_of_the_record_with_the_entry(question: Question) -> None:
    words, entries = of_words(question), of_entries(question)
    note(f"by words: {words}")
    note(f"by entries: {entries}")
    assert words == entries


@given(questions())
def test_a_word_is_answered_as_an_entry_that_says_it(question: Question) -> None:
    rule, counted = procedure(question.rule), conventions(question.conventions)
    state, kept = at(question.entries, question.on, question.known), Kept()
    found = answer(state, question.matter, rule, counted, kept=kept)
    for one in found.reckonings:
        for stance in ("support", "objection"):
            word = Word(tuple(sorted(one.open)), (stance, one.candidate))
            said = answer(state, question.matter, rule, counted, kept=kept, word=word)
            entry = answer(with_entry(state, question.matter, word), question.matter, rule, counted)
            note(f"{word}\nby word: {said}\nby entry: {entry}")
            assert said.verdict == entry.verdict
            assert _told(said) == _told(entry)


def _told(found: Answer) -> list[tuple[object, ...]]:
    return [
        (r.candidate, r.verdict, r.support, r.roll, r.certain, r.open, r.against)
        for r in found.reckonings
    ]


def test_who_may_never_have_joined_may_be_asked_for_a_word() -> None:
    late, early = joins("x", 2), joins("x", 1)
    gone = Correction(corrects=late.id)
    moved = Correction(corrects=late.id, replacement=early.id)
    question = Question(
        (motion(), late, early, gone, moved, holds("x", 1)), on(1), "majority", matter=MATTER
    )
    assert of_words(question) == of_entries(question)


@pytest.mark.parametrize(
    "entries",
    [
        [holds("x", 1)],
        [holds("x", 1), holds("yz", 3, "objection")],
        [tally(3, 2, of=3)],
        [joins("w", "2/4"), holds("all", 2)],
        [leaves("z", "2/4"), holds("x", 1)],
        [holds("x", 1, after="membership/z/withdrawal"), leaves("z", "1/2")],
        [holds("xy", 3, before="membership/z/withdrawal"), leaves("z", "2/4")],
    ],
    ids=["plain", "against", "tally", "joining", "leaving", "after", "before"],
)
@pytest.mark.parametrize("rule", ["support-of-all", "no-objection", "majority"])
def test_what_settles_is_the_same_by_words_and_by_entries(entries: Any, rule: str) -> None:
    question = Question((motion(), *founders("xyz"), *entries), on(3), rule, matter=MATTER)
    assert of_words(question) == of_entries(question)
