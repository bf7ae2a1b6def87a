"""The noun phrase at a token, whatever its sort."""

from __future__ import annotations

from dataclasses import replace

from nemcon.reading import lexicon as lex
from nemcon.reading.posts import contest_at, owned_at, post_at
from nemcon.reading.quantities import all_at, count_at, group_at, members_at, none_at
from nemcon.reading.rivals import rival_at
from nemcon.reading.titled import apposition, people_at, titled_at
from nemcon.reading.view import ADJECTIVE, ORGAN, Found, Noun, View

_PRONOUNS = lex.word_set("he she it they him her them")
_OWN = lex.word_set("his her")
_HOME = lex.word_set("country government nation")
ORGANS = lex.word_set(
    "council cabinet parliament assembly committee board commission government ministry"
)


def noun_at(view: View, i: int) -> Found | None:
    """What stands at token `i`, if it is a noun phrase that is known; the longest reading."""
    if not view.may_begin(i):
        return None
    word = view.word(i)
    if word in _OWN and view.word(i + 1) in _HOME and not view.possessive(i + 2):
        return Noun("own-state", words=view.text(i, i + 2)), i + 2
    title = view.title(i + 1) if word == "its" else None
    acts = title is not None and (
        title.kind in {"leading", "governing"} or title.words.lower() in lex.OFFICIALS
    )
    if title is not None and acts and not (view.capital(title.end) or view.possessive(title.end)):
        return Noun("own-state", words=view.text(i, title.end)), title.end
    if word in _PRONOUNS:
        owned = (rival_at(view, i) or owned_at(view, i)) if word == "her" else None
        return owned or (Noun("pronoun", words=word), i + 1)
    for reader in (
        all_at,
        none_at,
        count_at,
        _organ_at,
        rival_at,
        owned_at,
        contest_at,
        people_at,
        titled_at,
    ):
        found = reader(view, i)
        if found is not None:
            return found
    return _plain(view, i)


def _plain(view: View, i: int) -> Found | None:
    for reader in (
        _state_organ,
        _states_person,
        group_at,
        members_at,
        _person_at,
        post_at,
        _body_at,
        _org_word,
    ):
        found = reader(view, i)
        if found is not None:
            return found
    return _name_at(view, i)


def _states_person(view: View, i: int) -> Found | None:
    """*Northland's Ann Example*."""
    state = view.state(i)
    if state is None or not view.possessive(state[1] - 1) or state[1] >= view.size:
        return None
    found = view.people.at(view.tokens, state[1])
    known = view.people.get(found[0]) if found is not None else None
    if found is None or known is None or known.state not in {"", state[0]}:
        return None
    noun = Noun("person", id=found[0], state=state[0], words=view.text(i, found[1]))
    return apposition(view, replace(noun, acts=known.leads), found[1])


def _person_at(view: View, i: int) -> Found | None:
    at = i + (view.word(i) in lex.COURTESIES)
    found = view.people.at(view.tokens, at) if at < view.size else None
    if found is None:
        return _of_nation(view, i) or _compatriot(view, i)
    known = view.people.get(found[0])
    noun = Noun("person", id=found[0], state=known.state if known else "")
    noun = replace(noun, words=view.text(i, found[1]), acts=known is not None and known.leads)
    if view.word(found[1]) == "of" and (state := view.member(found[1] + 1)) is not None:
        return noun, state[1]
    return apposition(view, noun, found[1])


def _of_nation(view: View, i: int) -> Found | None:
    """*the Northlander Ann Example*, *Northlandic Ann Example*."""
    at = i + (view.word(i) == "the")
    nation = view.named(at, ADJECTIVE) if view.capital(at) else None
    end = nation[1] if nation is not None else at
    found = view.people.at(view.tokens, end) if at < end < view.size else None
    known = view.people.get(found[0]) if found is not None else None
    if nation is None or found is None or known is None:
        return None
    if known.state not in {"", nation[0].id} or view.possessive(found[1]):
        return None
    words = view.text(i, found[1])
    return Noun("person", id=found[0], state=nation[0].id, words=words), found[1]


def _compatriot(view: View, i: int) -> Found | None:
    """*the Dutchman*: an adjective of a State as a noun, to be resolved by the rules."""
    at = i + 1
    if view.word(i) != "the" or not view.capital(at):
        return None
    found = view.named(at, ADJECTIVE)
    if found is None or view.capital(found[1]):
        return None
    following = view.word(found[1])
    if following.isalpha() and not _ends_phrase(following):
        return None
    return Noun("compatriot", state=found[0].id, words=view.text(i, found[1])), found[1]


def _ends_phrase(word: str) -> bool:
    return (
        word in _FUNCTION
        or word in lex.PLAIN_ADVERBS
        or word in lex.BE
        or word in lex.HAVE
        or word in lex.MODALS
    )


_FUNCTION = lex.word_set(
    "for as to in on at by from with and but or who which that after before when while is has "
    "withdrew said told dropped of over against since"
)


def _organ_at(view: View, i: int) -> Found | None:
    at = i + (view.word(i) == "the")
    if not view.capital(at):
        return None
    found = view.named(at, ORGAN)
    if found is None:
        return None
    end = found[1]
    if view.word(end) == "of":
        end = max(end, view.body(end + 1)) if view.body(end + 1) > end + 1 else end
    return Noun("organ", id=found[0].id, words=view.text(i, end)), end


def _body_at(view: View, i: int) -> Found | None:
    end = view.body(i)
    if end == i:
        return None
    return Noun("body", id=view.names.body.name, words=view.text(i, end)), end


def _state_organ(view: View, i: int) -> Found | None:
    """*Northland's Supreme Council*: an organ of a State, capitalised, not its government."""
    at = i + (view.word(i) == "the")
    state = view.state(at)
    if state is None:
        return None
    end, seen = state[1], False
    while end < view.size and end - state[1] < 7:
        word = view.word(end)
        if word == "and" and view.member(end + 1) is not None:
            break
        if word in lex.ORG_WORDS:
            seen = True
        elif not view.capital(end) and not (word in {"of", "and", "for"} and view.capital(end + 1)):
            break
        end += 1
    if not seen or end == state[1]:
        return None
    words = view.text(state[1], end)
    return Noun("state-organ", state=state[0], head=words, words=view.text(i, end)), end


def _org_word(view: View, i: int) -> Found | None:
    """*the Council*: which one, the rules must know."""
    at = i + 1
    if view.word(i) != "the" or view.word(at) not in ORGANS or view.capital(at + 1):
        return None
    if view.word(at + 1) in {"of", "for"}:
        return None
    return Noun("organ-word", head=view.word(at), words=view.text(i, at + 1)), at + 1


def _name_at(view: View, i: int) -> Found | None:
    """A run of capitalised words that nobody knows."""
    start = i
    i += view.word(i) == "the"
    end = view.name(i)
    if end == i:
        return None
    return Noun("name", words=view.text(start, end)), end
