"""The selection itself and the persons in it, once everything else has been read."""

from __future__ import annotations

from collections.abc import Sequence

from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Commitment,
    Decision,
    Matter,
    Party,
    Position,
    Remark,
    Span,
    Tally,
    Term,
)
from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.names import slug
from nemcon.reading.scene import Scene
from nemcon.reading.words import Token

_CHAIRED = (
    ((",",), ("which",), ("is", "was"), ("chaired", "headed", "led"), ("by",)),
    ((",",), ("chaired", "headed", "led"), ("by",)),
    (("chaired", "headed", "led"), ("by",)),
    ((",",), ("whose",), ("chair", "chairman", "chairwoman", "head"), ("is",)),
)
_ONLY = lex.word_set("only sole one")


def matter_name(scene: Scene, year: int) -> str:
    """The id of the selection: the office and the year of the vacancy."""
    office = scene.office
    return f"{office.short or office.name}-{year}" if office is not None else ""


def add_matters(scenes: Sequence[Scene], years: dict[str, int]) -> None:
    """The selection as each report states it first, and the size of its field.

    Every report states it for itself, so that one more report changes nothing in the others.
    """
    for scene in scenes:
        year = years[scene.document.source.name]
        name = matter_name(scene, year)
        if not name or not any(hit.matter for hit in scene.hits):
            continue
        stated = _statement(scene)
        if stated is not None:
            _add(scene, stated[0], name, stated[1], year)
        for line in scene.lines:
            field = _field(line, scene)
            if field is not None:
                scene.add("field", line, Matter, [field], matter=False, name=name,
                          sort="selection", field_of=2, happened=scene.report,
                          basis="report-date")  # fmt: skip


def _statement(scene: Scene) -> tuple[Line, Span] | None:
    """Where the contest is stated first: a race, a candidacy, the office to be filled."""
    for line in scene.lines:
        for _, noun in line.nouns():
            bid = noun.sort == "owned" and noun.head in lex.BID_NOUNS | lex.CHOICE_NOUNS
            if bid or noun.sort == "contest" or (noun.sort == "post" and noun.id):
                return line, scene.text_span(line.piece.start, line.piece.end)
    return None


def _add(scene: Scene, line: Line, name: str, span: Span, year: int) -> None:
    office = scene.office
    assert office is not None
    scene.add("matter", line, Matter, [span], matter=False, name=name, sort="selection",
              title=f"{office.title}, {year}", organ=office.organ, office=office.name,
              rule=office.rule, happened=scene.report, basis="report-date")  # fmt: skip


def _field(line: Line, scene: Scene) -> Span | None:
    """*his only competitor*, *the one other candidate*: a field of two."""
    tokens = [token for token in line.view.tokens if not token.quoted]
    for i, token in enumerate(tokens[:-2]):
        words = [t.low for t in tokens[i + 1 : i + 3]]
        only = words[0] in _ONLY and words[1] in lex.RIVALS - {"candidate", "contender"}
        other = token.low in _ONLY and words == ["other", "candidate"]
        whose = token.low in lex.POSSESSIVES or token.low in {"the", "'s"}
        if other or (only and whose):
            end = i + 3
            if _ours(tokens, end, line) and scene.candidates:
                return scene.text_span(token.start, tokens[end - 1].end)
    return None


def _ours(tokens: Sequence[Token], end: int, line: Line) -> bool:
    """Whether the rivalry is for our office: nothing follows, or *for the role*."""
    if end >= len(tokens) or tokens[end].low not in {"for", "in"}:
        return True
    return any(
        noun.sort in {"post", "contest"} and line.items[i].first <= _index(line, tokens[end]) + 2
        for i, noun in line.nouns()
        if line.items[i].first > _index(line, tokens[end])
    )


def _index(line: Line, token: Token) -> int:
    return next(i for i, t in enumerate(line.view.tokens) if t.start == token.start)


def add_parties(scene: Scene) -> None:
    """The persons whom the entries of a report name, with the State and roles that it gives."""
    for person in sorted(_mentioned(scene)):
        known = scene.people.get(person)
        if known is None or known.start < 0:
            continue
        places = [(role.start, role.end) for role in known.roles] or [(known.start, known.end)]
        line = next(at for at in scene.lines if places[0][0] < at.piece.end)
        roles = tuple(("former " if r.former else "") + r.words for r in known.roles)
        scene.add("person", line, Party, [scene.text_span(*place) for place in places],
                  matter=False, name=person, title=known.title, sort="person", of=known.state,
                  roles=roles, happened=scene.report, basis="report-date")  # fmt: skip


def add_chairs(scene: Scene) -> None:
    """The organs of States that are said to be chaired by a person who is named."""
    for line in scene.lines:
        for i, noun in line.nouns():
            organ = scene.organ_meant(noun, line)
            at = _chair(line, i + 1) if organ.sort == "state-organ" else -1
            person = scene.person(line.noun(at), line, at) if at > 0 else ""
            if person:
                scene.add("chair", line, Party, [scene.span(line, i, at + 1)], matter=False,
                          name=slug(organ.head), title=organ.head, sort="organisation",
                          of=organ.state, note=f"chaired by {person}", happened=scene.report,
                          basis="report-date")  # fmt: skip


def _chair(line: Line, i: int) -> int:
    """The item of the person in *(which is) chaired by X*, *whose chairman is X*; -1 if none."""
    words = [line.low(k) for k in range(i, i + 6)]
    for pattern in _CHAIRED:
        if all(word in step for word, step in zip(words, pattern, strict=False)):
            return i + len(pattern)
    return -1


def _mentioned(scene: Scene) -> set[str]:
    found: set[str] = set()
    for hit in scene.hits:
        found |= _persons(hit.entry)
    return {person for person in found if scene.people.get(person) is not None}


def _persons(entry: AnyEntry) -> set[str]:
    match entry:
        case Candidacy() | Position() | Tally() | Decision():
            return {entry.candidate, entry.speaker}
        case Term():
            return {entry.holder, entry.succeeds, entry.speaker}
        case Remark():
            return {entry.speaker, entry.about}
        case Commitment():
            return {entry.speaker}
    return set()
