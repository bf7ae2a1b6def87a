"""Members as a phrase names them: one by one, all, so many of so many, or some vague group."""

from __future__ import annotations

from dataclasses import replace

from nemcon.reading import lexicon as lex
from nemcon.reading.dates import date_at
from nemcon.reading.metonyms import metonym_at
from nemcon.reading.view import Found, Noun, View

_AT_LEAST = (("more", "than"), ("at", "least"), ("no", "fewer", "than"), ("no", "less", "than"))
_ABOUT = lex.word_set("about around roughly approximately nearly almost some circa")
_EXCEPT = (
    ("with", "the", "exception", "of"), ("apart", "from"), ("other", "than"), ("except", "for"),
    ("except",), ("but",), ("bar",), ("excluding",), ("save",),
)  # fmt: skip
_AMBIGUOUS = {("but",), ("save",), ("bar",)}
_EXCEPT_ANYWHERE: dict[str, list[tuple[str, ...]]] = {}
for _words in (*_EXCEPT, ("but", "not"), ("aside", "from"), ("save", "for")):
    if _words not in _AMBIGUOUS:
        _EXCEPT_ANYWHERE.setdefault(_words[0], []).append(_words)
_RESTRICTS = lex.word_set("in from with on at near that whose outside inside east west")
_PLURALS = lex.MEMBER_NOUNS - lex.ONE_MEMBER - {"governments", "capitals"}
_OF_VAGUE = lex.VAGUE_OF
_GROUP_LENGTH = 6


def members_at(view: View, i: int) -> Found | None:
    """*Northland*, *the governments of A and B*, *both A and B*, *A, B and C*."""
    start = i
    both = view.word(i) == "both"
    i += both
    for lead in (("the", "governments", "of"), ("the", "leaders", "of"), ("the", "prime",
                 "ministers", "of"), ("the", "presidents", "of")):  # fmt: skip
        if all(view.word(i + k) == word for k, word in enumerate(lead)):
            i += len(lead)
            break
    found = member_list(view, i)
    if found is None:
        return None
    members, end = found
    if (both or i > start + both) and len(members) < 2:
        return None
    if view.possessive(end) and len(members) > 1:
        return None
    together = _together_with(view, end)
    if together is not None:
        members, end = (*members, *together[0]), together[1]
    others = _and_others(view, end)
    noun = Noun("members", members=members, acts=True, words=view.text(start, others or end))
    return replace(noun, including=others > 0), others or end


_TOGETHER = (("together", "with"), ("along", "with"), ("as", "well", "as"), ("alongside",))


def _together_with(view: View, i: int) -> tuple[tuple[str, ...], int] | None:
    """The members of *…, together with A and B,* and its end."""
    comma = i + (view.word(i) == ",")
    words = next((words for words in _TOGETHER if _stands(view, comma, words)), None)
    found = member_list(view, comma + len(words)) if words else None
    if found is None or view.possessive(found[1]) or view.title(found[1]) is not None:
        return None
    if view.capital(found[1]):
        return None
    return found[0], found[1] + (comma > i and view.word(found[1]) == ",")


def _and_others(view: View, i: int) -> int:
    """The end of *and other members (of the body)*, *and others*: an open list; 0 if not so."""
    i += view.word(i) == ","
    if view.word(i) != "and" or view.word(i + 1) not in {"other", "others", "several", "many"}:
        return 0
    if view.word(i + 1) == "others":
        return i + 2
    at = i + 2 + (view.word(i + 2) == "other")
    end = _member_noun(view, at)
    return end if end is not None and not _restricted(view, end) else 0


def member_list(view: View, i: int) -> tuple[tuple[str, ...], int] | None:
    """States joined by commas and *and*; an *or* makes it no list."""
    first = view.member(i) or metonym_at(view, i)
    if first is None:
        return None
    members, end = [first[0]], first[1]
    while True:
        step = end
        if view.word(step) == ",":
            step += 1
        last = view.word(step) == "and"
        step += last
        if view.word(step) in {"also", "then", "finally", "later"} and last:
            step += 1
        more = (view.member(step) or metonym_at(view, step)) if step > end else None
        if more is None or view.possessive(more[1]) or view.title(more[1]) is not None:
            return tuple(dict.fromkeys(members)), end
        members.append(more[0])
        end = more[1]
        if last:
            return tuple(dict.fromkeys(members)), end


def all_at(view: View, i: int) -> Found | None:
    """*all 12 members*, *every other ally*, *the remaining 11 allies*, *the bloc's 12 members*."""
    start = i
    word = view.word(i)
    whole = word in {"all", "each", "every"}
    if whole:
        i += 1
        i += view.word(i) == "of"
    i += view.word(i) in {"the", "its"}
    other = view.word(i) in {"other", "remaining"}
    i += other
    if not whole and not other:
        return _body_members(view, start)
    number = view.number(i)
    i = number[1] if number else i
    if view.word(i) == "other":
        other, i = True, i + 1
    end = _member_noun(view, i)
    bare = end is None
    if end is None and number and whole and not other:
        end = i if not view.capital(i) and not view.word(i).isalpha() else None
        end = i if end is None and _verb_may_follow(view, i) else end
    if end is None or (not whole and not number and view.word(start) != "the"):
        return None
    found = _whole(view, start, end, number[0] if number else 0, other)
    return (replace(found[0], bare=bare), found[1]) if found else None


def none_at(view: View, i: int) -> Found | None:
    """*no member*, *none of the 12 members*: what is said is said of none of them."""
    start = i
    if view.word(i) not in {"no", "none"}:
        return None
    of = view.word(i) == "none"
    if of and view.word(i + 1) != "of":
        return None
    i += 2 if of else 1
    i += of and view.word(i) in {"the", "its"}
    number = view.number(i) if of else None
    end = _member_noun(view, number[1] if number else i)
    if end is None or _restricted(view, end):
        return None
    return Noun("none", number=number[0] if number else 0, words=view.text(start, end)), end


def _verb_may_follow(view: View, i: int) -> bool:
    return view.word(i) in {"now", "have", "had", "already", "are", "were", "back", "support"}


def _body_members(view: View, start: int) -> Found | None:
    """*the bloc's 12 members*: all of them, since the number is theirs."""
    i = view.of_body(start)
    if i == start or not view.possessive(i - 1):
        return None
    number = view.number(i)
    if number is None:
        return None
    end = _member_noun(view, number[1], possessed=True)
    return _whole(view, start, end, number[0], False) if end else None


def _whole(view: View, start: int, end: int, number: int, other: bool) -> Found | None:
    excepted, end = _excepted(view, end)
    if excepted is None or _restricted(view, end):
        return None
    noun = Noun("all", number=number, other=other, excepted=excepted, words=view.text(start, end))
    return noun, end


def _excepted(view: View, i: int) -> tuple[tuple[str, ...] | None, int]:
    """The members after *except*; None if something else than members is excepted."""
    comma = i + (view.word(i) == ",")
    words = next((words for words in _EXCEPT if _stands(view, comma, words)), None)
    if words is None:
        return (), i
    found = member_list(view, comma + len(words))
    if found is None:
        return ((), i) if words in _AMBIGUOUS else (None, i)
    return found[0], found[1] + (comma > i and view.word(found[1]) == ",")


def exceptions(view: View) -> tuple[str, ...] | None:
    """The members that a sentence excepts anywhere (*apart from A, all …*, *…, but not A*);
    None if it excepts what is not understood.
    """
    for i in range(view.size):
        for words in _EXCEPT_ANYWHERE.get(view.word(i), ()):
            if _stands(view, i, words) and not view.tokens[i].quoted:
                found = member_list(view, i + len(words))
                return found[0] if found is not None else None
    return ()


def _stands(view: View, i: int, words: tuple[str, ...]) -> bool:
    return all(view.word(i + k) == word for k, word in enumerate(words))


def _restricted(view: View, i: int) -> bool:
    """Whether the phrase goes on and narrows the members (*members in the east*)."""
    word = view.word(i)
    if word == "of":
        return view.body(i + 1) == i + 1
    return word in _RESTRICTS and date_at(view.tokens, i) is None


def _member_noun(view: View, i: int, *, possessed: bool = False) -> int | None:
    """The end of *members*, *Allies*, *member states of the body* at `i`; no word unknown."""
    at = i if possessed else _of_the_body(view, i)
    if view.word(at) in {"current", "existing"}:
        at += 1
    if view.word(at) == view.names.body.member_title.lower() or view.word(at) in lex.MEMBER_NOUNS:
        at += 1
        if view.word(at) in _PLURALS | lex.ONE_MEMBER and view.word(at - 1) in {"member", "allied"}:
            at += 1
    else:
        return None
    if view.word(at) == "of" and view.body(at + 1) > at + 1:
        return view.body(at + 1)
    return at


def _of_the_body(view: View, i: int) -> int:
    """Past *its*, the body's name, or *the alliance's*, before a noun for members."""
    if view.word(i) in {"its", "the"} and view.body(i) == i:
        return i + 1
    return view.of_body(i)


def count_at(view: View, i: int) -> Found | None:
    """*28 of the 32 members*, *over 20 allies*, *about 20 of 32*."""
    start = i
    bound, i = _bound(view, i)
    number = view.number(i)
    if number is None:
        return None
    counted, i = number
    whole = 0
    if view.word(i) == "of" or (view.word(i) == "out" and view.word(i + 1) == "of"):
        i += 2 if view.word(i) == "out" else 1
        i = _of_the_body(view, i)
        total = view.number(i)
        if total is None:
            return None
        whole, i = total
        end = _member_noun(view, i) or i
        if end == i and _names_others(view, i):
            return None
    else:
        noun = _member_noun(view, i)
        if noun is None:
            return None
        end = noun
        total = _of_so_many(view, noun)
        if total is not None and total[0] >= counted:
            whole, end = total
        # Who names no total does not say that the others did not.
        bound = "at-least" if bound == "exactly" and not whole else bound
    if _restricted(view, end) or (whole and counted > whole) or not counted:
        return None
    words, bare = view.text(start, end), end == i or _anybodys(view, start, end)
    if whole and counted == whole and bound == "exactly":
        return Noun("all", number=whole, words=words, bare=bare), end
    return Noun("count", number=counted, of=whole, bound=bound, words=words, bare=bare), end


def _of_so_many(view: View, i: int) -> tuple[int, int] | None:
    """*(six members) of seven*, *out of seven*: of how many, and its end."""
    i += view.word(i) == "out"
    if view.word(i) != "of":
        return None
    found = view.number(view.the(i + 1))
    return found if (found is not None and not view.word(found[1])[:1].isalpha()) or (
        found is not None and view.word(found[1]) in _GOES_ON) else None  # fmt: skip


def _anybodys(view: View, first: int, end: int) -> bool:
    """Whether nothing proves that the States counted are members (*six countries*)."""
    words = {view.word(i) for i in range(first, end)}
    ours = {"member", "members", "ally", "allies", view.names.body.member_title.lower()}
    named = any(view.of_body(i) > i for i in range(first, end))
    return not named and not words & (ours | {"its"})


def _names_others(view: View, i: int) -> bool:
    """Whether *20 of 32* goes on with a word that makes them somebody else's."""
    return view.capital(i) or view.word(i) in {"other", "more"} | _REGION_WORDS


def _bound(view: View, i: int) -> tuple[str, int]:
    for words in _AT_LEAST:
        if all(view.word(i + k) == word for k, word in enumerate(words)):
            return "at-least", i + len(words)
    if view.word(i) == "over":
        return "at-least", i + 1
    if view.word(i) in _ABOUT:
        return "about", i + 1
    if view.word(i) in {"only", "just", "exactly"}:
        return "exactly", i + 1
    return "exactly", i


def group_at(view: View, i: int) -> Found | None:
    """*some eastern members*, *key alliance members, including A and B*, *a number of allies*."""
    start = i
    plain = _plain_members(view, i)
    if plain is not None:
        return plain
    if view.word(i) == "a" and view.word(i + 1) in {*_OF_VAGUE, "few"}:
        i += 3 if view.word(i + 2) == "of" else 2
    elif view.word(i) in lex.VAGUE or view.word(i) in {"most"}:
        i += 1
    elif not _begins_bare_group(view, i + (view.word(i) == "the")):
        return None
    i += view.word(i) == "of"
    i += view.word(i) in {"the", "its"}
    for end in range(i, min(i + _GROUP_LENGTH, view.size)):
        word = view.word(end)
        if word in _PLURALS and not view.possessive(end + 1):
            end = _end_of_group(view, end)
            noun = Noun("group", words=view.text(start, end))
            return _with_members(view, noun, end)
        if not _in_group(view, end):
            return None
    return None


def _plain_members(view: View, i: int) -> Found | None:
    """*the allies*, *NATO members*: nobody says that it is all of them."""
    at = view.of_body(i)
    if at == i:
        at = i + (view.word(i) == "the")
    if view.word(at) not in {"allies", "members", view.names.body.member_title.lower()}:
        return None
    if (at == i and not view.capital(at)) or _restricted(view, at + 1) or view.capital(at + 1):
        return None
    noun = Noun("group", words=view.text(i, at + 1), head="members")
    return _with_members(view, noun, at + 1)


def _end_of_group(view: View, i: int) -> int:
    """Past *states* in *member states*, then *in eastern Europe* or *of the alliance*."""
    end = i + 1
    if view.word(end) in _PLURALS:
        end += 1
    if view.word(end) == "of" and view.body(end + 1) > end + 1:
        return view.body(end + 1)
    if view.word(end) in {"in", "from"}:
        step = end + 1 + (view.word(end + 1) == "the")
        while view.word(step) in _REGION_WORDS or (view.capital(step) and step < view.size):
            step += 1
        return step if step > end + 1 else end
    return end


_GOES_ON = lex.word_set("now back support oppose have had are were already still")
_REGION_WORDS = lex.word_set("eastern western northern southern central east west north south")
_GROUP_ADJECTIVES = _REGION_WORDS | lex.word_set(
    "key large larger largest small smaller big bigger biggest major leading influential powerful "
    "other member alliance allied founding important heavyweight newer newest older former"
)


def _begins_bare_group(view: View, i: int) -> bool:
    """Whether an adjective begins it: *large members*, *Eastern countries*, no abbreviation."""
    word = view.word(i)
    if view.capital(i) and word not in lex.OPENERS and view.body(i) == i:
        return not view.tokens[i].text.isupper() and view.state(i) is None
    return word in _GROUP_ADJECTIVES and word != "other"


def _in_group(view: View, i: int) -> bool:
    if view.word(i) in _GROUP_ADJECTIVES or view.word(i) in {"and", "of", "the"}:
        return True
    return view.capital(i) or view.body(i) > i or view.word(i).endswith(("ern", "ean"))


def _with_members(view: View, noun: Noun, end: int) -> Found:
    """*…, including A and B*: an open list of which these are named."""
    comma = end + (view.word(end) == ",")
    lead = view.word(comma)
    skip = 0
    if lead in {"including", "like"} or (lead == "among" and view.word(comma + 1) == "them"):
        skip = 2 if lead == "among" else 1
    elif lead == "such" and view.word(comma + 1) == "as":
        skip = 2
    found = member_list(view, comma + skip) if skip else None
    if found is None:
        return noun, end
    listed = Noun("members", members=found[0], including=True, acts=True, words=noun.words)
    return listed, found[1] + (comma > end and view.word(found[1]) == ",")
