"""What became known between two dates, and what that changed."""

import pytest

from nemcon.entries import Correction, Position
from nemcon.state import State, at
from nemcon.text import read_toml
from nemcon.views.diff import DiffView, diff
from nemcon.views.question import QuestionError
from nemcon.when import When
from nemcon.worlds.conventions import Conventions

RECORD = """
[[party]]
name = "a"
title = "Ana"

[[party]]
name = "b"
title = "Bo"

[[membership]]
member = "a"
happened = "2020-01-01"

[[membership]]
member = "b"
happened = "2020-01-01"

[[rule]]
name = "all-agree"
algebra = { outcome = [
  { when = { cmp = [{ n = "support" }, "=", { n = "all" }] }, is = "yes", favourable = true },
  { is = "no" },
] }

[[matter]]
name = "roof"
rule = "all-agree"
known = "2024-02-01"

[[position]]
matter = "roof"
members = "a"
happened = "2024-02-01"

[[position]]
matter = "roof"
members = "b"
happened = "2024-03-01"
"""
ENTRIES = read_toml(RECORD, "record.toml").entries
BO = next(e for e in ENTRIES if isinstance(e, Position) and e.members == ("b",))


def nothing(_: str) -> None:
    return None


def state(on: str, known: str | None = None, *more: Position | Correction) -> State:
    return at((*ENTRIES, *more), When.parse(on), When.parse(known) if known else None)


def compared(before: State, after: State) -> DiffView:
    return diff(before, after, nothing, conventions=Conventions())


def told(view: DiffView) -> dict[str, tuple[object, object]]:
    return {change.what: (change.before, change.after) for change in view.changes}


def test_nothing_new_changes_nothing() -> None:
    view = compared(state("2024-03-01", "2024-02-10"), state("2024-03-01", "2024-02-20"))
    assert (view.added, view.removed, view.changes) == ((), (), ())


def test_what_became_known_is_shown_with_what_it_changed() -> None:
    view = compared(state("2024-03-01", "2024-02-28"), state("2024-03-01", "2024-03-01"))
    assert (view.added, view.removed) == ((BO,), ())
    assert told(view)["verdict"] == ("cannot tell", "met")
    before, after = told(view)["support"]
    assert isinstance(before, dict)
    assert isinstance(after, dict)
    assert (before["open"], after["open"]) == (["b"], [])
    assert view.to_json()["added"][0]["text"] == "Bo supported the motion on 1 March 2024"
    assert view.to_json()["from"] == {"on": "2024-03-01", "known": "2024-02-28"}


def test_two_dates_with_the_same_knowledge_add_no_entries() -> None:
    view = compared(state("2024-02-28"), state("2024-03-01"))
    assert (view.added, view.removed) == ((), ())
    assert told(view)["verdict"] == ("cannot tell", "met")


def test_a_correction_is_told_with_its_reason() -> None:
    made = Correction(corrects=BO.id, reason="it was Cy", happened=When.parse("2024-03-05"))
    view = compared(
        state("2024-03-05", "2024-03-04", made), state("2024-03-05", "2024-03-05", made)
    )
    assert (view.added, view.removed) == ((made,), (BO,))
    assert view.reasons == {BO.id: "it was Cy"}
    assert told(view)["verdict"] == ("met", "cannot tell")


def test_before_anything_was_known_there_was_no_answer() -> None:
    view = compared(state("2024-03-01", "2024-01-01"), state("2024-03-01", "2024-03-01"))
    assert view.before is None
    assert told(view)["verdict"] == (None, "met")


def test_where_there_is_no_matter_even_after_there_is_nothing_to_compare() -> None:
    with pytest.raises(QuestionError):
        compared(state("2024-01-01", "2020-06-01"), state("2024-01-01", "2020-07-01"))
