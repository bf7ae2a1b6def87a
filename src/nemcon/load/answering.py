"""Putting a question to what was opened: the answer with everything that was found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from nemcon.access.packs import procedure
from nemcon.check import check
from nemcon.check.unread import as_far_as_read
from nemcon.findings import Finding, placed
from nemcon.load.asked import Asked
from nemcon.state import State
from nemcon.views.question import question
from nemcon.views.status import StatusView, Waiting, status, titles_of
from nemcon.views.unread import unread, unread_findings
from nemcon.when import When
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.kept import Kept
from nemcon.worlds.verdict import answer as verdict

if TYPE_CHECKING:
    from nemcon.reading import Reading


def answer(
    found: Asked,
    state: State,
    *,
    matter: str = "",
    conventions: Conventions = Conventions(),
    kept: Kept | None = None,
) -> StatusView:
    """The status in a state of `found`, with what the checks find and how far the record knows.

    `kept` is for whoever asks on many dates of what was known at one time.

    Raises `QuestionError` where no matter can be told.
    """
    kept = kept or Kept()
    findings = [*found.findings, *problems(found, state, matter, kept)]
    view = status(
        *(state, procedure),
        matter=matter,
        conventions=conventions,
        findings=findings,
        kept=kept,
        called=_names(found, state, kept),
    )
    view = replace(view, findings=placed(view.findings, found.places))
    if found.reading is not None:
        view = _with_unread(view, found, found.reading, state)
    if found.live and state.proposed:
        view = replace(view, waiting=_waiting(view, found, state, conventions))
    return view if state.known else _known_as_far(view, found, state, kept)


def _names(found: Asked, state: State, kept: Kept) -> Mapping[str, str]:
    """What proposals that wait call somebody: a name, whether what they tell counts or not."""
    if not (found.live and state.proposed):
        return {}
    return kept.whenever(state, "names", lambda: titles_of(found.state(proposed=True)))


def _with_unread(view: StatusView, found: Asked, reading: Reading, state: State) -> StatusView:
    """The view with what its reports say that was not understood."""
    missed = unread(reading, found.texts, state)
    findings = (*view.findings, *unread_findings(missed, found.places))
    return replace(view, unread=missed, findings=findings)


def _waiting(
    view: StatusView, found: Asked, state: State, conventions: Conventions
) -> Waiting | None:
    """What the proposals that wait would change; None where they count already, or tell nothing."""
    whole = found.state(state.on, state.known, proposed=True)
    if {entry.id for entry in whole.entries} == {entry.id for entry in state.entries}:
        return None
    asked = question(whole, procedure, view.question.matter)
    if asked.procedure is None:
        return None
    then = verdict(whole, asked.matter, asked.procedure, conventions)
    now = {one.candidate: one.support.least for one in view.answer.reckonings}
    plus = {
        one.candidate: one.support.least - now[one.candidate]
        for one in then.reckonings
        if one.candidate in now and one.support.least != now[one.candidate]
    }
    return Waiting(then.verdict, plus)


def problems(
    found: Asked, state: State, matter: str = "", kept: Kept | None = None
) -> list[Finding]:
    """What the checks find in a state that may bear on a matter, without notes."""
    told = check(
        *(state, found.texts, found.places),
        procedures=procedure,
        held=found.held,
        matter=matter,
        notes=False,
        kept=kept,
    )
    return list(as_far_as_read(told, found.findings))


def _known_as_far(view: StatusView, found: Asked, state: State, kept: Kept | None) -> StatusView:
    """Without `known`: say how far the record knows, and whether the answer lies past that. What
    the answer tells of a pack was known by then, too, even where it became known after `on`.
    """
    days = [found.known_until(state, view.question.matter, kept)]
    days += [state.known_day(entry) for entry in view.told_of]
    known = max((When.day(day) for day in days if day), key=str, default=None)
    if known is None:
        return view
    return replace(view, known=known, assumed=state.on.after(known, state.zone) is True)
