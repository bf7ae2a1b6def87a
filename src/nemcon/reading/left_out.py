"""*All members back X. A does not.*: a sentence soon after may leave somebody out of all."""

from __future__ import annotations

from itertools import pairwise

from nemcon.entries import ALL, AnyEntry, Objection, Position, Reserve, Tally
from nemcon.reading import lexicon as lex
from nemcon.reading.line import Line
from nemcon.reading.scene import Scene

SOON = 2
"""How many sentences further on somebody may still be left out."""

_SOMEBODY = frozenset({"members", "none", "count", "group"})
_FIRST = lex.word_set("only but yet still not")
_HOLDING_OUT = lex.word_set(
    "except exception exceptions excepting bar barring save holdout holdouts hold-out hold-outs "
    "undecided uncommitted noncommittal non-committal unconvinced reluctant silent missing "
    "reservation reservations refuses refused refusing hesitates hesitating hesitant balks balked "
    "however though although cannot never lacking withholds withheld "
    "withholding resists resisting abstains abstaining disagrees"
)
_IN_TWO = {("yet", "to"), ("hold", "out"), ("holds", "out"), ("holding", "out"), ("held", "out"),
           ("holds", "back"), ("holding", "back"), ("but", "for"), ("apart", "from"),
           ("aside", "from"), ("not", "among"), ("missing", "from")}  # fmt: skip


def left_out(scene: Scene) -> None:
    """Take back what *all* members are told to hold where a sentence soon after seems to leave one
    of them out, and is not read for what that one holds: of how many it was meant cannot be told.
    """
    read = {hit.line for hit in scene.hits if _is_otherwise(hit.entry)}
    doubted = {
        before
        for line in scene.lines
        if line.index not in read and _leaves_out(line)
        for before in range(line.index - SOON, line.index)
    }
    for hit in [hit for hit in scene.hits if hit.line in doubted and _of_all(hit.entry)]:
        del scene.hits[hit]


def _is_otherwise(entry: AnyEntry) -> bool:
    """Whether an entry says that somebody does not support."""
    if isinstance(entry, Position):
        return entry.negated or entry.stance != "support"
    return isinstance(entry, Objection | Reserve)


def _of_all(entry: AnyEntry) -> bool:
    """Whether an entry speaks of every member."""
    if isinstance(entry, Tally):
        return any(count.number == entry.of for count in entry.counts)
    return isinstance(entry, Position) and ALL in entry.members


def _leaves_out(line: Line) -> bool:
    """Whether the sentence names somebody, and says or may say that they do not."""
    if not any(noun.sort in _SOMEBODY for _, noun in line.nouns()):
        return False
    words = [token.low for token in line.view.tokens if not token.quoted]
    return (
        bool(_FIRST & set(words[:1]))
        or any(word in _HOLDING_OUT for word in words)
        or any(pair in _IN_TWO for pair in pairwise(words))
        or any(item.verb is not None and item.verb.negated for item in line.items)
        or bool(lex.NOT & set(words))
    )
