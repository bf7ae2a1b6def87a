"""Positions and tallies: who supports, opposes, hesitates about whom, in whatever words.

A stance comes from the member itself, its government or its leader as such, from a count of
members, or from a vague group, which stays in the words of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nemcon.entries import Candidacy, Count, Position, Span, Tally
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.doubts import (
    conditional,
    gainsaid,
    in_a_manner,
    is_nobody,
    not_simply,
    qualified,
    simply_all,
)
from nemcon.reading.endings import lifts, told_of, was_lifted
from nemcon.reading.holders import Holders, holders_of
from nemcon.reading.lasting import is_past, still_stands
from nemcon.reading.line import Line
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.targets import after_purpose, backed, may_end
from nemcon.reading.timing import Timing, timing_of
from nemcon.reading.turned import alike, turned
from nemcon.reading.view import Noun

_STANCES = {"support": "support", "declare": "support", "reaffirm": "support",
            "forsake": "support", "accept": "objection", "oppose": "objection",
            "hesitate": "hesitation"}  # fmt: skip
_SUPPORTING = frozenset({"support", "declare", "reaffirm"})
_HESITATION = lex.word_set("hesitation reluctance hesitancy reservations doubts")


def stances(line: Line, scene: Scene) -> None:
    """Propose the positions and tallies of a sentence.

    From the last clause to the first: what was held in the past is taken only where nothing
    behind it may say that it is over, or where that was read, too.
    """
    read: list[Clause] = []
    for clause in reversed(line.clauses):
        if is_past(clause.verb) and not still_stands(clause, line, scene, read):
            continue
        before = len(scene.hits)
        _of_clause(clause, line, scene)
        if len(scene.hits) > before:
            read.append(clause)
    if not conditional(line, 0):
        alike(line, scene, scene.told(Position, line) or _just_told(line, scene))
        for stance, candidate, noun, at, timing in turned(line, scene):
            who = Holders(members=noun.members, including=noun.including)
            _record(line, scene, stance, candidate, who, timing, [scene.span(line, 0, at + 1)])
    _there_was(line, scene)
    _support_came(line, scene)
    was_lifted(line, scene)


def _just_told(line: Line, scene: Scene) -> list[Position]:
    """What the sentence before told, for one that begins with *So does …*, *Neither does …*."""
    return scene.told(Position, line, (1,)) if line.low(0) in {"so", "neither", "nor"} else []


def _of_clause(clause: Clause, line: Line, scene: Scene) -> None:
    found = meanings(line, clause.at)
    if clause.verb.passive and line.low(clause.at + 1) == "to":
        _is_opposed(clause, line, scene)
    elif clause.verb.passive:
        _backed_by(clause, line, scene, found)
    elif "receive" in found and not {"oppose", "accept"} & set(found):
        _receives(clause, line, scene, found["receive"])
    else:
        _takes(clause, line, scene, found)


def _takes(clause: Clause, line: Line, scene: Scene, found: dict[str, int]) -> None:
    """*A backs X*, *all members oppose X*, *A dropped its objections to X*."""
    if "lift" in found:
        target = backed(line, scene, found["lift"])
        if target and clause.verb.negated and clause.verb.tense == "perfect":
            _still_objects(clause, line, scene, target[0])
            return
        lifts(clause, line, scene, target[0] if target else "")
        return
    if "relent" in found and may_end(line, found["relent"]):
        lifts(clause, line, scene, "")
        return
    if "desert" in found and "forsake" not in found and may_end(line, found["desert"]):
        _deserts(clause, line, scene)
        return
    for meaning in ("forsake", "accept", "declare", "support", "reaffirm", "oppose", "hesitate"):
        if meaning not in found:
            continue
        target = backed(line, scene, found[meaning], _subject_person(clause))
        if clause.subject.sort == "none" and meaning != "oppose":
            continue
        who = holders_of(clause, line, scene, target[0] if target else "")
        if target is None or who is None:
            continue
        _propose(clause, line, scene, meaning, target[0], who)
        return


def _still_objects(clause: Clause, line: Line, scene: Scene, candidate: str) -> None:
    """*A has not lifted its objection to X*: it holds at the time of the report."""
    who = holders_of(clause, line, scene, candidate)
    if who is None or not who.members or "all" in who.members or clause.verb.hedged:
        return
    if gainsaid(clause, line) or conditional(line, clause.at) or clause.supposed or clause.ended:
        return
    timing = Timing(scene.report, "report-date")
    spans = [scene.clause_span(line, clause)]
    _record(line, scene, "objection", candidate, who, timing, spans)


def _deserts(clause: Clause, line: Line, scene: Scene) -> None:
    """*A withdrew its support*: from the candidate whom it was just told to support."""
    who = holders_of(clause, line, scene, "")
    candidate = told_of(clause, line, scene, who.members, "support") if who else ""
    if who is not None and candidate:
        _propose(clause, line, scene, "forsake", candidate, who)


def _is_opposed(clause: Clause, line: Line, scene: Scene) -> None:
    """*A is opposed to X*."""
    target = backed(line, scene, clause.at + 2)
    if clause.verb.lemma == "oppose" and target is not None:
        who = holders_of(clause, line, scene, target[0])
        if who is not None:
            _propose(clause, line, scene, "oppose", target[0], who)


def _subject_person(clause: Clause) -> str:
    return clause.subject.id if clause.subject.sort == "person" else ""


def _propose(
    clause: Clause, line: Line, scene: Scene, meaning: str, candidate: str, who: Holders
) -> None:
    timing = timing_of(clause, line, scene, meaning, who)
    if timing is None or conditional(line, clause.at):
        return
    if meaning in _SUPPORTING and qualified(line, clause.at):
        return
    nobody = is_nobody(clause, line)
    if nobody and (clause.verb.negated or in_a_manner(clause, line)):
        return
    every = "all" in who.members or (who.number and who.number == who.of)
    if every and not simply_all(clause, line, nobody=nobody):
        return
    without = meaning in {"forsake", "accept"}
    negated = clause.verb.negated or without or nobody
    if without and nobody:
        return
    if without and (clause.verb.negated or not clause.verb.asserted):
        return
    if negated and not nobody and (who.number or who.group or "all" in who.members):
        return
    if who.members and "all" not in who.members and gainsaid(clause, line):
        return
    if clause.verb.negated and not_simply(clause, line, meaning):
        return
    _record(line, scene, _STANCES[meaning], candidate, who, timing,
            [scene.clause_span(line, clause, said=timing.said)], negated=negated)  # fmt: skip
    if not negated:
        _running(clause, line, scene, candidate)


def _record(
    line: Line, scene: Scene, stance: str, candidate: str, who: Holders, timing: Timing,
    spans: Sequence[Span], *, negated: bool = False,
) -> None:  # fmt: skip
    common: dict[str, Any] = {
        "candidate": candidate,
        "happened": timing.happened,
        "basis": timing.basis,
        "modality": timing.modality if timing.modality != "asserted" else who.modality,
        "speaker": who.speaker,
        "before": timing.before,
    }
    if who.number:
        counts = (Count(stance, who.number),)
        scene.add("tally", line, Tally, (*spans, *who.spans), counts=counts, of=who.of,
                  bound=who.bound, **common)  # fmt: skip
        return
    scene.add(
        "position", line, Position, (*spans, *who.spans), members=who.members,
        excepted=who.excepted, including=who.including, group=who.group, stance=stance,
        claim=timing.claim, negated=negated, **common,
    )  # fmt: skip


def _running(clause: Clause, line: Line, scene: Scene, candidate: str) -> None:
    """Who backs *X's candidacy* says that X is a candidate."""
    bids = [
        (i, noun)
        for i, noun in line.nouns()
        if i > clause.at and noun.sort == "owned" and noun.head in lex.BID_NOUNS
    ]
    if not bids or clause.verb.tense in {"past", "pluperfect"}:
        return
    if candidate in scene.stepped:
        return
    at = bids[0][0]
    scene.add("running", line, Candidacy, [scene.span(line, at, at + 1)], candidate=candidate,
              change="running", happened=scene.report, basis="report-date")  # fmt: skip


def _backed_by(clause: Clause, line: Line, scene: Scene, found: dict[str, int]) -> None:
    """*X is backed by 28 of 32 members*."""
    meaning = next((m for m in ("support", "oppose") if m in found), "")
    candidate = scene.candidate(clause.subject, line, clause.subject_at)
    i = past_adverbs(line, clause.at + 1)
    if not meaning or not candidate or line.low(i) != "by":
        return
    _by_agent(clause, line, scene, meaning, candidate, i + 1)


def _receives(clause: Clause, line: Line, scene: Scene, i: int) -> None:
    """*X received early backing from A and B*, *X has the support of all 32 members*."""
    while line.low(i) in lex.STANDING or line.kind(i) == "adverb":
        i += 1
    if line.noun(i) is not None:
        _has_somebodys(clause, line, scene, i)
        return
    if line.low(i) not in lex.SUPPORT_NOUNS or line.low(i + 1) not in {"from", "of", "by"}:
        return
    candidate = scene.candidate(clause.subject, line, clause.subject_at)
    if candidate:
        _by_agent(clause, line, scene, "support", candidate, i + 2)


def _has_somebodys(clause: Clause, line: Line, scene: Scene, i: int) -> None:
    """*X has A's support*, *X won the A government's backing*."""
    candidate, agent = scene.candidate(clause.subject, line, clause.subject_at), line.noun(i)
    at = i + 1
    if not candidate or agent is None or agent.sort != "members":
        return
    at += line.view.possessive(line.items[i].last)
    while line.low(at) in lex.STANDING:
        at += 1
    if line.low(at) not in lex.SUPPORT_NOUNS or not _may_end_agent(line, at + 1):
        return
    who = holders_of(clause, line, scene, candidate, agent, i)
    if at > i + 1 and who is not None:
        _propose(clause, line, scene, "support", candidate, who)


def _by_agent(
    clause: Clause, line: Line, scene: Scene, meaning: str, candidate: str, i: int
) -> None:
    agent = line.noun(i)
    if agent is None or not _may_end_agent(line, i + 1):
        return
    if agent.sort == "none" and meaning != "oppose":
        return
    who = holders_of(clause, line, scene, candidate, agent, i)
    if who is not None:
        _propose(clause, line, scene, meaning, candidate, who)


def _may_end_agent(line: Line, i: int) -> bool:
    if line.low(i) in {"for", "to", "as"}:
        end = after_purpose(line, i)
        return end is not None
    return may_end(line, i)


def _there_was(line: Line, scene: Scene) -> None:
    """*there was some hesitation from …*, *several countries were hesitant*."""
    for i, item in enumerate(line.items):
        if item.verb is None or item.verb.lemma != "be" or item.verb.negated or item.verb.hedged:
            continue
        if line.low(i - 1) == "there":
            _hesitation_from(line, scene, i)
        elif line.low(i + 1) in {"hesitant", "reluctant"}:
            _were_hesitant(line, scene, i)


def _hesitation_from(line: Line, scene: Scene, at: int) -> None:
    end = next((k for k in range(at + 1, min(at + 5, len(line.items)))
                if line.low(k) in _HESITATION), -1)  # fmt: skip
    if end < 0 or line.low(end + 1) not in {"from", "among", "in"}:
        return
    group = line.noun(end + 2)
    if group is not None and group.sort == "group":
        _hesitant(line, scene, group, scene.span(line, at - 1, end + 3), line.verb(at))


def _were_hesitant(line: Line, scene: Scene, at: int) -> None:
    group = line.noun(past_back(line, at - 1))
    following = line.low(at + 2)
    if group is None or group.sort != "group" or following in {"to", "about", "in"}:
        return
    first = past_back(line, at - 1)
    if first > 0 and line.low(first - 1) not in {",", "and", "but"}:
        return
    _hesitant(line, scene, group, scene.span(line, first, at + 2), line.verb(at))


def past_back(line: Line, i: int) -> int:
    """Back over adverbs and dates."""
    while i > 0 and line.kind(i) in {"adverb", "date"}:
        i -= 1
    return i


def _hesitant(line: Line, scene: Scene, group: Noun, span: Span, verb: Any) -> None:
    now = verb.tense in {"present", "perfect"}
    timing = Timing(scene.report if now else scene.until_report(), "report-date")
    who = Holders(group=group.words)
    _record(line, scene, "hesitation", _spoken_of(line, scene), who, timing, [span])


def _spoken_of(line: Line, scene: Scene) -> str:
    """The only candidate named in this sentence, else in the one before."""
    for index in (line.index, line.index - 1):
        if index < 0:
            continue
        other = scene.lines[index]
        named = {scene.candidate(noun, other, i) for i, noun in other.nouns()} - {""}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


def _support_came(line: Line, scene: Scene) -> None:
    """*Early support for X had come from large members, among them A and B*."""
    for i, item in enumerate(line.items):
        if item.verb is None or item.verb.lemma != "come" or line.low(i + 1) != "from":
            continue
        at = past_back(line, i - 1)
        noun, agent = line.noun(at), line.noun(i + 2)
        if noun is None or agent is None or line.low(at - 1) != "for":
            continue
        candidate = scene.candidate(noun, line, at)
        start = at - 2
        if not candidate or line.low(start) not in lex.SUPPORT_NOUNS or item.verb.negated:
            continue
        while start > 0 and (line.low(start - 1) in lex.STANDING or line.low(start - 1) == "the"):
            start -= 1
        who = holders_of(None, line, scene, candidate, agent, i + 2)
        if line.items[i + 3 :] and line.low(i + 3) not in {".", ",", ";"}:
            continue  # somebody or something of theirs
        reported = any(line.verb(k) is not None for k in range(i + 3, len(line.items)))
        if who is not None and start == 0 and item.verb.asserted and not reported:
            timing = Timing(scene.until_report(), "report-date")
            _record(line, scene, "support", candidate, who, timing, [scene.span(line, 0, i + 3)])
