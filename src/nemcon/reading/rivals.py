"""A person named after the part that he or she has: *X's only rival Y*, *A's candidate, Y,*."""

from __future__ import annotations

from dataclasses import replace

from nemcon.reading import lexicon as lex
from nemcon.reading.posts import purpose
from nemcon.reading.titled import titled_at
from nemcon.reading.view import Found, Noun, View

_WHICH = lex.word_set(
    "last only sole main chief other remaining fellow own official rival leading lone"
)


def rival_at(view: View, i: int) -> Found | None:
    """*Ann Example's rival Bob Sample*, *the other candidate, Bob Sample,*, *Northland's candidate
    for the post, Ann Example,*: the person who is named last.
    """
    at = _whose(view, i)
    if at < 0:
        return None
    while view.word(at) in _WHICH and view.word(at + 1) in _WHICH | lex.RIVALS:
        at += 1
    if view.word(at) not in lex.RIVALS:
        return None
    at += 1
    if view.word(at) in {"for", "to"}:
        at = purpose(view, at)
        if at < 0:
            return None
    comma = view.word(at) == ","
    at += comma
    at += view.word(at) in lex.COURTESIES
    found = view.people.at(view.tokens, at) if at < view.size else None
    if found is None and comma:  # "his only rival, President Example,"
        titled = titled_at(view, at)
        found = (titled[0].id, titled[1]) if titled and titled[0].sort == "person" else None
    if found is None or view.possessive(found[1]):
        return None
    home = view.member(found[1] + 1) if comma and view.word(found[1]) == "of" else None
    found = (found[0], home[1]) if home is not None else found
    if comma and view.word(found[1]) not in {",", ".", ")", ";", ""}:
        return None
    known = view.people.get(found[0])
    end = found[1] + (comma and view.word(found[1]) == ",")
    noun = Noun("person", id=found[0], state=known.state if known else "", head="rival")
    return replace(noun, words=view.text(i, found[1])), end


def _whose(view: View, i: int) -> int:
    """Past *the*, *his*, *X's* or *Northland's* at `i`; -1 if none of them stands there."""
    if view.word(i) in {"the", "his", "her", "their", "its"}:
        state = view.state(i + 1)
        return state[1] if state is not None else i + 1
    if not view.capital(i):
        return -1
    found = view.people.at(view.tokens, i)
    if found is not None and view.possessive(found[1]):
        return found[1] + 1
    state = view.state(i)
    return state[1] if state is not None else -1
