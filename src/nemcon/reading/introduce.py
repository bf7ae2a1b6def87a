"""Who is named in a report: persons with a title, persons of a State, names in a telling place.

*Northlandic President Ann Example*, *Ann Example, the president of Northland*, *Ann Example of
Northland*, *Northland's Ann Example*, and names that can only be persons because of what is said
of them (*succeed Ann Example*, *Ann Example's candidacy*).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nemcon.reading import lexicon as lex
from nemcon.reading.fields import listed, paired
from nemcon.reading.names import Names, surname
from nemcon.reading.people import People, Person, Role
from nemcon.reading.posts import contest_at, post_at, purpose
from nemcon.reading.titled import Head, head_at, of_state
from nemcon.reading.verbs import forms, verb_at
from nemcon.reading.view import View

_CHOOSING = lex.word_set(
    "appoint select choose name elect nominate back support endorse favour favor oppose propose "
    "tap pick succeed replace designate prefer"
)
_RUNNING = lex.word_set("withdraw run drop quit bow pull become succeed replace")
_DECLARING = lex.word_set("declare announce launch submit confirm present end suspend give")
_RECEIVING = lex.word_set("have receive win secure gain get enjoy obtain earn")
_OWNED = (
    {"supporters", "backers"}
    | lex.BID_NOUNS
    | lex.CHOICE_NOUNS
    | lex.TERM_NOUNS
    | {"withdrawal", "successor"}
)
_CLOSERS = frozenset({",", ".", ")", ";", ""})


def known_people(names: Names) -> People:
    """The persons of the pack, by their titles and aliases."""
    people = People()
    for party in names.parties:
        if party.sort == "person":
            people.know(Person(party.name, party.title, party.of), party.aliases)
    return people


def introduce(views: Sequence[View], people: People) -> None:
    """Add to `people` everybody whom the sentences introduce."""
    for view in views:
        _full_names(view, people)
        i = 0
        while i < view.size:
            i = max(_titled(view, people, i), _named(view, people, i), i + 1)


def introduce_by_place(views: Sequence[View], people: People) -> None:
    """Add the unknown full names that stand where only a person can stand."""
    for view in views:
        i, firsts = 0, {first for first, _ in (*listed(view), *paired(view))}
        while i < view.size:
            end = view.name(i)
            unknown = end > i and people.at(view.tokens, i) is None
            here = i in firsts or _place_of_person(view, i, end)
            if unknown and view.is_person_name(i, end) and here:
                _seen(people.add(view.text(i, end)), view, i, end)
            i = max(end, i + 1)


def _full_names(view: View, people: People) -> None:
    """Whoever is named in full may be called by the surname from then on."""
    for i in range(view.size):
        found = people.at(view.tokens, i) if view.capital(i) else None
        if found is None or found[1] - i < 2:
            continue
        person = people.get(found[0])
        if person is not None and view.text(i, found[1]) == person.title:
            people.add(person.title, person.id)
            _seen(person, view, i, found[1])


def _titled(view: View, people: People, i: int) -> int:
    """A title with a name after it; the end of the phrase, or `i`."""
    head = head_at(view, i)
    if head is None or head.title is None or head.title.kind == "governing":
        return i
    end = head.end
    if view.word(end) in {"designate", "elect"}:
        head.absent, end = True, end + 1
    if view.word(end) == "of":
        end = of_state(view, head, end)
        if end < 0:
            return i
    comma = end + (view.word(end) == ",")
    comma += view.word(comma) in lex.COURTESIES
    last = _name_end(view, people, comma)
    if last == comma or (comma > end and view.word(last) not in _CLOSERS):
        return i
    if comma > end and last - comma < 2 and people.at(view.tokens, comma) is None:
        return i
    state = view.member(last + 1) if view.word(last) == "of" and not head.state else None
    head.state = state[0] if state is not None else head.state
    _give_role(people.add(view.text(comma, last), _id(view, people, comma)), view, head, last)
    return last


def _name_end(view: View, people: People, i: int) -> int:
    found = people.at(view.tokens, i) if i < view.size else None
    end = max(found[1] if found else i, view.name(i))
    if lex.ORG_WORDS & {view.word(k) for k in range(i, end)}:
        return i
    return end


def _id(view: View, people: People, i: int) -> str:
    found = people.at(view.tokens, i)
    return found[0] if found else ""


def _named(view: View, people: People, i: int) -> int:
    """A full name with what tells whose it is; the end of the phrase, or `i`."""
    if not view.capital(i):
        return i
    state = view.state(i)
    if state is not None and view.possessive(state[1] - 1):
        end = _name_end(view, people, state[1])
        if end > state[1] and view.is_person_name(state[1], end) and _stands_alone(view, end):
            person = people.add(view.text(state[1], end), _id(view, people, state[1]))
            _of(person, state[0], view, state[1], end)
            return end
        return i
    end = _name_end(view, people, i)
    if end == i or not (view.is_person_name(i, end) or people.at(view.tokens, i)):
        return i
    return _described(view, people, i, end)


def _stands_alone(view: View, i: int) -> bool:
    """Whether no noun follows the name that would make it the name of a thing."""
    return (
        not view.word(i).isalpha()
        or verb_at(view.tokens, i) is not None
        or (view.word(i) in {"to", "as", "on", "for", "and", "who", "in", "at"})
    )


def _described(view: View, people: People, i: int, end: int) -> int:
    """*Ann Example, the president of Northland*, *Ann Example of Northland*."""
    state = view.member(end + 1) if view.word(end) == "of" else None
    if state is not None and (view.is_person_name(i, end) or _id(view, people, i)):
        person = people.add(_title(view, people, i, end), _id(view, people, i))
        _of(person, state[0], view, i, state[1])
        return state[1]
    if view.word(end) not in {",", "("}:
        return i
    if view.word(end) == "(" and view.word(end + 1) == "born":
        _seen(people.add(_title(view, people, i, end), _id(view, people, i)), view, i, end)
        return end
    state = view.member(end + 1) if view.word(end) == "(" else None
    if state is not None and view.word(state[1]) == ")":
        person = people.add(_title(view, people, i, end), _id(view, people, i))
        _of(person, state[0], view, i, state[1])
        return end
    head = head_at(view, end + 1)
    if head is None or head.title is None or head.title.kind == "office":
        return i
    last = of_state(view, head, head.end) if view.word(head.end) == "of" else head.end
    if last < 0 or not head.state or (view.capital(last) and view.word(last) not in lex.OPENERS):
        return i
    person = people.add(_title(view, people, i, end), _id(view, people, i))
    head.start = end + 1
    _give_role(person, view, head, last)
    return end


def _title(view: View, people: People, i: int, end: int) -> str:
    """The full name: the known one where only the surname is written."""
    known = people.get(_id(view, people, i))
    return known.title if known and end - i < 2 else view.text(i, end)


def _of(person: Person, state: str, view: View, first: int, end: int) -> None:
    person.state = person.state or state
    _seen(person, view, first, end)


def _seen(person: Person, view: View, first: int, end: int) -> None:
    if person.start < 0:
        person.start, person.end = view.tokens[first].start, view.tokens[end - 1].end


def _give_role(person: Person, view: View, head: Head, last: int) -> None:
    title = head.title
    if title is None:
        return
    if head.state and not person.state:
        person.state = head.state
    words = head.foreign_words + title.words
    leading = title.kind in {"leading", "governing"} and not (head.absent or head.foreign)
    start, end = view.tokens[head.start].start, view.tokens[last - 1].end
    role = Role(words, head.state, head.former, leading, start, end)
    told = title.kind == "office" or title.words.lower() == "candidate"
    person.officer = person.officer or title.kind == "office"
    if not told and not any(r.words == words for r in person.roles):
        person.roles.append(role)
    _seen(person, view, head.start, last)


def _place_of_person(view: View, first: int, end: int) -> bool:
    """Whether what is said around the name can only be said of a person in the contest."""
    before, earlier = view.word(first - 1), view.word(first - 2)
    form = forms().get(before)
    if form is not None and form[0] in _CHOOSING:
        return True
    if before == "of" and earlier in _OWNED:
        return True
    if before == "forward" and forms().get(earlier, ("",))[0] == "put":
        return True
    if (before, earlier) in {("from", "over"), ("to", "successor"), ("between", "race")}:
        return True
    if before in lex.RIVALS or before in {"candidates", "rivals"}:
        return True
    if before == "," and earlier in lex.RIVALS and view.word(end) in _CLOSERS:
        return True
    if view.possessive(end) and (view.word(end + 1) in _OWNED or view.word(end + 2) in _OWNED):
        return True
    return purpose(view, end) > end or _runs(view, end) or _called_candidate(view, end)


def _called_candidate(view: View, end: int) -> bool:
    """*Ann Example, candidate for the post,*."""
    near = range(end + 1, min(end + 4, view.size)) if view.word(end) == "," else range(0)
    at = next((k for k in near if view.word(k) in lex.RIVALS | lex.FAVOURITES), -1)
    return at > 0 and view.word(at + 1) == "for" and purpose(view, at + 1) > at + 1


def _in_the_contest(view: View, i: int, lemma: str) -> bool:
    """*is ahead in the race*, *has the support of A*, *will take over as …* after a name."""
    words = [view.word(k) for k in range(i, min(i + 9, view.size))]
    if any(word == "to" and purpose(view, i + k) > i + k for k, word in enumerate(words[:7])):
        return True
    if lemma in {"be", "remain", "stay"}:
        return bool(set(words) & {"race", "contest", "running"})
    if lemma in _RECEIVING:
        return any(a in lex.SUPPORT_NOUNS and b in {"of", "from"} for a, b in pairwise(words[:6]))
    return lemma == "take" and any(purpose(view, k) > k for k in (i, i + 1))


def _for_ours(view: View, i: int) -> bool:
    """Whether the contest at `i` says that it is for the office."""
    race = contest_at(view, i)
    return race is not None and view.word(race[1] - 1) not in lex.CONTEST_NOUNS


def _runs(view: View, end: int) -> bool:
    """Whether the verb after the name makes it a candidate or the office's holder."""
    end += view.word(end) == ","
    if view.word(end) == "who":  # "Ann Example, who leads a bank, is running"
        close = next((k for k in range(end, view.size) if view.word(k) == ","), -1)
        end = close + 1 if close > 0 else end + 1
    found = verb_at(view.tokens, end)
    if found is None:
        return False
    if any(contest_at(view, k) is not None and _for_ours(view, k) for k in range(view.size)):
        return True
    near = {view.word(k) for k in range(found[1], min(found[1] + 4, view.size))}
    if found[0].lemma in lex.REPORTING and near & {"he", "she"}:
        return True
    if found[0].lemma in _DECLARING and view.word(found[1]) in {"his", "her"}:
        near = {view.word(k) for k in range(found[1] + 1, found[1] + 4)}
        return bool(near & (lex.BID_NOUNS | {"withdrawal"}))
    if found[0].lemma in _RUNNING or (found[0].passive and found[0].lemma in _CHOOSING | {"put"}):
        return True
    if _in_the_contest(view, found[1], found[0].lemma):
        return True
    if found[0].lemma not in {"be", "become", "remain"}:
        return False
    words = {view.word(k) for k in range(found[1], min(found[1] + 4, view.size))}
    return bool(words & lex.RIVALS) or post_at(view, found[1]) is not None


def share(peoples: Sequence[People]) -> None:
    """What one report says of a person helps to read the others, where nothing contradicts it."""
    _full_names_elsewhere(peoples)
    everybody: dict[str, set[tuple[str, str]]] = {}
    for people in peoples:
        for person in people:
            if person.start >= 0:
                everybody.setdefault(person.id, set()).add((person.title, person.state))
    for people in peoples:
        taken = {surname(person.title) for person in people if person.start >= 0}
        for key in sorted(everybody):
            states = {state for _, state in everybody[key] if state}
            title = min(title for title, _ in everybody[key])
            known = people.get(key)
            if known is None and surname(title) not in taken:
                known = people.add(title, key)
            if known is not None and not known.state and len(states) == 1:
                known.state = states.pop()


def _full_names_elsewhere(peoples: Sequence[People]) -> None:
    """*President Example* is the Ann Example of the other reports, if they know only one."""
    full: dict[str, set[tuple[str, str]]] = {}
    states: dict[str, set[str]] = {}
    for people in peoples:
        for person in people:
            if person.start >= 0 and len(person.title.split()) > 1:
                full.setdefault(surname(person.title), set()).add((person.id, person.title))
                states.setdefault(person.id, set()).add(person.state)
    for people in peoples:
        for person in list(people):
            found = full.get(person.title, set()) if person.start >= 0 else set()
            if len({key for key, _ in found}) != 1:
                continue
            key, title = min(found)
            alike = not person.state or states[key] <= {"", person.state}
            if people.get(key) is None and alike:
                people.rename(person.id, key, title)
