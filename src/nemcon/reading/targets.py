"""The object of a stance: which candidate, and whether the sentence leaves it at that.

What follows the object must be understood: any other word may make it somebody else's plan, or
take back what was said.
"""

from __future__ import annotations

from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.posts import purpose
from nemcon.reading.predicates import past_adverbs
from nemcon.reading.scene import Scene

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
_IF_SO = lex.word_set("depending pending barring assuming supposing hoping awaiting")
_OR = lex.word_set("/ & + * † [")  # another name, or a note
_PAUSES = lex.word_set(", ( – — -")


def backed(line: Line, scene: Scene, i: int, besides: str = "") -> tuple[str, int] | None:
    """The candidate at item `i` as the object of a stance, and the item after it.

    None if it is somebody's else's plan, a candidate for something else, or more than one.
    """
    i = past_adverbs(line, i)
    noun = line.noun(i)
    if noun is None or (noun.sort == "owned" and noun.head not in lex.BID_NOUNS | lex.CHOICE_NOUNS):
        return None
    candidate = scene.candidate(noun, line, i, besides)
    if noun.sort == "pronoun" and scene.aside(candidate, line, i):
        return None
    end = after_purpose(line, past_adverbs(line, i + 1))
    if not candidate or end is None or not may_end(line, end):
        return None
    return candidate, end


def after_purpose(line: Line, i: int) -> int | None:
    """Past what the candidate is backed for; None if that is another office."""
    if i >= len(line.items) or line.low(i) not in _PURPOSE:
        return i
    end = purpose(line.view, line.items[i].first)
    if end < 0:
        return None
    return next(
        (k for k in range(i, len(line.items)) if line.items[k].first >= end), len(line.items)
    )


def may_end(line: Line, i: int) -> bool:
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
    if line.low(i) == "by" and line.low(i + 2) in {"votes", "vote"}:  # "by six votes to three"
        return line.low(i + 1) in lex.NUMBERS or line.low(i + 1).isdigit()
    return (line.kind(i) == "mark" and line.low(i) not in _OR) or line.low(i) in _MAY_FOLLOW


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
