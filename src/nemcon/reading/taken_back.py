"""*X withdrew. His office denied it.*: what the next sentence denies is not proposed."""

from __future__ import annotations

from itertools import pairwise

from nemcon.entries import Candidacy, Decision, Objection, Position, Tally
from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.scene import Scene

_DENIALS = lex.word_set(
    "deny denies denied denying refute refutes refuted rebut rebuts rebutted retract retracts "
    "retracted disavowed disowned recanted contradicted contradicts disputes disputed dismissed "
    "dismisses"
)
_IT = lex.word_set(
    "it this that claim claims report reports story rumour rumor assertion statement"
)
_WRONG = lex.word_set(
    "false untrue wrong incorrect inaccurate mistaken fake fabricated nonsense invented fiction "
    "unfounded baseless premature misquoted hoax lie joke satire"
)
_IT_IS = lex.word_set("that this it")
# Said of what was just told, these leave little of it.
_CORRECTING = lex.word_set(
    "correction corrections corrected erratum retraction error errors mistake kidding joking "
    "sorry oops apologies apologise apologize "
    "scratch misheard misread misquoted misspoke misreported misstated misunderstood"
)
_CORRECTS = lex.word_set("correction corrections corrected erratum clarification")
# The sentence before is only what somebody said, or no more so.
_HEARSAY = lex.word_set(
    "untrue otherwise unconfirmed rumour rumor rumoured rumored headline headlines"
)
_CONFIRMS = ("confirm", "verif", "substantiat")
_TURNED = lex.word_set("u-turn about-face backtracked backpedalled backpedaled reversed recanted")
_BUT_NO = lex.word_set("actually wait correction")
_NEGATED = lex.word_set("not no never nobody longer unable yet neither without")
_DENIED = lex.word_set("not longer never")
_NEAR = 3
"""How many sentences before it a correction may be about."""

_REMARK = 5
"""The longest sentence, in words, that may be a remark on the one before it and no more."""

# What a brief remark takes back, it takes back with one of these.
_DOUBTS = lex.word_set(
    "not no never hardly longer yesterday was were did had once until then so back changed really "
    "maybe perhaps almost scarcely only"
)
_UNDOES = ("annul", "nullif", "void", "overturn", "revok", "rescind", "quash", "revers", "invalid")


def taken_back(scene: Scene) -> None:
    """Take back what a sentence told of stances, candidacies and decisions where the next one says
    that it is not so, and decisions that are told to be undone.
    """
    read = {hit.line for hit in scene.hits}
    corrected = {
        before
        for line in scene.lines
        if _corrects(line)
        for before in range(line.index - _NEAR, line.index)
    }
    denied = {
        line.index - 1
        for line in scene.lines
        if _denies(line)
        or (line.index not in read and (_remarks(line, scene) or _is_hearsay(line)))
    }
    denied |= corrected | {line.index - 1 for line in scene.lines if _but_no(line)}
    undone = max((line.index for line in scene.lines if _undoes(line)), default=-1)
    for hit in list(scene.hits):
        told = isinstance(hit.entry, Candidacy | Decision | Objection | Position | Tally)
        annulled = isinstance(hit.entry, Decision) and hit.line <= undone
        if (told and hit.line in denied) or annulled:
            del scene.hits[hit]


def _corrects(line: Line) -> bool:
    """Whether the sentence says that something just told was wrong: which, is not always said."""
    words = [token.low for token in line.view.tokens if not token.quoted]
    brief = len(words) < 2 * _REMARK
    return bool(_CORRECTS & set(words[:2]) or (brief and _CORRECTING & set(words)))


def _undoes(line: Line) -> bool:
    """Whether the sentence tells that something decided was undone (*the vote was annulled*)."""
    words = [token.low for token in line.view.tokens if not token.quoted]
    decided = lex.CHOICE_NOUNS | {"decision", "vote", "ballot"}
    return bool(decided & set(words)) and any(word.startswith(_UNDOES) for word in words)


def _remarks(line: Line, scene: Scene) -> bool:
    """*Or does it?*, *Not really.*, *That was yesterday.*, *At least it did in March.*: a few words
    in the same paragraph that name nobody, and can only be about what was just said.
    """
    words = [token.low for token in line.view.tokens if token.is_word and not token.quoted]
    if words[:1] == ["or"] or words[:2] == ["at", "least"]:
        return True
    verbs = [item.verb for item in line.items if item.verb is not None]
    bare = all(verb.lemma in {"be", "have", "do", "?"} for verb in verbs)
    negated = bool(_DENIED & set(words)) or any(word.endswith("n't") for word in words)
    strong = bare and negated  # "since Tuesday it no longer does"
    longest = 2 * _REMARK if strong else _REMARK
    if not words or len(words) > longest or line.index == 0 or not _follows(line, scene):
        return False
    doubts = strong or bool(_DOUBTS & set(words))
    doubts = doubts or (len(words) < _REMARK and not any(item.verb for item in line.items))
    if lex.OBJECTING & set(words):
        return False  # "It has not withdrawn its objection."
    if not doubts or words[0] in lex.POSSESSIVES or any(t.quoted for t in line.view.tokens):
        return False
    return all(noun.sort == "pronoun" for _, noun in line.nouns())


def _but_no(line: Line) -> bool:
    """*Actually, it supports Y.*, *No, wait: …*: whatever it says, it is not what was just said."""
    words = [token.low for token in line.view.tokens if not token.quoted]
    return bool(words[:1] and words[0] in _BUT_NO) or words[:2] in (["no", ","], ["oh", "no"])


def _is_hearsay(line: Line) -> bool:
    """*But its president says otherwise.*, *No confirmation was available.*, *That is what X
    says.*, *On Tuesday it changed its mind.*, *It has since dropped her.*
    """
    words = [token.low for token in line.view.tokens if not token.quoted]
    if (_HEARSAY | _TURNED) & set(words) or words[:1] == ["not"]:
        return True
    doubts = bool(_NEGATED & set(words)) or any(word.endswith("n't") for word in words)
    others = any(noun.sort == "members" for _, noun in line.nouns())
    if doubts and not others and any(word.startswith(_CONFIRMS) for word in words):
        return True
    if ("the", "case") in pairwise(words) and doubts:
        return True
    if "mind" in words and any(word.startswith("chang") for word in words):
        return True
    head = words[0] if words else ""
    since = head in {"it", "they"} and "since" in words[1:4]
    return since or (head in _IT_IS and bool({"what", "how"} & set(words[2:4])))


def _follows(line: Line, scene: Scene) -> bool:
    """Whether the sentence goes on in the paragraph of the one before."""
    before, text = scene.lines[line.index - 1].piece.end, scene.document.words
    unmarked = line.view.tokens[0].start == line.piece.start
    return unmarked and "\n\n" not in text[before : line.piece.start]


def _denies(line: Line) -> bool:
    """Whether the sentence denies the one before: *X denied it*, *That is false*, *It has not.*"""
    words = [token.low for token in line.view.tokens if not token.quoted]
    if any(a in _DENIALS and ({b} | set(words[k + 2 : k + 4])) & _IT
           for k, (a, b) in enumerate(pairwise(words))):  # fmt: skip
        return True
    head = words[:1] and words[0] in _IT_IS
    if head and _WRONG & set(words[1:9]):
        return True
    if words[:2] in (["not", "true"], ["not", "so"], ["wrong", "."], ["false", "."]):
        return True
    return bool(head) and _only_not(line)


def _only_not(line: Line) -> bool:
    """*It has not.*, *That was not so.*: a denial and nothing else."""
    verb = line.verb(1)
    bare = verb is not None and verb.negated and verb.lemma in {"be", "have", "do", "?"}
    return bare and len(line.items) <= 4
