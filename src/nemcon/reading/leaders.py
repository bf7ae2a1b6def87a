"""Who leads a State, so that the surname alone stands for it: *Ms Example said she would back …*.

Only where the report itself makes it certain: it gives the office, gives it to nobody else, and
nowhere says or may say that it is of another time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from nemcon.reading import lexicon as lex
from nemcon.reading.people import People, Person
from nemcon.reading.verbs import forms
from nemcon.reading.view import View

_HEADS = lex.word_set(
    "president chancellor taoiseach prime-minister head-of-state head-of-government "
    "foreign-minister foreign-secretary minister-of-foreign-affairs minister-for-foreign-affairs"
)
# Beside a leader's name these may say that the leader has gone, or goes.
_GONE = lex.word_set(
    "resign resigns resigned resigning resignation retired retires retirement ousted toppled "
    "defeated lost stepped successor successors predecessor died death deputy"
)
_IN_TURN = lex.word_set("succeeded succeeds succeed replaced replaces replace followed")
_THEN = lex.word_set("now then once formerly until from until previously later also today")
_TIMES = lex.word_set("until till then ago once during when")


def mark_leaders(views: Sequence[View], people: People) -> None:
    """Set `leads` of whoever certainly acts for the State; asked once everybody is introduced."""
    able = {person.id: person for person in people if _holds_office(person)}
    shares = _shares(people) if able else Counter()
    able = {
        key: person
        for key, person in able.items()
        if all(shares[person.state, _plain(role.words)] == 1 for role in person.roles)
    }
    doubtful = {key for view in views if able for key in _doubtful(view, people, able)}
    for key, person in able.items():
        person.leads = key not in doubtful


def _holds_office(person: Person) -> bool:
    """Whether every role that the report gives is one of those who lead that State now."""
    return (
        bool(person.state)
        and not person.officer
        and any(role.state for role in person.roles)
        and all(
            role.leading
            and not role.former
            and role.state in {"", person.state}
            and _plain(role.words) in _HEADS
            for role in person.roles
        )
    )


def _plain(role: str) -> str:
    return lex.plain_role(role).replace(" ", "-")


def _shares(people: People) -> Counter[tuple[str, str]]:
    """How many persons the report gives each office of each State."""
    return Counter(
        (person.state, role)
        for person in people
        for role in {_plain(role.words) for role in person.roles}
    )


def _doubtful(view: View, people: People, able: dict[str, Person]) -> set[str]:
    """Who of them is named in the sentence in a way that leaves doubt."""
    words = {view.word(i) for i in range(view.size)}
    gone = bool(words & _GONE) or ("left", "office") in pairwise(map(view.word, range(view.size)))
    found: set[str] = set()
    end = 0
    for i in range(view.size):
        named = people.at(view.tokens, i) if i >= end and view.capital(i) else None
        if named is None or named[0] not in able:
            continue
        person, end = able[named[0]], named[1]
        if gone or _of_another(view, i, end) or _of_another_time(view, person, end):
            found.add(person.id)
    return found


def _of_another(view: View, i: int, end: int) -> bool:
    """Whether a surname follows a first name that nobody knows (*Bob Example*), or is followed by
    words that say what somebody else did.
    """
    if _IN_TURN & {view.word(k) for k in range(i - 4, i)}:
        return True
    before = i - 1
    if end - i > 1 or not view.capital(before) or view.word(before) in lex.COURTESIES:
        return False
    titled = any((t := view.title(k)) is not None and t.end == i for k in range(max(0, i - 4), i))
    word = view.word(before)
    opens = before == 0 and (word in lex.OPENERS or word in forms() or word.endswith("ly"))
    return not titled and not opens


def _of_another_time(view: View, person: Person, end: int) -> bool:
    """Whether the office may be of another time: *…, who was …*, *… from 2020 to 2029*."""
    at = end + (view.word(end) == ",")
    if view.word(at) == "who" or (at > end and view.word(at) in _THEN):
        return True
    if view.possessive(end) and view.word(end + 1) in lex.TERM_NOUNS:
        return True
    first, last = view.tokens[0].start, view.tokens[-1].end
    if not any(first <= role.start < last for role in person.roles):
        return False
    return any(
        (view.word(i).isdigit() and len(view.word(i)) == 4 and view.word(i - 1) != "since")
        or view.word(i) in _TIMES
        or (view.word(i) == "time" and view.word(i - 1) == "the")
        for i in range(view.size)
    )
