"""Commitments that are announced together with a step in the selection.

What a State gives for other reasons has no place in this record; only what the report ties to
a withdrawal by announcing both together is taken, and no condition is claimed.
"""

from __future__ import annotations

from dataclasses import dataclass

from nemcon.entries import Commitment
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.line import Line
from nemcon.reading.scene import Scene
from nemcon.reading.view import Noun, View

_APPEALS = lex.word_set("appeals appeal requests request calls call pleas plea")
_ANSWERS = (("responding", "to"), ("in", "response", "to"), ("answering",), ("following",))
_STOPS = lex.word_set(", . ; : – — ( to")


@dataclass(frozen=True, slots=True)
class _Gift:
    """What is given: how many of how many, what, and to whom."""

    what: str
    to: str
    quantity: int = 0
    stock: int = 0


def pledges(line: Line, scene: Scene) -> None:
    """Propose the commitments of a sentence."""
    for clause in line.clauses:
        verb = clause.verb
        promised = verb.tense in {"future", "would"} or verb.control == "plan"
        if verb.lemma not in lex.PLEDGE_VERBS or not promised or verb.negated or verb.hedged:
            continue
        giver, announcer = _giver(clause, line, scene)
        event = _announced_with(line, scene)
        gift = _gift(line.view, line.items[clause.at].last)
        if giver and event and gift is not None:
            _pledge(clause, line, scene, gift, giver, announcer, event)


def _pledge(
    clause: Clause, line: Line, scene: Scene, gift: _Gift, giver: str, announcer: str, event: str
) -> None:  # fmt: skip
    scene.add("pledge", line, Commitment, [scene.clause_span(line, clause)], by=giver, to=gift.to,
              what=gift.what, quantity=gift.quantity, stock=gift.stock, change="pledged",
              announced_by=announcer, announced_with=event, happened=scene.report,
              basis="report-date")  # fmt: skip
    _requested(line, scene)


def _giver(clause: Clause, line: Line, scene: Scene) -> tuple[str, str]:
    """The State that gives, and who announced it."""
    noun, speaker = clause.subject, clause.frame.speaker
    if clause.frame.kind != "reported" or speaker is None:
        return "", ""
    announcer = scene.organ_meant(speaker, line)
    if speaker.sort == "pronoun":
        announcer = _announcer_before(line, scene) or speaker
    if noun.sort == "pronoun" and noun.words == "it":
        noun = announcer
    state = noun.members[0] if len(noun.members) == 1 else noun.state
    whose = announcer.members[0] if len(announcer.members) == 1 else announcer.state
    if not state or whose != state or noun.sort not in {"members", "state-organ"}:
        return "", ""
    return state, scene.speaker_name(announcer, line, clause.frame.say_at)


def _announcer_before(line: Line, scene: Scene) -> Noun | None:
    """*It also announced*: the organ that the main clause of the sentence before is about."""
    if not line.index:
        return None
    before = scene.lines[line.index - 1]
    main = next((clause for clause in before.clauses if clause.frame.kind == "main"), None)
    return scene.organ_meant(main.subject, before) if main is not None else None


def _announced_with(line: Line, scene: Scene) -> str:
    """The withdrawal that was announced together with it."""
    for i, noun in line.nouns():
        if noun.sort == "owned" and noun.head in {"decision", "withdrawal"}:
            verb = line.verb(i - 1)
            if verb is not None and verb.lemma == "announce" and verb.tense == "ing":
                person = scene.person(noun, line, i)
                return f"candidacy/{person}/withdrawn" if person in scene.candidates else ""
    main = next((clause for clause in line.clauses if clause.frame.kind == "main"), None)
    if (
        main is None
        or main.verb.lemma not in {"announce", "say"}
        or "also" not in main.verb.adverbs
    ):
        return ""
    gone = scene.withdrawn(line, (1,))
    return f"candidacy/{gone}/withdrawn" if gone else ""


def _gift(view: View, i: int) -> _Gift | None:
    """*one of its two operational systems to A*, *A a system*."""
    start = i
    while i < view.size and view.word(i) not in _STOPS:
        i += 1
    if view.word(i) == "to":
        end = _recipient(view, i + 1)
        return _thing(view, start, i, view.text(i + 1, end)) if end > i + 1 else None
    end = _recipient(view, start)
    return _thing(view, end, i, view.text(start, end)) if start < end < i else None


def _recipient(view: View, i: int) -> int:
    """The end of the name at `i` that something is given to."""
    known = view.member(i)
    return known[1] if known is not None else view.name(i)


def _thing(view: View, i: int, end: int, to: str) -> _Gift | None:
    quantity = view.number(i) or ((1, i + 1) if view.word(i) in {"a", "an"} else None)
    number, stock = 0, 0
    if quantity is not None:
        number, i = quantity
        if view.word(i) == "of" and view.word(i + 1) in {"its", "the", "their"}:
            whole = view.number(i + 2)
            stock, i = whole if whole is not None else (0, i + 2)
    if i >= end:
        return None
    named = next((k for k in range(i, end) if view.capital(k)), i)
    what = view.text(named, end)
    if number and what.endswith("s") and not what.endswith("ss"):
        what = what[:-1]  # the thing itself; how many is told beside it
    return _Gift(what, to, number, stock)


def _requested(line: Line, scene: Scene) -> None:
    """*responding to X's appeals to its allies for more assistance*."""
    view = line.view
    for i in range(view.size):
        for words in _ANSWERS:
            if all(view.word(i + k) == word for k, word in enumerate(words)):
                _request(line, scene, i, i + len(words))


def _request(line: Line, scene: Scene, start: int, i: int) -> None:
    view = line.view
    known = view.member(i)
    end = known[1] if known is not None else view.name(i)
    if end == i or not view.possessive(end) or view.word(end + 1) not in _APPEALS:
        return
    by = known[0] if known is not None else view.text(i, end)
    at, to = end + 2, ""
    if view.word(at) == "to":
        stop = next((k for k in range(at, view.size) if view.word(k) == "for"), at)
        to, at = view.text(at + 1, stop), stop
    if view.word(at) != "for":
        return
    stop = next((k for k in range(at, view.size) if view.word(k) in {",", ".", ";"}), view.size)
    span = scene.text_span(view.tokens[start].start, view.tokens[stop - 1].end)
    scene.add("request", line, Commitment, [span], by=by, to=to, what=view.text(at + 1, stop),
              change="requested", happened=scene.until_report(),
              basis="report-date")  # fmt: skip
