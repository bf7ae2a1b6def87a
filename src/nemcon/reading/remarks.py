"""Remarks: what somebody said, word for word, or the members' view of a candidate in substance.

A remark moves nothing: not the endorsement of one who is no member, nor a collective view.
"""

from __future__ import annotations

from nemcon.entries import Remark
from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.line import Line
from nemcon.reading.scene import Scene
from nemcon.reading.view import Noun
from nemcon.reading.words import seen

_SAYING = lex.word_set(
    "say state tell write add note stress announce declare explain praise welcome insist warn"
)
_JUDGING = lex.word_set("conclude believe consider think feel agree argue")
_CHANNELS = (("in", "a", "post", "on"), ("in", "a", "message", "on"), ("writing", "on"), ("on",))
_NO_PERSONS = frozenset({"body", "organ", "organ-word", "state-organ", "members"})
_MIN_WORDS = 4


def remarks(line: Line, scene: Scene) -> None:
    """Propose the remarks of a sentence."""
    for i, item in enumerate(line.items):
        if item.kind == "quote" and item.last - item.first >= _MIN_WORDS + 2:
            _quoted(line, scene, i)
    for clause in line.clauses:
        if clause.verb.lemma in _JUDGING and clause.frame.kind == "main":
            _judged(clause, line, scene)


def _quoted(line: Line, scene: Scene, at: int) -> None:
    """A quotation whose speaker the sentence names."""
    found = _speaker(line, scene, at)
    if found is None:
        return
    noun, index = found
    name = scene.speaker_name(noun, line, index)
    tokens = line.view.tokens[line.items[at].first : line.items[at].last]
    inner = [token for token in tokens if token.low not in {"“", "”", '"', "«", "»", "„"}]
    if not inner:
        return
    text = seen(scene.document.words[inner[0].start : inner[-1].end])
    when, basis = scene.past((), line)
    role = ("former " if noun.former else "") + noun.role
    scene.add("quotation", line, Remark, [scene.span(line, min(index, at), max(index, at) + 1)],
              quote=text, speaker=name, role=role, about=_about(line, scene, name, at),
              channel=_channel(line, at), happened=when, basis=basis)  # fmt: skip


def _speaker(line: Line, scene: Scene, at: int) -> tuple[Noun, int] | None:
    """*X said, “…”*, *X welcomed it, saying, “…”*, *“…,” said X*, *“…,” X said*."""
    for first, second in ((at + 1, at + 2), (at + 2, at + 1)):
        noun, verb = line.noun(first), line.verb(second)
        if noun is not None and verb is not None and verb.lemma in _SAYING and not verb.negated:
            return _known(noun, first, line, scene)
    verbs = [i for i in range(at) if line.verb(i) is not None]
    if not verbs or any(item.kind == "quote" or item.low == "that"
                        for item in line.items[verbs[-1] : at]):  # fmt: skip
        return None
    said = line.verb(verbs[-1])
    if said is None or said.lemma not in _SAYING:
        return None
    if said.tense == "ing":  # "X welcomed it, saying": whoever did what stands before it
        verbs = verbs[:-1]
    clause = next((c for c in line.clauses if verbs and c.at == verbs[-1]), None)
    if clause is None or clause.frame.kind not in {"main", "relative", "after", "as", "while"}:
        return None
    return _known(clause.subject, clause.subject_at, line, scene)


def _known(noun: Noun, at: int, line: Line, scene: Scene) -> tuple[Noun, int] | None:
    if noun.sort == "pronoun" and not scene.person(noun, line, at):
        return None
    if noun.sort in {"contest", "post", "owned", "all", "count"}:
        return None
    return None if _not_the_name(line, at) else (noun, at)


def _not_the_name(line: Line, at: int) -> bool:
    """*her spokesman*, *A's former president*: somebody else than the phrase that was read."""
    item, view = line.items[at], line.view
    own = item.noun is not None and item.noun.sort == "pronoun"
    if item.noun is not None and item.noun.sort in _NO_PERSONS and view.capital(item.last):
        return True  # "said the Council's Chair Ann Example"
    return (own and item.low in lex.POSSESSIVES) or view.possessive(item.last)


def _about(line: Line, scene: Scene, speaker: str, at: int) -> str:
    """The one candidate or member that the sentence names beside the speaker."""
    named: set[str] = set()
    for i, noun in line.nouns():
        person = scene.person(noun, line, i) if noun.sort in {"person", "owned"} else ""
        if person in scene.candidates and person != speaker:
            named.add(person)
    if not named:
        named = {noun.members[0] for i, noun in line.nouns(at)
                 if len(noun.members) == 1 and noun.members[0] != speaker}  # fmt: skip
    return named.pop() if len(named) == 1 else ""


def _channel(line: Line, at: int) -> str:
    """*in a post on X*."""
    view, start = line.view, line.items[at].last
    for i in range(start, min(start + 8, view.size)):
        for words in _CHANNELS[:-1]:
            if all(view.word(i + k) == word for k, word in enumerate(words)):
                first = i + len(words)
                return view.text(first, view.name(first))
    return ""


def _judged(clause: Clause, line: Line, scene: Scene) -> None:
    """*members concluded that X is the best*: a view that they share, no vote."""
    noun, at = clause.subject, clause.at
    collective = noun.sort in {"all", "count", "people", "group"}
    if not collective or clause.verb.negated or not clause.verb.asserted:
        return
    if line.low(at + 1) != "that":
        return
    candidate = scene.candidate(line.noun(at + 2), line, at + 2)
    end = line.end_of_clause(at + 3)
    words = {token.low for token in line.view.tokens[line.items[at + 1].first :]}
    if not candidate or words & lex.SIGNALS or line.verb(at + 3) is None:
        return
    when, basis = scene.past((*clause.dates, *line.dates_after(at)), line)
    scene.add("assessment", line, Remark, [scene.span(line, clause.subject_at, end)],
              text=line.text(at + 2, end), about=candidate,
              speaker=scene.speaker_name(noun, line, clause.subject_at), happened=when,
              basis=basis)  # fmt: skip
