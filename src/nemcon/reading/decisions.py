"""Decisions: whom the body or its organ appointed, who announced it, at what level it was taken.

Support is not decision: only the body, its organ, or its members acting together decide.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise
from typing import Any

from nemcon.entries import Decision, Modality
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.doubts import elsewhere
from nemcon.reading.line import Line
from nemcon.reading.posts import purpose
from nemcon.reading.predicates import meanings, past_adverbs
from nemcon.reading.scene import Scene
from nemcon.reading.targets import backed
from nemcon.reading.view import Noun
from nemcon.when import When

_LEVELS = lex.word_set("ambassadors leaders ministers representatives envoys")
_TAKING = lex.word_set("make take reach")
_MANNERS = (
    (("by", "consensus"), "consensus"),
    (("by", "acclamation"), "acclamation"),
    (("without", "a", "vote"), "without-a-vote"),
)
_POSSIBLE = lex.word_set("possible certain clear inevitable formality")
_NEXT = lex.word_set("next new future")
_DESCRIBED = lex.VAGUE | lex.word_set(
    "eastern western northern southern central european senior unnamed top foreign party a an"
)
_FIELD = lex.word_set("candidate candidates nominee finalist finalists contender one")


def decisions(line: Line, scene: Scene) -> None:
    """Propose the decisions of a sentence."""
    words = [token.low for token in line.view.tokens]
    if any(item.low in lex.CONDITIONS for item in line.items):
        return
    if ("subject", "to") in pairwise(words) or "pending" in words or elsewhere(line):
        return
    for clause in line.clauses:
        if clause.supposed:
            continue
        means = meanings(line, clause.at)
        speaker = clause.frame.speaker
        if clause.subject.words in {"it", "they"} and speaker is not None and _decides(speaker):
            clause = replace(clause, subject=speaker)
        if clause.subject.sort == "owned" and clause.subject.head in lex.CHOICE_NOUNS:
            _settled(clause, line, scene, means)
        elif clause.verb.passive:
            _was_chosen(clause, line, scene, means)
        elif clause.verb.lemma in {"be", "become"}:
            _will_be(clause, line, scene)
        elif _decides(clause.subject):
            _chose(clause, line, scene, means)
    _was_taken(line, scene)
    _the_appointment(line, scene)


def _decides(noun: Noun) -> bool:
    """Whether the phrase is the body, its organ, or its members or representatives together."""
    if noun.sort in {"body", "organ"} or (noun.sort == "all" and not noun.other):
        return True
    if noun.sort == "group":
        return noun.head == "members"
    if noun.sort != "people" or noun.head not in _LEVELS or noun.state:
        return False
    before = noun.words.lower().partition(noun.head)[0].split()
    return not any(word in _DESCRIBED or word in lex.NUMBERS or word.isdigit() for word in before)


def _agent(line: Line, i: int) -> Noun | None:
    """Who decides at item `i`: *the body*, *the body's Council*, not *the body's parliament*."""
    i += line.low(i) == "its" and line.noun(i + 1) is not None
    noun = line.noun(i)
    if noun is None or not line.view.possessive(line.items[i].last):
        return noun
    part = line.noun(i + 2) if noun.sort == "body" else None
    return part if part is not None and part.sort == "organ" else None


def _as_candidate(line: Line, i: int) -> bool:
    """*(approved X) as a candidate*: not chosen yet."""
    words = [token.low for token in line.view.tokens[line.items[i].first :][:6]] if (
        i < len(line.items)) else []  # fmt: skip
    return words[:1] in (["as"], ["for"], ["to"]) and bool(_FIELD & set(words))


def _by(noun: Noun | None) -> dict[str, Any]:
    """The fields of a decision that say who took it."""
    if noun is None:
        return {}
    if noun.sort == "organ":
        return {"organ": noun.id}
    if noun.sort == "people":
        return {"level": noun.head, "of": noun.of}
    return {"of": noun.number} if noun.sort == "all" else {}


def _chose(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*the body appointed X*, *agreed to appoint X*, *announced X as its next …*."""
    verb, at = clause.verb, clause.at
    done = verb.asserted or (verb.control == "plan" and verb.head in {"decide", "agree"} and (
        not verb.lapsed and verb.tense in {"past", "perfect", "present"}))  # fmt: skip
    if verb.negated or verb.hedged or not done:
        return
    if verb.lemma in {"decide", "agree"} and "decide" not in means:
        at = _infinitive(line, clause.at + 1)
        means = meanings(line, at)
    announced = verb.lemma == "announce"
    i = means.get("decide", clause.at + 1 if announced else -1)
    agreed = verb.lemma == "agree" and line.low(clause.at + 1) == "on"
    if agreed and clause.subject.sort == "organ" and line.noun(clause.at + 2):
        i = clause.at + 2  # members who agree on X back X, and have not yet decided
    if i < 0:
        return
    candidate = _chosen(line, scene, i, announced=announced)
    if candidate:
        _decided(clause, line, scene, candidate, _by(clause.subject), announced=announced)


def _infinitive(line: Line, i: int) -> int:
    while line.kind(i) in {"date", "adverb"}:
        i += 1
    verb = line.verb(i)
    return i if verb is not None and verb.tense == "infinitive" and not verb.passive else -1


def _chosen(line: Line, scene: Scene, i: int, *, announced: bool) -> str:
    """The candidate at item `i`, chosen for the office (*X as the next …*, *X's appointment*)."""
    while line.kind(i) == "date":
        i += 1
    noun = line.noun(i)
    if noun is None:
        return ""
    if noun.sort == "owned":
        return noun.id if noun.head in lex.CHOICE_NOUNS and noun.id in scene.candidates else ""
    found = backed(line, scene, i)
    if _as_candidate(line, past_adverbs(line, i + 1)):
        return ""
    if found is not None and (found[1] > past_adverbs(line, i + 1) or not announced):
        return found[0]
    return scene.candidate(noun, line, i) if _post_follows(line, scene, i + 1) else ""


def _post_follows(line: Line, scene: Scene, i: int) -> bool:
    """*(named X) secretary general*: the office right after the person."""
    noun = line.noun(i)
    return noun is not None and noun.sort == "post" and _is_ours(noun, scene)


def _is_ours(noun: Noun, scene: Scene) -> bool:
    return scene.office is not None and noun.id == scene.office.name


def _was_chosen(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*X was appointed secretary general by the Council on Monday*."""
    candidate = scene.candidate(clause.subject, line, clause.subject_at)
    verb = clause.verb
    if not candidate or "decide" not in means or not verb.asserted or verb.negated:
        return
    i = past_adverbs(line, means["decide"])
    end = line.end_of_clause(clause.at)
    at = next((k for k in range(i, end) if line.low(k) == "by" and line.kind(k) != "date"), -1)
    by = _agent(line, at + 1) if at >= 0 else None
    if at >= 0 and line.kind(at) == "word" and (by is None or not _decides(by)):
        return
    if _as_candidate(line, i) or (at >= 0 and not _in_this_post(line, at + 2)):
        return
    start = line.items[i].first if i < len(line.items) else 0
    office = _post_follows(line, scene, i) or (
        line.low(i) in {"as", "for", "to"} and purpose(line.view, start) > start
    )
    if office or (by is not None and by.sort in {"body", "organ"} and line.low(i) == "by"):
        _decided(clause, line, scene, candidate, _by(by))


def _in_this_post(line: Line, i: int) -> bool:
    """Whether no other post follows the agent (*by the body as its envoy*)."""
    i = past_adverbs(line, i)
    if line.low(i) not in {"as", "to"} or line.kind(i) != "word":
        return True
    start = line.items[i].first
    return purpose(line.view, start) > start


def _settled(clause: Clause, line: Line, scene: Scene, means: dict[str, int]) -> None:
    """*X's appointment was finalized*."""
    candidate, verb = clause.subject.id, clause.verb
    if candidate not in scene.candidates or not verb.asserted or verb.negated:
        return
    if not (verb.passive and "settle" in means):
        return
    i = past_adverbs(line, means["settle"])
    by = _agent(line, i + 1) if line.low(i) == "by" else None
    if line.low(i) != "by" or (by is not None and _decides(by)):
        _decided(clause, line, scene, candidate, _by(by), announced=verb.lemma == "announce")


def _will_be(clause: Clause, line: Line, scene: Scene) -> None:
    """*the body announced that X will be its next …*: announced, so decided by then."""
    frame, verb = clause.frame, clause.verb
    speaker = frame.speaker
    if frame.kind != "reported" or speaker is None or not _decides(speaker):
        return
    ahead = verb.tense in {"future", "would"} or verb.control == "plan"
    if not ahead or verb.negated or verb.hedged or verb.lapsed or frame.say is None:
        return
    post, person, at = line.noun(clause.at + 1), clause.subject, clause.subject_at
    if person.sort == "post" and post is not None:
        post, person, at = person, post, clause.at + 1
    candidate = scene.candidate(person, line, at)
    if post is None or post.sort != "post" or not candidate or not _is_ours(post, scene):
        return
    if _NEXT & set(post.words.lower().split()):
        _decided(clause, line, scene, candidate, _by(speaker) if speaker.sort == "organ" else {})


def _decided(
    clause: Clause, line: Line, scene: Scene, candidate: str, by: dict[str, Any],
    *, announced: bool = False,
) -> None:  # fmt: skip
    dates = (*clause.dates, *line.dates_after(clause.at))
    fields = _announcement(clause, line, scene, dates, announced=announced)
    if not fields:
        when, basis = scene.past(dates, line)
        fields = {"happened": when, "basis": basis}
    modality: Modality = "asserted"
    speaker = clause.frame.speaker
    if clause.frame.kind == "reported" and speaker is None:
        return
    if clause.frame.kind == "reported" and speaker is not None and not _decides(speaker):
        modality = "reported"
        fields["speaker"] = scene.speaker_name(speaker, line, clause.frame.say_at)
        if fields["speaker"] in scene.candidates:
            return  # on nobody's word but that of those who stand
    span = scene.clause_span(line, clause, said="announced" in fields)
    fields |= {"manner": _manner(line, clause.at), "place": _place(line, clause.at)}
    scene.add("decision", line, Decision, [span], result="appointed",
              candidate=candidate, after=_after(line, scene), modality=modality,
              **fields, **by)  # fmt: skip


def _manner(line: Line, at: int) -> str:
    """How it was decided, where the sentence says so (*by consensus*, *by acclamation*)."""
    view = line.view
    for i in range(max(0, line.items[at].first - 4), view.size - 1):
        for words, manner in _MANNERS:
            if all(view.word(i + k) == word for k, word in enumerate(words)):
                return manner
    return ""


def _announcement(
    clause: Clause, line: Line, scene: Scene, dates: Any, *, announced: bool
) -> dict[str, Any]:
    """The fields of a decision that is told as announced: decided by then at the latest."""
    frame = clause.frame
    if frame.kind == "reported" and frame.speaker is not None and _decides(frame.speaker):
        if dates and clause.verb.asserted:
            return {}
        when, basis = scene.past(frame.say_dates, line)
        by = scene.speaker_name(frame.speaker, line, frame.say_at)
    elif announced:
        when, basis = scene.past(dates, line)
        by = "" if clause.verb.passive else scene.speaker_name(clause.subject, line, clause.at)
    else:
        return {}
    until = When.between(None, when.latest)
    return {"announced": when, "announced_by": by, "happened": until, "basis": basis}


def _after(line: Line, scene: Scene, links: Collection[str] = ("after",)) -> str:
    """The withdrawal that the sentence puts before the decision (*after X withdrew*)."""
    if not any(clause.frame.kind in links for clause in line.clauses):
        return ""
    gone = scene.withdrawn(line)
    return f"candidacy/{gone}/withdrawn" if gone else ""


def _was_taken(line: Line, scene: Scene) -> None:
    """*the decision was taken by ambassadors of the 12 members*, *ambassadors took it*."""
    for i, item in enumerate(line.items):
        verb = item.verb
        if verb is None or verb.lemma not in _TAKING or verb.negated or not verb.asserted:
            continue
        if verb.passive:
            named = line.low(i - 1) == "decision" and line.low(i - 2) == "the" and i == 2
            agent = line.noun(i + 2) if named and line.low(i + 1) == "by" else None
        else:
            agent = line.noun(i - 1) if i == 1 and _the_decision(line, i + 1) else None
        if agent is not None and _decides(agent):
            _taken(line, scene, i, agent)


def _the_decision(line: Line, i: int) -> bool:
    words = [line.low(i), line.low(i + 1), line.low(i + 2)]
    return words[:2] == ["the", "decision"] or words in (
        ["the", "formal", "decision"], ["the", "final", "decision"]
    )  # fmt: skip


def _taken(line: Line, scene: Scene, at: int, agent: Noun) -> None:
    candidate = _just_decided(line, scene)
    if not candidate:
        return
    when, basis = scene.past(line.dates_after(at), line)
    scene.add("decision-taken", line, Decision, [scene.span(line, 0, len(line.items))],
              result="appointed", candidate=candidate, happened=when, basis=basis,
              place=_place(line, at), **_by(agent))  # fmt: skip


def _just_decided(line: Line, scene: Scene) -> str:
    """Whose appointment the sentences just before told."""
    told = {decision.candidate for decision in scene.told(Decision, line, range(5))}
    return told.pop() if len(told) == 1 else ""


def _the_appointment(line: Line, scene: Scene) -> None:
    """*the appointment was completed after X withdrew*, *X's appointment became possible when …*:
    the decision just told, and what it came after.
    """
    at = next((i for i, item in enumerate(line.items) if item.verb), -1)
    verb, noun = line.verb(at), line.noun(0)
    bare = at == 2 and line.low(0) == "the" and line.low(1) in lex.CHOICE_NOUNS
    candidate = _just_decided(line, scene)
    if verb is None or not verb.asserted or verb.negated or not candidate:
        return
    own = at == 1 and noun is not None and noun.head in lex.CHOICE_NOUNS and noun.id == candidate
    became = verb.lemma == "become" and (bare or own)
    settled = verb.passive and bare and "settle" in meanings(line, at)
    after = _after(line, scene, {"when", "after", "once"} if became else {"after"})
    i = at + 1 + (line.low(at + 1) in {"a", "all"})
    if settled or (became and after and line.low(i) in _POSSIBLE):
        scene.add("decision-after", line, Decision, [scene.span(line, 0, len(line.items))],
                  result="appointed", candidate=candidate, after=after,
                  happened=scene.until_report(), basis="report-date")  # fmt: skip


def _place(line: Line, at: int) -> str:
    """*(during a meeting) at …*, *when they met at …*: the place in the words of the report."""
    view = line.view
    for i in range(line.items[at].last, view.size - 1):
        if view.word(i) in {"at", "in"} and view.word(i - 1) in {"meeting", "met", "session"}:
            end = i + 1
            while end < view.size and view.word(end) not in {",", ".", ";", "where", "when", "on"}:
                end += 1
            return view.text(i + 1 + (view.word(i + 1) in {"the", "its"}), end)
    return ""
