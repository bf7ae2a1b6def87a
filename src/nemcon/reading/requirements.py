"""What a report says the rule is: the approval of every member, or consensus."""

from __future__ import annotations

from nemcon.entries import Rule
from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.quantities import all_at
from nemcon.reading.scene import Scene
from nemcon.reading.view import View

_NEEDS = lex.word_set(
    "need needs needed require requires required requirement must requiring needing"
)
_APPROVALS = lex.SUPPORT_NOUNS | lex.word_set("consent agreement consensus")
_DOES = lex.word_set("operates decides works acts operate decide work act")
_AGREES = lex.word_set("agree approve back support endorse consent")
_BY_CONSENSUS = (("by", "consensus"), ("by", "unanimity"), ("unanimously",))


def requirements(line: Line, scene: Scene) -> None:
    """Propose the rule that a sentence states."""
    view = line.view
    if scene.office is None or any(view.word(i) in lex.CONDITIONS for i in range(view.size)):
        return
    if any(item.verb is not None and item.verb.negated for item in line.items):
        return
    if any(noun.sort == "name" and line.low(i - 1) == "of" for i, noun in line.nouns() if i):
        return  # the rule of something else
    needs = [i for i in range(view.size) if view.word(i) in _NEEDS and not view.tokens[i].quoted]
    agreed = _all_must_agree(line)
    if agreed is not None:
        _propose(line, scene, "approval-of-all", *agreed)
        return
    found = next(
        (reach for i in range(view.size) if (reach := _approval_of_all(view, i)) is not None), None
    )
    if found is not None and needs:
        number, first, end = found
        first = min([first, *needs[:1]])
        end = max([end, *(i + 1 for i in needs if i < end + 4)])
        _propose(line, scene, "approval-of-all", number, first, end)
    elif (consensus := _by_consensus(line)) is not None:
        _propose(line, scene, "consensus", 0, *consensus)


def _approval_of_all(view: View, i: int) -> tuple[int, int, int] | None:
    """*the unanimous approval of all 12 members*: their number (0: not said) and the place."""
    if view.word(i) not in _APPROVALS or view.tokens[i].quoted:
        return None
    if view.word(i + 1) in {"of", "from", "by", "among", "between"}:
        at = i + 2
        if view.word(at) in {"every", "each"} and view.word(at + 1) == "one":
            return _every_one(view, i, at)
        whole = all_at(view, at)
        if whole is not None and not whole[0].other and not whole[0].excepted:
            return whole[0].number, i, whole[1]
    return None


def _all_must_agree(line: Line) -> tuple[int, int, int] | None:
    """*all 12 members must agree*."""
    for i, noun in line.nouns():
        verb = line.verb(i + 1)
        must = verb is not None and verb.tense == "modal" and line.low(i + 1) == "must"
        whole = noun.sort == "all" and not noun.other and not noun.excepted
        if whole and must and verb is not None and verb.lemma in _AGREES and not verb.negated:
            return noun.number, line.items[i].first, line.items[i + 1].last
    return None


def _every_one(view: View, start: int, i: int) -> tuple[int, int, int] | None:
    """*every one of its 12 members*."""
    at = i + 3 if view.word(i + 2) == "of" else i + 2
    body = view.of_body(at)
    at = body if body > at else at + (view.word(at) in {"its", "the"})
    number = view.number(at)
    if number is None or view.word(number[1]) not in lex.MEMBER_NOUNS:
        return None
    return number[0], start, number[1] + 1


def _by_consensus(line: Line) -> tuple[int, int] | None:
    """*the body operates by consensus*, *the body takes its decisions by consensus*."""
    for i, noun in line.nouns():
        at = line.items[i].last
        if noun.sort != "body":
            continue
        view = line.view
        does = view.word(at) in _DOES
        if view.word(at) in {"takes", "makes", "take", "make"}:
            step = next((k for k in range(at + 1, at + 4) if view.word(k) == "decisions"), -1)
            does, at = step > 0, step
        for words in _BY_CONSENSUS:
            if does and all(view.word(at + 1 + k) == word for k, word in enumerate(words)):
                return line.items[i].first, at + 1 + len(words)
    return None


def _propose(line: Line, scene: Scene, requires: str, number: int, first: int, end: int) -> None:
    office = scene.office
    assert office is not None
    tokens = line.view.tokens
    span = scene.text_span(tokens[first].start, tokens[end - 1].end)
    scene.add("requirement", line, Rule, [span], matter=False, requires=requires, of=number,
              office=office.name, happened=scene.report, basis="report-date")  # fmt: skip
