"""Persons and speakers: *President Ann Example*, *the government of A*, *two diplomats*."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nemcon.reading import lexicon as lex
from nemcon.reading.quantities import all_at, member_list
from nemcon.reading.view import METONYM, Found, Noun, Title, View

_MANY = lex.word_set("two three four five six several some many other various a an the one")
_DESCRIBED = lex.word_set(
    "senior unnamed anonymous european western eastern top foreign its their allied"
)


@dataclass(slots=True)
class Head:
    """What stands before and in a title, read word by word. `absent` is not yet in office."""

    start: int
    end: int = 0
    state: str = ""
    former: bool = False
    absent: bool = False
    foreign_words: str = ""
    title: Title | None = None

    @property
    def foreign(self) -> bool:
        """Whether words stand before the title that nobody knows."""
        return bool(self.foreign_words)


def titled_at(view: View, i: int) -> Found | None:
    """A phrase built on a title: with a name a person, without one whom it stands for."""
    head = head_at(view, i)
    if head is None or head.title is None:
        return None
    title, end = head.title, head.end
    if view.word(end) in {"designate", "elect", "-designate"}:
        head.absent, end = True, end + 1
    if view.word(end) == "of" and not head.state:
        end = of_state(view, head, end)
        if end < 0:
            return None
    named = _named(view, head, end)
    return named or _unnamed(view, head, title, end)


def head_at(view: View, i: int) -> Head | None:
    """The title at `i`: status, State or body, then its words; None at any other word."""
    if not view.may_begin(i):
        return None
    head = Head(i)
    at = view.the(i)
    for _ in range(8):
        word = view.word(at)
        if word.startswith(("ex-", "then-")):
            head.former = True
        if (title := view.title(at)) is not None and not _is_status(view, at):
            head.title, head.end = title, title.end
            spoken = view.title(title.end) if title.kind == "governing" else None
            if spoken is not None and spoken.words.lower().startswith("spokes"):
                head.title, head.end = spoken, spoken.end  # "the government spokesman"
            return head
        if word in lex.PAST_STATUS:
            head.former, at = True, at + 1
        elif word in lex.NOT_YET_STATUS:
            head.absent, at = True, at + 1
        elif word in lex.PRESENT_STATUS or word in {"'s", "his", "her"}:
            at += 1
        elif not head.state and (state := view.state(at)) is not None:
            head.state, at = state
        elif view.of_body(at) > at:
            at = view.of_body(at)
        elif not head.foreign and _adjective_unknown(view, at):
            end = view.name(at)
            end += view.possessive(end)
            head.foreign_words, at = view.text(at, end) + " ", end
        else:
            return None
    return None


def _adjective_unknown(view: View, i: int) -> bool:
    """Whether unknown capitalised words stand right before a title (*Elsewhere's President*)."""
    end = view.name(i)
    if not i < end <= i + 3:
        return False
    end += view.possessive(end)
    return view.title(end) is not None


def _is_status(view: View, i: int) -> bool:
    """*chief* in *chief diplomat* is no title yet; here only *late* and the like could be."""
    return view.word(i) in lex.PAST_STATUS


def of_state(view: View, head: Head, i: int) -> int:
    """Read *of Northland* after a title; -1 if it is a title in something else."""
    body = view.body(i + 1)
    if body > i + 1:
        return body
    states = member_list(view, i + 1)
    if states is None or len(states[0]) > 1 or view.possessive(states[1]):
        return -1  # "the leader of Northland's largest party"
    head.state = states[0][0]
    return states[1]


def _named(view: View, head: Head, i: int) -> Found | None:
    """The name after a title, with or without a comma; nobody is called *government*."""
    if head.title is not None and head.title.kind == "governing":
        return None
    comma = i + (view.word(i) == ",")
    at = comma
    if comma > i and (state := view.state(comma)) is not None:
        at = state[1]
    at += view.word(at) in lex.COURTESIES
    found = view.people.at(view.tokens, at) if at < view.size else None
    if found is None or (comma > i and not _closes(view, found[1])):
        return None
    if view.possessive(found[1]) and comma > i:
        return None
    state = view.member(found[1] + 1) if view.word(found[1]) == "of" else None
    if state is not None and comma == i and not head.state:
        head.state = state[0]
        return _person(view, head, found[0], i), state[1]
    end = found[1] + (comma > i and view.word(found[1]) == ",")
    return _person(view, head, found[0], i), end


def _closes(view: View, i: int) -> bool:
    return i >= view.size or view.word(i) in {",", ".", ")", ";"}


def _person(view: View, head: Head, person: str, end: int) -> Noun:
    title = head.title
    assert title is not None
    known = view.people.get(person)
    state = head.state or (known.state if known and not head.foreign else "")
    leading = title.kind in {"leading", "governing"} and not (
        head.former or head.absent or head.foreign
    )
    return Noun(
        "person",
        id=person,
        state=state,
        role=head.foreign_words + title.words,
        former=head.former,
        acts=leading and bool(state),
        words=view.text(head.start, end),
    )


def _unnamed(view: View, head: Head, title: Title, end: int) -> Found | None:
    words = view.text(head.start, end)
    if title.kind == "office" or head.foreign:
        return None
    if view.possessive(end) and title.kind != "governing":
        return None
    if title.kind in {"leading", "governing"} and not head.absent and not head.former:
        if view.capital(end) and not view.possessive(end):
            return None
        if view.word(head.start) in {"a", "an"}:
            return None  # one of several
        if head.state:
            noun = Noun("members", members=(head.state,), acts=True, words=words)
            return replace(noun, state=head.state, role=title.words), end
        if title.kind == "leading":
            return Noun("title", role=title.words, words=words), end
    return None


def people_at(view: View, i: int) -> Found | None:
    """*two diplomats*, *the alliance's diplomats*, *a Northlandic official*, *ambassadors of …*."""
    at, state, start = i, "", i
    for _ in range(6):
        word = view.word(at)
        if (title := view.title(at)) is not None and title.kind == "leading" and title.end > at + 1:
            return None  # "the foreign minister"
        if word in lex.PERSON_GROUPS and not view.possessive(at + 1):
            return _speakers(view, start, at, state)
        if word in _MANY or word in _DESCRIBED or word in lex.PRESENT_STATUS or word == "'s":
            at += 1
        elif not state and (found := view.state(at)) is not None:
            state, at = found
        elif view.of_body(at) > at:
            at = view.of_body(at)
        else:
            return None
    return None


def _speakers(view: View, start: int, at: int, state: str) -> Found | None:
    head, end = view.word(at), at + 1
    if view.capital(end) and view.word(end) not in lex.OPENERS:
        return None
    noun = Noun("people", head=head, state=state, words=view.text(start, end))
    if view.word(end) in {"of", "from"}:
        whole = all_at(view, end + 1)
        if whole is not None:
            words = view.text(start, whole[1])
            return replace(noun, of=whole[0].number, words=words), whole[1]
        body = view.body(end + 1)
        if body > end + 1:
            return noun, body
        number = view.number(end + 2) if view.word(end + 1) in {"the", "its"} else None
        if number is not None and view.word(number[1]) in lex.MEMBER_NOUNS:
            return replace(noun, of=number[0], words=view.text(start, number[1] + 1)), number[1] + 1
    if view.word(end) == "in" and not state:  # "an official in Seatown"
        at = end + 1 + (view.word(end + 1) == "the")
        town = view.named(at - 1, METONYM) or view.named(at, METONYM)
        place = town[1] if town is not None else view.name(at)
        return (replace(noun, words=view.text(start, place)), place) if place > at else (noun, end)
    return noun, end


def apposition(view: View, person: Noun, i: int) -> Found:
    """*…, the Northlandic president,* after a name: whose role, and the end with its comma."""
    if view.word(i) != ",":
        return person, i
    head = head_at(view, i + 1)
    if head is None or head.title is None or head.title.kind == "office":
        return person, i
    end = head.end
    if view.word(end) == "of" and not head.state:
        end = of_state(view, head, end)
    if end < 0 or not head.state or not _closes(view, end):
        return person, i
    named = _person(view, head, person.id, end)
    return replace(named, words=person.words), end + (view.word(end) == ",")
