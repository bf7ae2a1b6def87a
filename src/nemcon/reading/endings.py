"""Objections that end: lifted, withdrawn, or given up by joining the consensus."""

from __future__ import annotations

from nemcon.entries import Objection, Position
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.doubts import conditional, gainsaid
from nemcon.reading.holders import holders_of
from nemcon.reading.line import Line
from nemcon.reading.predicates import meanings
from nemcon.reading.scene import Scene
from nemcon.reading.targets import backed, may_end

_LIFTS = lex.word_set("lift drop withdraw waive abandon remove end")
_KEPT = lex.word_set(
    "again renewed reinstated keeps keeping kept maintains maintained maintaining retains retained"
)
_OBJECTIONS = lex.word_set("objection objections veto opposition")


def lifts(clause: Clause, line: Line, scene: Scene, candidate: str) -> None:
    """*A dropped its objections to X*: the objection ends; without *to X*, the one just told."""
    verb = clause.verb
    if not verb.asserted or verb.negated or conditional(line, clause.at):
        return
    who = holders_of(clause, line, scene, candidate)
    if who is None or not who.members or "all" in who.members:
        return
    candidate = candidate or told_of(clause, line, scene, who.members, "objection")
    if not candidate:
        return
    if gainsaid(clause, line) or any(token.low in _KEPT for token in line.view.tokens):
        return
    when, basis = scene.past((*clause.dates, *line.dates_after(clause.at)), line)
    for member in who.members:
        scene.add("objection-ended", line, Objection, [scene.clause_span(line, clause)],
                  member=member, candidate=candidate, end="withdrawn", ended=when,
                  basis=basis, modality=who.modality, speaker=who.speaker)  # fmt: skip


def was_lifted(line: Line, scene: Scene) -> None:
    """*A's objection to X was lifted*, *the objection has been withdrawn*."""
    for i, item in enumerate(line.items):
        verb = item.verb
        if verb is None or not verb.passive or verb.lemma not in _LIFTS or not verb.asserted:
            continue
        at = next((k for k in range(i - 1, -1, -1) if line.low(k) in _OBJECTIONS), -1)
        if at < 1 or verb.negated or conditional(line, at) or not may_end(line, i + 1):
            continue
        member, candidate = _whose_objection(line, scene, at)
        if at + 3 == i and line.low(at + 1) in {"to", "on"}:
            target = scene.candidate(line.noun(at + 2), line, at + 2)
            candidate = target if candidate in {"", target} else ""
        elif at + 1 < i:
            continue
        alone = line.tail is None and at < 3
        if member and candidate and alone:
            when, basis = scene.past(line.dates_after(i), line)
            scene.add("objection-ended", line, Objection, [scene.span(line, 0, i + 1)],
                      member=member, candidate=candidate, end="withdrawn", ended=when,
                      basis=basis)  # fmt: skip


def _whose_objection(line: Line, scene: Scene, at: int) -> tuple[str, str]:
    """The member whose objection it is: named before it, or the only one told just before."""
    owner = line.noun(0)
    if at == 2 and line.view.possessive(line.items[1].first) and owner is not None:
        ours = owner.sort == "members" and len(owner.members) == 1 and not owner.including
        return (owner.members[0] if ours and scene.is_member(owner.members[0]) else ""), ""
    if at != 1 or line.low(0) not in {"the", "its", "that", "this"}:
        return "", ""
    told = {
        (member, entry.candidate)
        for entry in scene.told(Position, line, (1,))
        for member in entry.members
        if entry.stance == "objection" and not entry.negated
    }
    return told.pop() if len(told) == 1 else ("", "")


def _chosen_after(clause: Clause, line: Line, scene: Scene) -> set[str]:
    """*X was chosen after A dropped its objections*: the only candidate in the sentence."""
    chosen = any(
        "decide" in meanings(line, other.at) and other.verb.asserted and not other.verb.negated
        for other in line.clauses
    )
    if not chosen or clause.frame.kind not in {"after", "once", "when"}:
        return set()
    named = {scene.candidate(noun, line, i) for i, noun in line.nouns()} - {""}
    return named if len(named) == 1 else set()


def told_of(clause: Clause, line: Line, scene: Scene, members: tuple[str, ...], stance: str) -> str:
    """The only candidate towards whom this sentence or the two before tell of that stance of the
    member.
    """
    if len(members) != 1:
        return ""
    meaning = "oppose" if stance == "objection" else "support"
    here = {
        found[0]
        for before in line.clauses
        if before.at < clause.at and not before.verb.negated and before.verb.asserted
        and before.subject.members == members and not before.verb.passive
        and (at := meanings(line, before.at).get(meaning)) is not None
        and (found := backed(line, scene, at)) is not None
    }  # fmt: skip
    if not here and stance == "objection":
        here = _chosen_after(clause, line, scene)
    told = here or {
        entry.candidate
        for entry in scene.told(Position, line, range(3))
        if members[0] in entry.members and entry.stance == stance and not entry.negated
    }
    return told.pop() if len(told) == 1 else ""
