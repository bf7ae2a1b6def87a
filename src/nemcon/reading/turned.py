"""Stances in another order of words, or with the verb left out.

*Backing X are A and B*, *Among those who oppose X is A*, *A backs X, as does B*, *Neither does C*.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from nemcon.entries import Position
from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.targets import after_purpose
from nemcon.reading.timing import Timing
from nemcon.reading.verbs import Verb
from nemcon.reading.view import Noun

_FOR = lex.word_set("backing supporting endorsing favouring favoring championing")
_AGAINST = lex.word_set("opposing blocking vetoing")
_THOSE = lex.word_set("those members allies countries states governments nations capitals")
_INCLUDE = lex.word_set("include includes included")
_SUPPORTERS = lex.word_set("supporters backers opponents")
_STANCES = {"support": "support", "oppose": "objection"}
_AUXILIARIES = frozenset({"do", "have", "be"})
_ALIKE = lex.word_set("as so")
_NOR = lex.word_set("nor neither")


Turned = tuple[str, str, Noun, int, Timing]


def turned(line: Line, scene: Scene) -> list[Turned]:
    """*(Among those) backing X are A and B*: stance, candidate, the members, their item, when."""
    i = past_adverbs(line, 0)
    among = line.low(i) == "among"
    i += among
    if line.view.possessive(line.items[i].last) and line.low(i + 2) in _SUPPORTERS:
        return _supporters(line, scene, i, among=among)
    i += line.low(i) == "the"
    i += line.low(i) in _THOSE
    found = _stance(line, i)
    if found is None or (among and i < 2):
        return []
    stance, at = found
    candidate = scene.candidate(line.noun(at), line, at)
    after = after_purpose(line, past_adverbs(line, at + 1))
    if not candidate or after is None:
        return []
    return _are(line, scene, stance, candidate, past_adverbs(line, after), among=among)


def _supporters(line: Line, scene: Scene, i: int, *, among: bool) -> list[Turned]:
    """*(Among) X's supporters (in the race for the post) are A and B*."""
    candidate = scene.candidate(line.noun(i), line, i)
    after = after_purpose(line, i + 3)
    if not candidate or after is None:
        return []
    stance = "objection" if line.low(i + 2) == "opponents" else "support"
    return _are(line, scene, stance, candidate, past_adverbs(line, after), among=among)


def _are(
    line: Line, scene: Scene, stance: str, candidate: str, after: int, *, among: bool
) -> list[Turned]:
    """*… are A and B*, *… include A and B*, and no more."""
    where = past_adverbs(line, after + 1)
    noun, listing = line.noun(where), line.low(after) in _INCLUDE
    if noun is None or not (listing or _is(line.verb(after))):
        return []
    if not _only_members(noun, scene) or not ends(line, where + 1):
        return []
    past = line.low(after) in {"was", "were", "included"}
    timing = Timing(scene.until_report() if past else scene.report, "report-date")
    noun = replace(noun, including=noun.including or among or listing)
    return [(stance, candidate, noun, where, timing)]


def _is(verb: Verb | None) -> bool:
    plain = verb is not None and verb.lemma == "be" and verb.asserted
    return plain and verb is not None and not (verb.negated or verb.passive)


def _stance(line: Line, i: int) -> tuple[str, int] | None:
    """The stance at item `i`, and the item of whom it is about."""
    if line.low(i) in _FOR | _AGAINST:
        return ("support" if line.low(i) in _FOR else "objection"), past_adverbs(line, i + 1)
    at = past_adverbs(line, i + 1)
    verb = line.verb(at)
    if line.low(i) not in {"who", "that", "which"} or verb is None or i == 0:
        return None
    if not verb.asserted or verb.negated or verb.passive:
        return None
    means = meanings(line, at)
    meaning = next((m for m in _STANCES if m in means), "")
    return (_STANCES[meaning], means[meaning]) if meaning else None


def alike(line: Line, scene: Scene, told: Sequence[Position]) -> None:
    """*…, as does B*, *…, and so do B and C*, *…, nor does B*: the same of others, on the word of
    the report. `told` is what the sentence, or the one before, told of members.
    """
    if not told or len({(e.stance, e.negated, e.candidate) for e in told}) > 1:
        return
    entry = told[-1]
    if entry.modality == "reported" or not entry.members or "all" in entry.members:
        return
    held = entry.happened == scene.report
    found = _ellipsis(line, scene, _NOR if entry.negated else _ALIKE, "present" if held else "past")
    if found is None or set(found[0].members) & set(entry.members):
        return
    noun, first, end = found
    scene.add("position", line, Position, [scene.span(line, first, end), *entry.spans],
              members=noun.members, including=noun.including, stance=entry.stance,
              claim=entry.claim, negated=entry.negated, candidate=entry.candidate,
              happened=entry.happened, basis=entry.basis, modality=entry.modality)  # fmt: skip


def _ellipsis(
    line: Line, scene: Scene, words: Collection[str], tense: str
) -> tuple[Noun, int, int] | None:
    """The members that do so, too, with the items from the verb to the end of their phrase."""
    for i in range(len(line.items)):
        if line.low(i) not in words or line.kind(i) == "date" or not _begins(line, i):
            continue
        verb, noun = line.verb(i + 1), line.noun(i + 2)
        where = i + 2
        if noun is None and words is _ALIKE and line.low(i) == "as":  # "as B does"
            verb, noun, where = line.verb(i + 2), line.noun(i + 1), i + 1
        if verb is None or noun is None or verb.lemma not in _AUXILIARIES or verb.negated:
            continue
        if verb.hedged or verb.tense != tense or lex.ENDED_ADVERBS & set(verb.adverbs):
            continue
        if _only_members(noun, scene) and ends(line, i + 3):
            return noun, min(where, i + 1), i + 3
    return None


def _begins(line: Line, i: int) -> bool:
    """Whether the ellipsis at item `i` is a part of its own: after a comma, or at the beginning."""
    before = i - 1 - (line.low(i - 1) in {"and", "but"})
    return before < 0 or line.low(before) in {",", "–", "—", ";"} or line.low(i) == "as"


def _only_members(noun: Noun, scene: Scene) -> bool:
    return noun.sort == "members" and bool(noun.members) and all(map(scene.is_member, noun.members))


def ends(line: Line, i: int) -> bool:
    """Whether the sentence ends at item `i`, but for adverbs and dates."""
    i = past_adverbs(line, i)
    return i >= len(line.items) or (line.low(i) in {".", "!"} and i + 1 >= len(line.items))
