"""*Bucharest backs X*: a capital stands for the government of its State only where it acts.

Not in *the Bucharest summit*, *in Bucharest*, *Bucharest's mayor*, *Bucharest police*: a town that
is a place, or part of another name, says nothing of what a government holds.
"""

from __future__ import annotations

from nemcon.reading import lexicon as lex
from nemcon.reading.dates import date_at
from nemcon.reading.verbs import forms, is_adverb
from nemcon.reading.view import METONYM, View

_PLACES = lex.word_set(
    "in at near outside inside to of for via through from between around across over toward into "
    "towards under above beyond a an the this that his her its their our my your greater central "
    "old downtown no any every each all mr mrs ms or nor not"
)
_GIVING = lex.SUPPORT_NOUNS | lex.word_set("objection objections opposition veto hesitation vote")
_MAY_FOLLOW = lex.BE | lex.HAVE | lex.DO | lex.MODALS | lex.TEMPORAL | lex.word_set(
    "and but who which for to as on in at by with or over against together along alongside during "
    "following amid despite whose yet not itself"
)  # fmt: skip


def metonym_at(view: View, i: int) -> tuple[str, int] | None:
    """The State whose capital acts or is asked to act at token `i`, and the end of the name."""
    if i >= view.size or not (view.capital(i) or view.word(i) == "the"):
        return None
    found = view.named(i, METONYM)
    if found is None or not _stands_alone(view, i, found[1]) or not _acts(view, i):
        return None
    return found[0].id, found[1]


def _stands_alone(view: View, first: int, end: int) -> bool:
    """Whether nothing follows that makes the town part of something else."""
    word = view.word(end)
    if view.possessive(end) or view.capital(end) or view.people.at(view.tokens, first) is not None:
        return False
    if end >= view.size or not word[0].isalnum() or word in _MAY_FOLLOW:
        return True
    if is_adverb(view.tokens[end]) or date_at(view.tokens, end) is not None:
        return True
    shape = forms().get(word, ("", ""))[1]
    return bool(shape) and (shape != "base" or view.word(first - 1) == "and")


def _acts(view: View, i: int) -> bool:
    """Whether what stands before does not make it a place, or a name of somebody."""
    before = view.word(i - 1) if i else ""
    if before in {"of", "from"}:
        return view.word(i - 2) in _GIVING
    if before in _PLACES:
        return False
    if before in {"and", ","} and i > 1:
        return _acts_too(view, i - 1 - (before == "and" and view.word(i - 2) == ","))
    dated = before in lex.MONTHS or before in lex.WEEKDAYS or before in lex.OPENERS
    return not (view.capital(i - 1) if i else False) or dated or before.endswith("ly")


def _acts_too(view: View, end: int) -> bool:
    """Whether the town before this one in a list, if there is one, acts as well."""
    for length in (1, 2):
        first = end - length
        found = view.named(first, METONYM) if first >= 0 else None
        if found is not None and found[1] == end:
            return _acts(view, first)
    return True
