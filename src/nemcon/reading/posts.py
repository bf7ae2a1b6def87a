"""The office and what is about it: the job, the race, a candidacy, what one is backed for."""

from __future__ import annotations

from nemcon.entries import Office
from nemcon.reading import lexicon as lex
from nemcon.reading.dates import date_at
from nemcon.reading.verbs import forms
from nemcon.reading.view import OFFICE, Found, Noun, View

_HEADS = lex.word_set("leader chief head boss leadership helm secretary-general")
_BEFORE = lex.word_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "next new top leadership highest political civilian own key coveted new future 's"
)
_NOT_OURS = lex.word_set("deputy assistant vice under associate former ex un acting")
_STEPS = {
    **dict.fromkeys(("become", "be", "serve", "assume", "fill"), "post"),
    **dict.fromkeys(("lead", "head", "run"), "body"),
    **dict.fromkeys(("succeed", "replace", "follow"), "holder"),
}
_AFTER_BODY = lex.TEMPORAL | lex.word_set(
    "and or but nor in on at by for from with without into through during until amid despite to as "
    "of than again next instead who which that if unless either too also alone itself between"
)
_AFTER_OFFICE = (
    lex.CONTEST_NOUNS
    | lex.PLAIN_ADVERBS
    | lex.word_set(
        "elect designate succession selection leadership he she it they yet not never when"
    )
)
_OWNED = lex.BID_NOUNS | lex.CHOICE_NOUNS | lex.TERM_NOUNS | {"decision", "withdrawal", "successor"}


def main_office(view: View) -> Office | None:
    """The office that *the leadership* can only mean: the pack has one office."""
    return view.names.offices[0] if len(view.names.offices) == 1 else None


def post_at(view: View, i: int) -> Found | None:
    """*the next secretary general of the body*, *NATO's top job*, *the post*; nobody else's."""
    start = i
    named = _office(view, i)
    if named is not None and view.word(i - 1) not in _NOT_OURS and not _foreign(view, i - 1, i):
        return _of_ours(view, named[0], start, _post_noun(view, named[1]))
    if view.of_body(i) == i:
        i = view.the(i)
        i += view.word(i) in {"its", "their", "this"}
    first, i = i, view.of_body(i)
    while (
        (view.word(i) in _BEFORE or _ordinal(view.word(i)))
        and not _office(view, i)
        and (view.word(i) not in _HEADS or view.word(i + 1) in _BEFORE | lex.POST_NOUNS)
    ):
        first, i = i + 1, view.of_body(i + 1)
    if i >= view.size or view.word(start - 1) in _NOT_OURS or _foreign(view, i - 1, start):
        return None
    found = _office(view, i)
    if found is not None:
        end = _post_noun(view, found[1])
        return _of_ours(view, found[0], start, end)
    if view.word(i) in lex.POST_NOUNS:
        return _bare_post(view, start, i + 1)
    office = main_office(view)
    if office is not None and view.word(i) in _HEADS and (i > first or _is_of_body(view, start, i)):
        end = view.body(i + 2) if view.word(i + 1) == "of" else i + 1
        return Noun("post", id=office.name, words=view.text(start, end)), _post_noun(view, end)
    return None


def _ordinal(word: str) -> bool:
    return word[:1].isdigit() and word.endswith(("st", "nd", "rd", "th"))


def _office(view: View, i: int) -> tuple[str, int] | None:
    """The office named at `i`, past the body's short name in brackets."""
    found = view.named(i, OFFICE)
    return (found[0].id, view.past_abbreviation(found[1])) if found else None


def _foreign(view: View, i: int, start: int) -> bool:
    """Whether an unknown name stands right before the office (*UN secretary general*)."""
    if i >= start or not view.capital(i):
        return False
    token = view.tokens[i]
    return token.text.isupper() and view.people.at(view.tokens, i) is None


def _post_noun(view: View, i: int) -> int:
    """Past *position* in *the secretary general position*."""
    return i + (view.word(i) in lex.POST_NOUNS or view.word(i) == "role")


def _of_ours(view: View, office: str, start: int, end: int) -> Found | None:
    """Past *of the body*; None where it is the office of something else."""
    if view.word(end) == "of":
        body = view.body(end + 1)
        if body == end + 1:
            return None
        end = body
    if view.word(end) == "for" and view.capital(end + 1) and not _a_person(view, end + 1):
        return None
    if view.word(end) == "at" and view.body(end + 1) > end + 1:
        end = view.body(end + 1)
    if not _whole_name(view, end):
        return None
    return Noun("post", id=office, words=view.text(start, end)), end


def _whole_name(view: View, i: int) -> bool:
    """Whether the office is named by itself: not *the chair's adviser*, *the chair award*."""
    word = view.word(i)
    if view.possessive(i):
        return False
    known = word in forms() or word in lex.BE | lex.HAVE | lex.MODALS | lex.DO or _itself(view, i)
    return known or view.capital(i) or word.endswith(("ly", "ed", "n't")) or word in _AFTER_OFFICE


def _a_person(view: View, i: int) -> bool:
    """Whether a person is named at `i` (*the post of secretary general for Ann Example*)."""
    return view.people.at(view.tokens, i) is not None or view.is_person_name(i, view.name(i))


def _bare_post(view: View, start: int, end: int) -> Found | None:
    """*the job*; *the post of secretary general*, but not the post of something else."""
    if view.word(end) in {"of", "as"}:
        inner = post_at(view, end + 1)
        if inner is None or not inner[0].id:
            return None
        return Noun("post", id=inner[0].id, words=view.text(start, inner[1])), inner[1]
    if view.word(end) in {"in", "at", "with"} and view.body(end + 1) > end + 1:
        end = view.body(end + 1)
    elif _elsewhere(view, end):
        return None
    if view.word(start) not in {"the", "its", "this"} and view.of_body(start) == start:
        return None
    if not _whole_name(view, end):
        return None
    return Noun("post", words=view.text(start, end)), end


def _elsewhere(view: View, i: int) -> bool:
    """Whether the post goes on as one in some other place or thing (*the job at X*)."""
    joined = view.word(i) in {"in", "at", "with", "on", "for"} and view.capital(i + 1)
    return joined and date_at(view.tokens, i) is None


def _is_of_body(view: View, start: int, i: int) -> bool:
    """Whether the body is named before or after a word like *leader*."""
    if view.word(i + 1) == "of":
        return view.body(i + 2) > i + 2
    at = view.the(start)
    return view.of_body(start) > start or view.of_body(at) > at or view.word(at) == "its"


def contest_at(view: View, i: int) -> Found | None:
    """*the race*, *the dispute for leadership of the body*, *the contest to succeed X*."""
    start = i
    if view.word(i) not in {"the", "this", "his", "her", "contention"}:
        return None
    i += view.word(i) != "contention"
    if view.word(i) not in lex.CONTEST_NOUNS:
        inner = post_at(view, i)
        i = inner[1] if inner is not None else view.of_body(i)
        while view.word(i) in {"leadership", "succession", "selection", "'s", "top"}:
            i += 1
    if view.word(i) not in lex.CONTEST_NOUNS:
        return None
    end = _complement(view, i + 1)
    return (Noun("contest", words=view.text(start, end)), end) if end else None


def _complement(view: View, i: int) -> int | None:
    """The end of what a race is for, `i` if nothing is said, None if it is for another office."""
    if view.word(i) in {"for", "to"}:
        end = purpose(view, i)
        return end if end > i else None
    other = view.word(i) in {"of", "in", "on", "with", "against", "over"}
    return None if other and date_at(view.tokens, i) is None else i


def owned_at(view: View, i: int) -> Found | None:
    """*X's candidacy*, *his bid to lead the body*, *the appointment of X*."""
    if view.word(i) == "the" and view.word(i + 1) in _OWNED and view.word(i + 2) == "of":
        owner = _owner(view, i + 3)
        return _owned(view, i, owner, view.word(i + 1)) if owner is not None else None
    if view.word(i) in {"his", "her"}:
        return _headed(view, i, "", i + 1)
    owner = _owner(view, i)
    if owner is None or not view.possessive(owner[1]):
        return None
    return _headed(view, i, owner[0], owner[1] + 1)


def _owner(view: View, i: int) -> tuple[str, int] | None:
    """The person named at `i`, past a State and a title that may stand before the name."""
    from nemcon.reading.titled import titled_at  # the two kinds of phrase nest in each other

    if i >= view.size:
        return None
    at = i + (view.word(i) in lex.COURTESIES)
    found = view.people.at(view.tokens, at) if at < view.size else None
    if found is not None:
        home = view.member(found[1] + 1) if view.word(found[1]) == "of" else None
        known = view.people.get(found[0])
        ours = home is not None and known is not None and known.state == home[0]
        return (found[0], home[1]) if home is not None and ours else found
    state = view.state(i)
    if state is not None and view.possessive(state[1] - 1) and state[1] < view.size:
        found = view.people.at(view.tokens, state[1])
        if found is not None:
            return found
    titled = titled_at(view, i)
    if titled is not None and titled[0].sort == "person":
        return titled[0].id, titled[1]
    return _by_role(view, i)


def _by_role(view: View, i: int) -> tuple[str, int] | None:
    """*the Northlandic president('s candidacy)*: whoever alone is called so in the report."""
    from nemcon.reading.titled import head_at

    if view.word(i) != "the" and view.state(i) is None:
        return None
    head = head_at(view, i)
    if head is None or head.title is None or head.title.kind != "leading" or not head.state:
        return None
    if head.former or head.absent or head.foreign or not view.possessive(head.end):
        return None
    words = lex.plain_role(head.title.words)
    named = {
        person.id
        for person in view.people
        for role in person.roles
        if role.state == head.state and not role.former and lex.plain_role(role.words) == words
    }
    return (named.pop(), head.end) if len(named) == 1 else None


def _headed(view: View, start: int, owner: str, i: int) -> Found | None:
    while view.word(i) in lex.STANDING or view.word(i) in {"leadership", "formal", "own"}:
        i += 1
    i = view.of_body(i)
    if view.word(i) not in _OWNED:
        return None
    return _owned(view, start, (owner, i + 1), view.word(i))


def _owned(view: View, start: int, owner: tuple[str, int], head: str) -> Found | None:
    person, end = owner
    if head in lex.BID_NOUNS or head in lex.CHOICE_NOUNS:
        step = _bid_complement(view, end)
        if step is None:
            return None
        end = step
    return Noun("owned", id=person, head=head, words=view.text(start, end)), end


def _bid_complement(view: View, i: int) -> int | None:
    """What a candidacy is for; None if it is for something else, or unclear."""
    if view.word(i) in {"for", "to", "as"}:
        end = purpose(view, i)
        return end if end > i else None
    if view.word(i) == "of":
        return None
    elsewhere = view.word(i) in {"in", "with"} and view.capital(i + 1)
    return None if elsewhere and date_at(view.tokens, i) is None else i


def purpose(view: View, i: int) -> int:
    """The end of *for the post*, *as the next …*, *to succeed X*; `i` if nothing of the kind
    begins here, -1 if it is for another office or not understood.
    """
    word = view.word(i)
    if word == "for":
        found = post_at(view, i + 1) or contest_at(view, i + 1)
        return found[1] if found else -1
    if word == "as":
        return _as_what(view, i + 1)
    if word == "to":
        return _to_do(view, i + 1)
    if word == "in" and view.word(i + 1) == "succession" and view.word(i + 2) == "to":
        owner = _owner(view, i + 3)
        return owner[1] if owner is not None else -1
    if word in {"in", "out"}:
        found = contest_at(view, i + 1)
        return found[1] if found else -1
    if word in {"over", "against"}:
        owner = _owner(view, i + 1)
        return owner[1] if owner is not None and not view.possessive(owner[1]) else -1
    return i


def _as_what(view: View, i: int) -> int:
    found = post_at(view, i)
    if found is not None and not view.possessive(found[1]):
        return found[1]
    at = view.the(i)
    at += view.word(at) in {"its", "their", "his", "her"}
    at += view.word(at) in {"only", "sole", "lone"}
    if view.word(at) in {"candidate", "successor", "replacement"}:
        if view.word(at + 1) == "for":
            return purpose(view, at + 1)
        if view.word(at + 1) == "to":
            owner = _owner(view, at + 2)
            return owner[1] if owner else -1
        return at + 1
    owner = _owner(view, i)
    if owner is not None and view.possessive(owner[1]) and view.word(owner[1] + 1) == "successor":
        return owner[1] + 2
    return -1


def _to_do(view: View, i: int) -> int:
    step = _STEPS.get(view.word(i), "")
    i += 1
    if view.word(i - 1) == "take" and view.word(i) == "over":
        return _take_over(view, i + 1)
    if step == "post":
        i += view.word(i) == "as"
        found = post_at(view, i)
        named = found is not None and (found[0].id or view.word(i) != "a")
        return found[1] if found is not None and named else -1
    if step == "body":
        end = view.body(i)
        return end if end > i and _itself(view, end) else -1
    if step == "holder":
        owner = _owner(view, i)
        if owner is None and view.word(i) in {"him", "her"}:
            owner = "", i + 1
        if owner is None or view.possessive(owner[1]):
            return -1
        return purpose(view, owner[1]) if view.word(owner[1]) == "as" else owner[1]
    return -1


def _itself(view: View, i: int) -> bool:
    """Whether the body is named alone: not *the body's panel*, *the body mission*."""
    word = view.word(i)
    if view.possessive(i):
        return False
    if not word[:1].isalpha() or word in _AFTER_BODY or date_at(view.tokens, i) is not None:
        return True
    if word in lex.BE | lex.HAVE | lex.MODALS:
        return True
    return not view.capital(i) and forms().get(word, ("", ""))[1] in {"past", "ed"}


def _take_over(view: View, i: int) -> int:
    """*take over from X as …*, *take over the post*, *take over the helm of the body*."""
    if view.word(i) == "from":
        owner = _owner(view, i + 1)
        if owner is None or view.possessive(owner[1]):
            return -1
        return purpose(view, owner[1]) if view.word(owner[1]) == "as" else owner[1]
    i += view.word(i) in {"as", "at"}
    found = post_at(view, i)
    return found[1] if found else -1
