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


def taken_back(scene: Scene) -> None:
    """Take back what a sentence told of stances, candidacies and decisions where the next one says
    that it is not so.
    """
    denied = {line.index - 1 for line in scene.lines if _denies(line)}
    for hit in [hit for hit in scene.hits if hit.line in denied]:
        if isinstance(hit.entry, Candidacy | Decision | Objection | Position | Tally):
            del scene.hits[hit]


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
