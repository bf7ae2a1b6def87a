"""What a report says the rule is: the approval of every member, or consensus."""

from __future__ import annotations

from nemcon.entries import Rule
from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.posts import purpose
from nemcon.reading.quantities import all_at
from nemcon.reading.scene import Scene
from nemcon.reading.view import Noun, View

_NEEDS = lex.word_set(
    "need needs needed require requires required requirement must requiring needing"
)
_APPROVALS = lex.SUPPORT_NOUNS | lex.word_set("consent agreement consensus")
_DOES = lex.word_set("operates decides works acts operate decide work act")
_AGREES = lex.word_set("agree approve back support endorse consent")
_NEEDING = lex.word_set("need require face have")
# What the approval is for: the choice, not a treaty, a budget or an accession.
_CHOSEN = (
    lex.CHOICE_NOUNS
    | lex.BID_NOUNS
    | lex.RIVALS
    | lex.POST_NOUNS
    | lex.word_set(
        "candidates contenders successor nominee winner decision holder appointee name person "
        "leader"
    )
)
_OTHER_TIMES = lex.word_set("from until till before after since by") | {"as of"}
_IN_PART = lex.word_set("on in for where when except only about at")
_IS = lex.word_set("is was are were will would")
_BY_CONSENSUS = (("by", "consensus"), ("by", "unanimity"), ("unanimously",))


def requirements(line: Line, scene: Scene) -> None:
    """Propose the rule that a sentence states."""
    view = line.view
    if scene.office is None or any(view.word(i) in lex.CONDITIONS for i in range(view.size)):
        return
    if any(item.verb is not None and item.verb.negated for item in line.items):
        return
    if any(item.date is not None and item.date.lead in _OTHER_TIMES for item in line.items):
        return  # not the rule of today
    if any(noun.sort == "name" and line.low(i - 1) == "of" for i, noun in line.nouns() if i):
        return  # the rule of something else
    needs = [i for i in range(view.size) if view.word(i) in _NEEDS and not view.tokens[i].quoted]
    agreed = _all_must_agree(line, scene)
    if agreed is not None:
        _propose(line, scene, "approval-of-all", *agreed)
        return
    found = next(
        (reach for i in range(view.size) if (reach := _approval_of_all(view, i)) is not None), None
    )
    if found is not None and needs:
        number, first, end = found
        if not _for_the_choice(line, scene, first, end):
            return
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


def _for_the_choice(line: Line, scene: Scene, first: int, end: int) -> bool:
    """Whether the approval at tokens `first` to `end` is needed by a candidate, or for the choice:
    *any candidate needs …*, *the appointment requires …*, *… is needed (to become …)*.
    """
    view = line.view
    if view.word(end) in {"for", "to"} and purpose(view, end) <= end:
        return False
    needing = [c for c in line.clauses
               if c.verb.lemma in _NEEDING and line.items[c.at].first < first]  # fmt: skip
    if needing:
        clause = needing[-1]
        return _ours(clause.subject, line, scene, clause.subject_at)
    at = next((i for i in range(first - 1, -1, -1) if view.word(i) in _NEEDS), -1)
    if at >= 0:
        return view.word(at - 1) in _CHOSEN
    # "the approval of all is needed"
    return view.word(end) in _IS and not _for_something_else(view, end)


def _for_something_else(view: View, i: int) -> bool:
    words = [view.word(k) for k in range(i, min(i + 10, view.size))]
    return "for" in words and not _CHOSEN & set(words[words.index("for") :])


def _ours(noun: Noun, line: Line, scene: Scene, at: int) -> bool:
    if noun.sort in {"post", "contest"} or noun.head in lex.CHOICE_NOUNS | lex.BID_NOUNS:
        return True
    return bool(scene.candidate(noun, line, at))


def _agree_on_it(line: Line, scene: Scene, i: int) -> bool:
    """Whether what all must agree on at item `i` is the choice; nothing: what was spoken of."""
    i += line.low(i) in {"on", "to", "upon"}
    noun = line.noun(i)
    if noun is not None:
        return _ours(noun, line, scene, i) and not line.view.possessive(line.items[i].last)
    if i >= len(line.items) or line.kind(i) == "mark":
        near = [line, *(scene.lines[line.index - 1 : line.index] if line.index else ())]
        return any(_ours(n, back, scene, k) for back in near for k, n in back.nouns())
    words = [token.low for token in line.view.tokens[line.items[i].first :][:5]]
    return words[0] in {"a", "the", "any", "its", "one"} and bool(_CHOSEN & set(words))


def _all_must_agree(line: Line, scene: Scene) -> tuple[int, int, int] | None:
    """*all 12 members must agree (on the choice)*."""
    for i, noun in line.nouns():
        at = _must(line, i + 1)
        verb = line.verb(at)
        whole = noun.sort == "all" and not noun.other and not noun.excepted
        if whole and verb is not None and verb.lemma in _AGREES and not verb.negated:
            if not _agree_on_it(line, scene, at + 1):
                continue
            return noun.number, line.items[i].first, line.items[at].last
    return None


def _must(line: Line, i: int) -> int:
    """The item of what must be done: *must agree*, *have to agree*, *need to agree*; -1 if none."""
    verb = line.verb(i)
    if verb is None or verb.hedged:
        return -1
    if verb.tense == "modal" and line.low(i) == "must":
        return i
    if verb.control and verb.head == "need" and verb.tense == "present":
        return i
    has_to = verb.lemma == "have" and verb.tense == "present" and not verb.negated
    inner = line.verb(i + 1) if has_to else None
    return i + 1 if inner is not None and inner.tense == "infinitive" else -1


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
            part = view.word(at + 1 + len(words)) in _IN_PART
            if (
                does
                and not part
                and all(view.word(at + 1 + k) == word for k, word in enumerate(words))
            ):
                return line.items[i].first, at + 1 + len(words)
    return None


def _propose(line: Line, scene: Scene, requires: str, number: int, first: int, end: int) -> None:
    office = scene.office
    assert office is not None
    tokens = line.view.tokens
    span = scene.text_span(tokens[first].start, tokens[end - 1].end)
    scene.add("requirement", line, Rule, [span], matter=False, requires=requires, of=number,
              office=office.name, happened=scene.report, basis="report-date")  # fmt: skip
