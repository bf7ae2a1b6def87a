"""Positions and tallies: who supports, opposes, hesitates about whom, in whatever words.

A stance comes from the member itself, its government or its leader as such, from a count of
members, or from a vague group, which stays in the words of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from nemcon.entries import Candidacy, Count, Objection, Position, Span, Tally
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.contest import runs_elsewhere
from nemcon.reading.holders import Holders, holders_of
from nemcon.reading.line import Line
from nemcon.reading.posts import purpose
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.quantities import exceptions
from nemcon.reading.scene import Scene
from nemcon.reading.timing import Timing, timing_of
from nemcon.reading.verbs import Verb
from nemcon.reading.view import Noun

_STANCES = {"support": "support", "declare": "support", "reaffirm": "support",
            "forsake": "support", "oppose": "objection", "hesitate": "hesitation"}  # fmt: skip
_PURPOSE = lex.word_set("for as to in over against")
_MAY_FOLLOW = lex.word_set(
    ". ; : ) and but while whereas after when because since despite following before amid "
    "who at during"
)
# After a comma the sentence may go on in these ways; any other word (*depending*, *albeit*,
# *or so*) may take back what it said.
_GOES_ON = lex.TEMPORAL | lex.word_set(
    "who whom whose which where and but whereas not with without despite following amid during "
    "in on at by for from to a an the his her its their our including among even thus making "
    "just both nor as apart except excluding aside unlike like along together alongside"
)
_WHENEVER = lex.word_set("finally ultimately previously eventually currently recently only")
_IF_SO = lex.word_set("depending pending barring assuming supposing hoping awaiting")
_RELATES = lex.word_set("who which whose whom where when")
_LIFTS = lex.word_set("lift drop withdraw waive abandon remove end")
_OBJECTIONS = lex.word_set("objection objections veto opposition")
_PAUSES = lex.word_set(", ( – — -")
# What follows a stance of the past and may say that it is over.
_TURNS = lex.word_set(
    "then later since until till before but yet now however though although afterwards "
    "eventually finally"
)
_CHANGES = frozenset(
    {"support", "declare", "reaffirm", "oppose", "forsake", "lift", "relent", "desert"}
)
_HESITATION = lex.word_set("hesitation reluctance hesitancy reservations doubts")


def stances(line: Line, scene: Scene) -> None:
    """Propose the positions and tallies of a sentence.

    From the last clause to the first: what was held in the past is taken only where nothing
    behind it may say that it is over, or where that was read, too.
    """
    read: list[Clause] = []
    for clause in reversed(line.clauses):
        if _is_past(clause.verb) and not _still_stands(clause, line, scene, read):
            continue
        before = len(scene.hits)
        _of_clause(clause, line, scene)
        if len(scene.hits) > before:
            read.append(clause)
    _there_was(line, scene)
    _support_came(line, scene)
    _was_lifted(line, scene)


def _of_clause(clause: Clause, line: Line, scene: Scene) -> None:
    found = meanings(line, clause.at)
    if clause.verb.passive and line.low(clause.at + 1) == "to":
        _is_opposed(clause, line, scene)
    elif clause.verb.passive:
        _backed_by(clause, line, scene, found)
    elif "receive" in found:
        _receives(clause, line, scene, found["receive"])
    else:
        _takes(clause, line, scene, found)


def _is_past(verb: Verb) -> bool:
    return verb.tense in {"past", "pluperfect"} and verb.control in {"", "keep"}


def _still_stands(clause: Clause, line: Line, scene: Scene, read: Sequence[Clause]) -> bool:
    """Whether nothing after a stance of the past may be its end, but for what was read."""
    if runs_elsewhere(line) or _of_long_ago(clause, line, scene):
        return False
    holder = clause.subject
    if any(c.subject_at == clause.subject_at or c.subject == holder or c.subject.sort == "pronoun"
           for c in read):  # fmt: skip
        return True
    subjects = {c.at: c for c in line.clauses}
    end = line.end_of_clause(clause.at)
    if holder.sort in {"all", "count", "group"} and _goes_on_about(line, end):
        return False
    for i in range(clause.at + 1, len(line.items)):
        other = subjects.get(i)
        alien = other is not None and other.subject_at != clause.subject_at
        alien = alien and other is not None and other.subject.sort not in {"pronoun", "none"}
        if i >= end and not alien and _may_end_it(line, scene, clause, i):
            return False
        if i >= end and not alien and _taken_up(line, i):
            return False
        if (
            other is not None
            and other.subject_at == clause.subject_at >= 0
            and (other.verb.lemma not in lex.REPORTING)
        ):
            return False
        if i >= end and line.low(i) in _TURNS and not _others(line, i + 1, holder):
            return False
    return True


def _goes_on_about(line: Line, end: int) -> bool:
    """Whether a sentence about many goes on with another day, or with one who changed."""
    for i in range(end, len(line.items)):
        if line.low(i) in _RELATES:
            return False
        verb = line.verb(i)
        if line.kind(i) == "date" or (verb is not None and _CHANGES & set(meanings(line, i))):
            return True
    return False


def _of_long_ago(clause: Clause, line: Line, scene: Scene) -> bool:
    """Whether an undated stance follows a date of years before (*In 2012 X ran; A opposed X*)."""
    if clause.dates or line.dates_after(clause.at):
        return False
    report = scene.report.first_day()
    years = [item.date.year for item in line.items[: clause.at] if item.date and item.date.year]
    return report is not None and any(year < report.year - 1 for year in years)


def _may_end_it(line: Line, scene: Scene, clause: Clause, i: int) -> bool:
    """Whether the verb at item `i` may end the stance of the clause: not an objection to X, if
    somebody else than X is supported.
    """
    first, then = meanings(line, clause.at), meanings(line, i)
    if not _CHANGES & set(then):
        return False
    targets = [
        backed(line, scene, means[meaning])
        for means, meaning in ((first, "oppose"), (then, "support"))
        if meaning in means
    ]
    known = [target[0] for target in targets if target is not None]
    return len(known) < 2 or known[0] == known[1]


def _taken_up(line: Line, i: int) -> bool:
    """Whether *it* or *they* at item `i` begins to say more of the holder (*a step it regrets*)."""
    noun = line.noun(i)
    if noun is None or noun.sort != "pronoun" or noun.words not in {"it", "they"}:
        return False
    while line.kind(i - 1) in {"adverb", "date"}:
        i -= 1
    return line.low(i - 1) not in {"because", "since", "as", "after", "when", "that", "where"}


def _others(line: Line, i: int, holder: Noun) -> bool:
    """Whether a new subject follows, which is not the holder of the stance."""
    while line.kind(i) in {"adverb", "date"}:
        i += 1
    noun = line.noun(i)
    return noun is not None and noun.sort != "pronoun" and noun != holder


def _takes(clause: Clause, line: Line, scene: Scene, found: dict[str, int]) -> None:
    """*A backs X*, *all members oppose X*, *A dropped its objections to X*."""
    if "lift" in found:
        target = backed(line, scene, found["lift"])
        _lifts(clause, line, scene, target[0] if target else "")
        return
    if "relent" in found and _may_end(line, found["relent"]):
        _lifts(clause, line, scene, "")
        return
    if "desert" in found and "forsake" not in found and _may_end(line, found["desert"]):
        _deserts(clause, line, scene)
        return
    for meaning in ("forsake", "declare", "support", "reaffirm", "oppose", "hesitate"):
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


def _deserts(clause: Clause, line: Line, scene: Scene) -> None:
    """*A withdrew its support*: from the candidate whom it was just told to support."""
    who = holders_of(clause, line, scene, "")
    candidate = _told_of(clause, line, scene, who.members, "support") if who else ""
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


def backed(line: Line, scene: Scene, i: int, besides: str = "") -> tuple[str, int] | None:
    """The candidate at item `i` as the object of a stance, and the item after it.

    None if it is somebody's else's plan, a candidate for something else, or more than one.
    """
    i = past_adverbs(line, i)
    noun = line.noun(i)
    if noun is None or (noun.sort == "owned" and noun.head not in lex.BID_NOUNS | lex.CHOICE_NOUNS):
        return None
    candidate = scene.candidate(noun, line, i, besides)
    end = _after_purpose(line, past_adverbs(line, i + 1))
    if not candidate or end is None or not _may_end(line, end):
        return None
    return candidate, end


def _after_purpose(line: Line, i: int) -> int | None:
    """Past what the candidate is backed for; None if that is another office."""
    if i >= len(line.items) or line.low(i) not in _PURPOSE:
        return i
    end = purpose(line.view, line.items[i].first)
    if end < 0:
        return None
    return next(
        (k for k in range(i, len(line.items)) if line.items[k].first >= end), len(line.items)
    )


def _may_end(line: Line, i: int) -> bool:
    """Whether the object ends here: nothing follows that makes it something else."""
    i = past_adverbs(line, i)
    if i >= len(line.items) or line.kind(i) == "date":
        return True
    if line.low(i) in {"and", "but"}:
        after = line.noun(i + 1)
        another = after is not None and after.sort in {"person", "name", "compatriot", "owned"}
        return not another or line.verb(i + 2) is not None
    if line.view.possessive(line.items[i].first):
        return False
    if line.low(i) in _PAUSES:
        return _goes_on(line, i + 1)
    return line.kind(i) == "mark" or line.low(i) in _MAY_FOLLOW


def _goes_on(line: Line, i: int) -> bool:
    """Whether what follows a pause leaves standing what was said before it."""
    if line.low(i) == "only":
        return False  # "only to soften its stance"
    while line.kind(i) == "adverb" and line.low(i) not in lex.HEDGES:
        i += 1
    if i >= len(line.items) or line.kind(i) in {"noun", "date", "mark"}:
        return True
    verb = line.verb(i)
    if verb is not None:
        return verb.tense != "infinitive" and verb.lemma != "assume"
    doing = line.low(i).endswith("ing") and line.low(i) not in _IF_SO
    return doing or line.low(i) in _GOES_ON


def _propose(
    clause: Clause, line: Line, scene: Scene, meaning: str, candidate: str, who: Holders
) -> None:
    timing = timing_of(clause, line, scene, meaning, who)
    if timing is None or _conditional(line, clause.at):
        return
    nobody = _nobody(clause, line)
    if nobody and (clause.verb.negated or _in_a_manner(clause, line)):
        return
    if clause.subject.sort == "all" and not _simply_all(clause, line):
        return
    negated = clause.verb.negated or meaning == "forsake" or nobody
    if meaning == "forsake" and (clause.verb.negated or not clause.verb.asserted):
        return
    if negated and not nobody and (who.number or who.group or "all" in who.members):
        return
    if clause.verb.negated and _not_simply(clause, line, meaning):
        return
    _record(line, scene, _STANCES[meaning], candidate, who, timing,
            [scene.clause_span(line, clause, said=timing.said)], negated=negated)  # fmt: skip
    if not negated:
        _running(clause, line, scene, candidate)


def _not_simply(clause: Clause, line: Line, meaning: str) -> bool:
    """Whether *not* denies something else than the stance (*not only*, *not because …*), or the
    past alone (*did not back X in March*: whether it does now is not said).
    """
    words = {token.low for token in line.view.tokens}
    past = clause.verb.tense == "past" and clause.verb.control == "" and meaning == "support"
    return past or bool({"only", "just", "merely", "simply"} & set(clause.verb.adverbs)) or bool(
        {"because", "only", "merely"} & words)  # fmt: skip


def _nobody(clause: Clause, line: Line) -> bool:
    """*no member objects to X*, *X is opposed by no member*."""
    agent = line.noun(past_adverbs(line, clause.at + 1) + 1) if clause.verb.passive else None
    return "none" in {clause.subject.sort, agent.sort if agent is not None else ""}


def _in_a_manner(clause: Clause, line: Line) -> bool:
    """Whether nobody does it in some manner (*no member openly objects*): some may in another."""
    after = line.items[clause.at + 1 : line.end_of_clause(clause.at)]
    adverbs = {*clause.verb.adverbs, *(item.low for item in after if item.kind == "adverb")}
    return any(adverb.endswith("ly") and adverb not in _WHENEVER for adverb in adverbs)


def _simply_all(clause: Clause, line: Line) -> bool:
    """Whether no aside narrows *all members* (*all members, bar one, back X*)."""
    between = line.items[clause.subject_at + 1 : clause.at] if clause.subject_at >= 0 else ()
    if not any(item.kind == "mark" for item in between):
        return True
    words = {item.low for item in between}
    return bool(exceptions(line.view)) or bool(words & {"including", "included", "even"})


def _conditional(line: Line, at: int) -> bool:
    """Whether an *if* stands anywhere, or a doubt: then the stance is not simply held."""
    words = [item.low for item in line.items]
    anonymous = "anonymity" in words[at:]
    return any(word in lex.CONDITIONS for word in words) or (
        ("condition" in words[at:] and not anonymous)
        or "only" in words[at : at + 1]
        or _doubted(line, at)
    )


def _doubted(line: Line, at: int) -> bool:
    """*…, a rival claimed*, *…, then denied it*, *wrongly said …*, *… at the last selection*."""
    words = [token.low for token in line.view.tokens]
    after = words[line.items[at].last :]
    return (
        any(word in lex.DOUBTING for word in after)
        or any(word in lex.UNTRUE or word == "personally" for word in words)
        or any(a in lex.IN_PRIVATE and b in lex.CAPACITIES for a, b in pairwise(words))
        or any(pair[0] == "last" and pair[1] in lex.SELECTIONS for pair in pairwise(after))
        or any(
            pair[0] in {"when", "before"} and pair[1] in {"he", "she"} for pair in pairwise(after)
        )
    )


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
    if line.low(i) not in lex.SUPPORT_NOUNS or line.low(i + 1) not in {"from", "of", "by"}:
        return
    candidate = scene.candidate(clause.subject, line, clause.subject_at)
    if candidate:
        _by_agent(clause, line, scene, "support", candidate, i + 2)


def _by_agent(
    clause: Clause, line: Line, scene: Scene, meaning: str, candidate: str, i: int
) -> None:
    agent = line.noun(i)
    if agent is None or not _may_end_agent(line, i + 1):
        return
    who = holders_of(clause, line, scene, candidate, agent, i)
    if who is not None:
        _propose(clause, line, scene, meaning, candidate, who)


def _may_end_agent(line: Line, i: int) -> bool:
    if line.low(i) in {"for", "to", "as"}:
        end = _after_purpose(line, i)
        return end is not None
    return _may_end(line, i)


def _lifts(clause: Clause, line: Line, scene: Scene, candidate: str) -> None:
    """*A dropped its objections to X*: the objection ends; without *to X*, the one just told."""
    verb = clause.verb
    if not verb.asserted or verb.negated or _conditional(line, clause.at):
        return
    who = holders_of(clause, line, scene, candidate)
    if who is None or not who.members or "all" in who.members:
        return
    candidate = candidate or _told_of(clause, line, scene, who.members, "objection")
    if not candidate:
        return
    if any(token.low in {"again", "renewed", "reinstated"} for token in line.view.tokens):
        return
    when, basis = scene.past((*clause.dates, *line.dates_after(clause.at)), line)
    for member in who.members:
        scene.add("objection-ended", line, Objection, [scene.clause_span(line, clause)],
                  member=member, candidate=candidate, end="withdrawn", ended=when,
                  basis=basis, modality=who.modality, speaker=who.speaker)  # fmt: skip


def _was_lifted(line: Line, scene: Scene) -> None:
    """*A's objection to X was lifted*, *the objection has been withdrawn*."""
    for i, item in enumerate(line.items):
        verb = item.verb
        if verb is None or not verb.passive or verb.lemma not in _LIFTS or not verb.asserted:
            continue
        at = next((k for k in range(i - 1, -1, -1) if line.low(k) in _OBJECTIONS), -1)
        if at < 1 or verb.negated or _conditional(line, at) or not _may_end(line, i + 1):
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


def _told_of(
    clause: Clause, line: Line, scene: Scene, members: tuple[str, ...], stance: str
) -> str:
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
    told = here or {
        entry.candidate
        for entry in scene.told(Position, line, range(3))
        if members[0] in entry.members and entry.stance == stance and not entry.negated
    }
    return told.pop() if len(told) == 1 else ""


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
