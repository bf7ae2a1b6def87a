"""A sentence as a row of phrases: nouns, verb groups, dates, quotations, single words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nemcon.reading.dates import Written, date_at
from nemcon.reading.lexicon import (
    ADVERBIALS,
    NOT_ADVERBS,
    STANDING,
    SUPPORT_NOUNS,
    TERM_NOUNS,
    word_set,
)
from nemcon.reading.nouns import noun_at
from nemcon.reading.verbs import Verb, is_adverb, noun_too, verb_at
from nemcon.reading.view import Noun, View

_BEFORE_NOUN = STANDING | word_set(
    "the a an its their his her of for no any this that some more in"
)
_AFTER_SUBJECT = word_set("who which and but that then ) , itself himself herself themselves")
_NOW = word_set("is are be")
_NOUN_FOLLOWS = word_set("for of from")


@dataclass(frozen=True, slots=True)
class Item:
    """A phrase over the tokens `first` to `last` (not included)."""

    kind: str
    low: str
    first: int
    last: int
    noun: Noun | None = None
    verb: Verb | None = None
    date: Written | None = None


def items_of(view: View) -> list[Item]:
    """The phrases of a sentence, from left to right; every token lies in exactly one."""
    out: list[Item] = []
    i = 0
    while i < view.size:
        item = _quote(view, i) or _adverbial(view, i) or _date(view, i) or _noun(view, i)
        item = item or _verb(view, i, out) or _single(view, i)
        out.append(item)
        i = item.last
    return _composed(view, out)


def _composed(view: View, items: list[Item]) -> list[Item]:
    """*was on Friday appointed*, *has since March backed*: one verb, with the date before it."""
    out: list[Item] = []
    for item in items:
        out.append(item)
        if item.verb is None or len(out) < 3 or out[-2].date is None or out[-3].verb is None:
            continue
        first = out[-3]
        if first.verb is None or first.verb.lemma not in {"be", "have"}:
            continue
        if view.word(first.last - 1) == "since" or view.word(first.first) in _NOW:
            continue
        tokens = (*view.tokens[first.first : first.last], *view.tokens[item.first : item.last])
        found = verb_at(tokens, 0)
        plain = found is not None and found[1] == len(tokens) and first.verb.tense != "part"
        if found is not None and plain and found[0].lemma == item.verb.lemma:
            out[-3:] = [out[-2], Item("verb", first.low, first.first, item.last, verb=found[0])]
    return out


def _quote(view: View, i: int) -> Item | None:
    end = i
    while end < view.size and view.tokens[end].quoted:
        end += 1
    return Item("quote", "", i, end) if end > i else None


def _adverbial(view: View, i: int) -> Item | None:
    """A fixed phrase that does the work of an adverb (*in the end*)."""
    for words, meaning in ADVERBIALS.get(view.word(i), ()):
        if all(view.word(i + k) == word for k, word in enumerate(words)):
            return Item("adverb", meaning, i, i + len(words))
    return None


def _date(view: View, i: int) -> Item | None:
    token = view.tokens[i]
    if token.low == "may" and not token.capital:
        return None
    if view.first_name(i):
        return None
    found = date_at(view.tokens, i)
    return Item("date", token.low, i, found[1], date=found[0]) if found else None


def _noun(view: View, i: int) -> Item | None:
    found = noun_at(view, i)
    if found is None or found[1] <= i or any(t.quoted for t in view.tokens[i : found[1]]):
        return None
    return Item("noun", view.word(i), i, found[1], noun=found[0])


def _verb(view: View, i: int, before: Sequence[Item]) -> Item | None:
    found = verb_at(view.tokens, i)
    if found is None or any(token.quoted for token in view.tokens[i : found[1]]):
        return None
    verb, end = found
    if _is_noun(view, i, end, before):
        return None
    return Item("verb", view.word(i), i, end, verb=verb)


def _is_noun(view: View, i: int, end: int, before: Sequence[Item]) -> bool:
    """Whether a single form (*support*, *backing*) is the noun here."""
    at = i
    while at < end - 1 and is_adverb(view.tokens[at]):
        at += 1
    word = view.word(at)
    if end - at > 1 or not noun_too(word):
        return False
    if view.word(i - 1) in _BEFORE_NOUN or view.possessive(i - 1):
        return True
    if word in SUPPORT_NOUNS and view.word(end) in _NOUN_FOLLOWS:
        return True
    if view.word(i - 1) in TERM_NOUNS | {"office"} and word in {"ends", "end", "runs"}:
        return False
    return not (
        before and (before[-1].kind in {"noun", "date"} or before[-1].low in _AFTER_SUBJECT)
    )


def _single(view: View, i: int) -> Item:
    token = view.tokens[i]
    first = i == 0 and token.low.endswith("ly") and token.low not in NOT_ADVERBS
    if (is_adverb(token) and token.low != "since") or first:
        return Item("adverb", token.low, i, i + 1)
    kind = "word" if token.is_word or token.text[0].isdigit() or token.low == "'s" else "mark"
    return Item(kind, token.low, i, i + 1)
