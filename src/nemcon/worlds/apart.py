"""Rules under which members take a position on every candidate, each apart from the others.

The candidates are then so many questions, each on what was said of that one: who supports one may
support another too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from nemcon.entries import AnyEntry, Objection, Position, Reserve, Tally
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State
from nemcon.worlds.answers import Answer, Reckoning, verdict_of

_OF_ALL = frozenset({"objection", "none"})  # stances that may be towards every candidate at once


def answer_apart(
    state: State,
    matter: str,
    candidates: Sequence[str],
    only: str | None,
    ask: Callable[[State, Sequence[str]], Answer],
) -> Answer:
    """The answers for each candidate (or for `only`) as one; `ask` answers for one candidate.

    Findings: positions that name no candidate, so that nobody can tell towards whom they are.
    """
    lost = [entry.id for entry in state.of_matter(matter) if _is_lost(entry)]
    asked = [name for name in candidates if only is None or name == only]
    found = [ask(_towards(state, matter, name), (name,)) for name in asked]
    findings = dict.fromkeys(finding for one in found for finding in one.findings)
    reckonings: list[Reckoning] = [one for answer in found for one in answer.reckonings]
    whole = all(answer.reckonings for answer in found)
    verdict = verdict_of(reckonings, selection=True) if whole and not lost else "cannot tell"
    return Answer(
        verdict,
        tuple(reckonings),
        (*findings, *([_which(lost)] if lost else [])),
        all(answer.exact for answer in found) and not lost,
        any(answer.complete for answer in found),
    )


def _towards(state: State, matter: str, candidate: str) -> State:
    """The state without what was said of others in the matter, or of nobody knows whom."""

    def make() -> State:
        kept = (
            e for e in state.entries if e.matter not in ("", matter) or _may_be_of(e, candidate)
        )
        return replace(state, variants=(tuple(kept),))

    return state.once(("towards", matter, candidate), make).moved(state.on, state.known)


def _may_be_of(entry: AnyEntry, candidate: str) -> bool:
    if isinstance(entry, Position | Reserve | Objection | Tally):
        return entry.candidate in ("", candidate) and not _is_lost(entry)
    return True


def _is_lost(entry: AnyEntry) -> bool:
    if not isinstance(entry, Position | Tally) or entry.candidate:
        return False
    if isinstance(entry, Tally):
        return not {one.stance for one in entry.counts} <= _OF_ALL
    return entry.stance not in _OF_ALL


def _which(entries: Sequence[str]) -> Finding:
    return Finding(
        "no-candidate",
        "warning",
        say(
            "the rule asks every member about each candidate apart, and these entries do "
            "not say about which one; the answer is 'cannot tell': name it in 'candidate'"
        ),
        tuple(sorted(entries)),
    )
