"""Who stands, as a list: *Candidates: X and Y*, *X and Y are the candidates*, *the race is between
X and Y*.
"""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.reading import lexicon as lex
from nemcon.reading.posts import contest_at, purpose
from nemcon.reading.verbs import is_adverb, verb_at
from nemcon.reading.view import View

_FIELD = lex.word_set("candidates contenders nominees finalists")
_MANY = lex.word_set("men women people politicians persons leaders premiers candidates")
_BIDS = lex.word_set("candidacies candidatures bids nominations candidacy candidature")
_DECLARING = frozenset({"declare", "announce", "submit", "confirm", "launch", "file"})
_WHICH = (
    frozenset(lex.NUMBERS)
    | frozenset(lex.TENS)
    | lex.word_set(
        "the only remaining declared official other rival current main leading known nominated our "
        "its both all following are were remain"
    )
)
_CHOOSES = lex.word_set("choose chooses choosing chose decide decides deciding choice")
_BEYOND = 14

Range = tuple[int, int]


def listed(view: View) -> list[Range]:
    """The tokens that are names of candidates, as a list of them gives them; none in a question."""
    if not view.size or view.word(view.size - 1) == "?":
        return []
    found = []
    for at in range(view.size):
        if view.word(at) in _FIELD and not view.tokens[at].quoted and _plainly(view, at):
            found += [*_after(view, at + 1), *_before(view, at)]
    found += [*_to_choose(view), *_down_to(view)]
    return [*found, *_who_want(view), *_declared(view), *_in_the_race(view), *_running(view)]


def _down_to(view: View) -> list[Range]:
    """*The contest to lead the body is down to two: A's X and B's Y*."""
    colon = next((i for i in range(view.size) if view.word(i) == ":"), -1)
    race = contest_at(view, 0) if colon > 0 else None
    if race is None or view.word(race[1] - 1) in lex.CONTEST_NOUNS or race[1] > colon:
        return []
    between = {view.word(i) for i in range(race[1], colon)}
    return [] if between & (lex.NOT | {"no"}) else _to_the_end(view, colon + 1)


def _to_choose(view: View) -> list[Range]:
    """*They choose between X (A) and Y (B) for secretary general*."""
    at = next((i for i in range(view.size) if view.word(i) == "between"), 0)
    chooses = at and view.word(at - 1) in _CHOOSES and not view.tokens[at].quoted
    names, end = names_at(view, at + 1) if chooses else ([], 0)
    ours = view.word(end) in {"for", "to"} and purpose(view, end) > end
    return names if len(names) > 1 and ours else []


def _running(view: View) -> list[Range]:
    """*X and Y are standing for the post*."""
    names, end = names_at(view, 0)
    found = verb_at(view.tokens, end) if len(names) > 1 else None
    if found is None or found[0].lemma not in {"run", "stand", "compete", "vie"}:
        return []
    ours = view.word(found[1]) == "for" and purpose(view, found[1]) > found[1]
    return names if ours and found[0].asserted and not found[0].negated else []


def _in_the_race(view: View) -> list[Range]:
    """*In the race for the post, both X and Y claim a majority.*"""
    race = contest_at(view, 1) if view.word(0) == "in" else None
    if race is None or view.word(race[1]) != "," or view.word(race[1] - 1) in lex.CONTEST_NOUNS:
        return []
    start = race[1] + 1
    return names_at(view, start + (view.word(start) in {"both", "neither"}))[0]


def _who_want(view: View) -> list[Range]:
    """*Two men want to become its next chair: X and Y*."""
    colon = next((i for i in range(view.size) if view.word(i) == ":"), -1)
    words = {view.word(i) for i in range(colon)} if colon > 0 else set()
    if not words & _MANY or words & (lex.NOT | lex.CONDITIONS | {"no", "former"}):
        return []
    ends = [purpose(view, i) for i in range(colon) if view.word(i) in {"to", "for"}]
    ours = bool(ends) and all(end > 0 for end in ends) and max(ends) in {colon, colon - 1}
    return _to_the_end(view, colon + 1) if ours else []


def _declared(view: View) -> list[Range]:
    """*X and Y have declared their candidacies*."""
    for i in range(view.size):
        if view.word(i) == "their" and view.word(i + 1) in _BIDS and not view.tokens[i].quoted:
            for first in range(i):
                names, end = names_at(view, first)
                verb = verb_at(view.tokens, end) if len(names) > 1 and end < i else None
                if verb is not None and verb[1] == i and verb[0].lemma in _DECLARING:
                    end = _past_purpose(view, i + 2)
                    return names if end > 0 and verb[0].asserted and not verb[0].negated else []
    return []


def paired(view: View) -> list[Range]:
    """The names in *the race is between X, Y and Z*: whose race it is, the sentence must say."""
    found = []
    for i in range(view.size):
        if view.word(i) == "between" and not view.tokens[i].quoted:
            names, end = names_at(view, i + 1)
            ends = end >= view.size or view.word(end) in {".", ",", ";"}
            if len(names) > 1 and (ends or verb_at(view.tokens, end) is not None):
                found += names
    return found


def _plainly(view: View, at: int) -> bool:
    """Whether nothing makes them candidates of another kind: *coastal*, *failed*, *the party's*."""
    before = view.word(at - 1) if at else ""
    first = not before or not before[0].isalnum()
    return (first or before in _WHICH) and not view.possessive(at + 1)


def _past_purpose(view: View, i: int) -> int:
    """Past *for the post*; -1 if it is for another one."""
    if view.word(i) not in {"for", "to", "in"}:
        return i
    end = purpose(view, i)
    return end if end > i else -1


def _after(view: View, i: int) -> list[Range]:
    """*candidates for the post: X and Y*, *the candidates are X and Y*, *the candidates, X,*."""
    start = _past_purpose(view, i)
    if start < 0:
        return []
    if view.word(start) == ",":
        names, end = names_at(view, start + 1)
        return names if view.word(end) in {",", ".", ""} else []
    if view.word(start) in {"are", "were"}:
        return _to_the_end(view, start + 1)
    for k in range(start, min(start + _BEYOND, view.size)):
        if view.word(k) == ":":
            return _to_the_end(view, k + 1)
        if view.word(k) in {".", ";", ",", "but", "while"} or _past_purpose(view, k) < 0:
            return []
    return []


def _to_the_end(view: View, start: int) -> list[Range]:
    """The names from there to the end of the sentence, where nothing but names is said."""
    start += start < view.size and is_adverb(view.tokens[start])
    if start >= view.size:
        return []
    if any(view.tokens[i].quoted or verb_at(view.tokens, i) for i in range(start, view.size)):
        return []
    return list(_names(view, start, view.size))


def _names(view: View, start: int, end: int) -> Iterator[Range]:
    i = start
    while i < end:
        found = view.people.at(view.tokens, i)
        last = found[1] if found is not None else view.name(i)
        if last > i:
            yield i, last
        i = max(last, i + 1)


def _before(view: View, at: int) -> list[Range]:
    """*X and Y are the candidates (for the post)*, at the beginning of the sentence."""
    if _past_purpose(view, at + 1) < 0:
        return []
    names, end = names_at(view, 0)
    between = {view.word(k) for k in range(end, at)}
    is_so = bool(between & {"are", "were", "remain"}) and between <= _WHICH
    return names if names and is_so and not _goes_on(view, at) else []


def _goes_on(view: View, at: int) -> bool:
    return view.word(at + 1) in {"of", "from", "who", "that", "with", "against"}


def names_at(view: View, i: int) -> tuple[list[Range], int]:
    """Names joined by commas and *and*, each with its State or without, and the end of the list."""
    names: list[Range] = []
    end = i
    while True:
        found = list(_names(view, i, i + 1)) if i < view.size else []
        if not found:
            return names, end
        names += found
        end = _past_aside(view, _past_state(view, found[0][1]))
        i = end + (view.word(end) == ",")
        i += view.word(i) == "and"
        if i == end:
            return names, end


def _past_aside(view: View, i: int) -> int:
    """Past *, a former minister of A,* after a name, where the list goes on or ends behind it."""
    if view.word(i) != ",":
        return i
    close = next((k for k in range(i + 2, min(i + _BEYOND, view.size)) if view.word(k) == ","), i)
    if close == i or view.word(close + 1) not in {"and", "are", "were"}:
        return i
    inside = range(i + 1, close)
    plain = view.word(i + 1) in {"a", "an", "the"} or view.state(i + 1) is not None
    acts = any(verb_at(view.tokens, k) is not None for k in inside)
    return close + 1 if plain and not acts else i


def _past_state(view: View, i: int) -> int:
    """Past *of A* or *(A)*."""
    if view.word(i) == "of" and (state := view.member(i + 1)) is not None:
        return state[1]
    if view.word(i) == "(" and (state := view.member(i + 1)) is not None:
        return state[1] + (view.word(state[1]) == ")")
    return i
