"""What keeps a stance from being simply held: a condition, a doubt, another denial."""

from __future__ import annotations

from itertools import pairwise

from nemcon.reading import lexicon as lex
from nemcon.reading.clauses import Clause
from nemcon.reading.line import Line
from nemcon.reading.predicates import past_adverbs
from nemcon.reading.quantities import exceptions

_EXCEPTING = lex.word_set(
    "exception exceptions excepted excepting bar save minus aside apart least principle private "
    "only excluding"
)
_ONE = lex.word_set("one two three a some few")
_HALF = lex.word_set("principle theory paper part")
_MERELY = lex.word_set("only just merely simply")
_WHENEVER = lex.word_set("finally ultimately previously eventually currently recently only")
_BEFORE = lex.word_set("last previous earlier past")
_CONTESTS = lex.word_set("time times selection race contest election attempt bid occasion campaign")
_UNREAL = lex.word_set(
    "novel film play fiction dream simulation scenario game poll survey mock joke satire legend"
)
_BACK = (
    "re-ent", "reent", "rejoin", "return", "resum", "retract", "revers", "reconsider", "changed",
    "resubmit",
)  # fmt: skip
_WHERE = lex.word_set("at in during on within inside")
_QUALIFIED = lex.word_set(
    "strings proviso provisos caveat caveats conditions misgivings reservation reservations reserve"
)


def conditional(line: Line, at: int) -> bool:
    """Whether an *if* stands anywhere, or a doubt: then the stance is not simply held."""
    words = [item.low for item in line.items]
    anonymous = "anonymity" in words[at:]
    return any(word in lex.CONDITIONS for word in words) or (
        ("condition" in words[at:] and not anonymous)
        or "only" in words[at : at + 1]
        or _doubted(line, at)
    )


def qualified(line: Line, at: int) -> bool:
    """Whether support is less than support: *…, with strings attached*, *… but has reservations*,
    *…, but only as a second choice*.
    """
    words = [token.low for token in line.view.tokens[line.items[at].last :]]
    return any(word in _QUALIFIED for word in words) or ("but", "only") in pairwise(words)


def _doubted(line: Line, at: int) -> bool:
    """*…, a rival claimed*, *…, then denied it*, *wrongly said …*, *… at the last selection*."""
    words = [token.low for token in line.view.tokens]
    after = words[line.items[at].last :]
    return (
        any(word in lex.DOUBTING for word in after)
        or any(a in {"in", "on"} and b in _HALF for a, b in pairwise(words))
        or any(word in lex.UNTRUE or word == "personally" for word in words)
        or any(a in lex.IN_PRIVATE and b in lex.CAPACITIES for a, b in pairwise(words))
        or elsewhere(line)
        or any(
            pair[0] in {"when", "before"} and pair[1] in {"he", "she"} for pair in pairwise(after)
        )
    )


def elsewhere(line: Line) -> bool:
    """Whether what the sentence tells was at another time or is not of this world: *last time*,
    *in the previous contest*, *in a novel*.
    """
    words = [token.low for token in line.view.tokens if not token.quoted]
    return any((word in _BEFORE and after in _CONTESTS) for word, after in pairwise(words)) or any(
        word in _UNREAL and "in" in words[max(0, i - 3) : i] for i, word in enumerate(words)
    )


def is_back(line: Line, at: int) -> bool:
    """Whether the sentence goes on to take a step back (*… but returned on Tuesday*, *…, then
    changed his mind*).
    """
    after = line.view.tokens[line.items[at].last :]
    return any(token.low.startswith(_BACK) and not token.quoted for token in after)


def not_simply(clause: Clause, line: Line, meaning: str) -> bool:
    """Whether *not* denies something else than the stance (*not only*, *not because …*), or the
    past alone (*did not back X in March*: whether it does now is not said).
    """
    words = [token.low for token in line.view.tokens]
    past = clause.verb.tense == "past" and clause.verb.control == "" and meaning == "support"
    merely = any(before in lex.NOT and word in _MERELY for before, word in pairwise(words)) or bool(
        _MERELY & set(clause.verb.adverbs)
    )
    return past or merely or "because" in words


def gainsaid(clause: Clause, line: Line) -> bool:
    """*A's president backs X; its prime minister does not*: somebody else of the same member."""
    for i in range(clause.at + 1, len(line.items)):
        verb = line.verb(i)
        if verb is None or not verb.negated or verb.lemma not in {"do", "have", "be", "?"}:
            continue
        noun = line.noun(i - 1)
        other = noun is not None and noun.sort == "members" and not noun.role
        if not other:
            return True
    return False


def is_nobody(clause: Clause, line: Line) -> bool:
    """*no member objects to X*, *X is opposed by no member*."""
    agent = line.noun(past_adverbs(line, clause.at + 1) + 1) if clause.verb.passive else None
    return "none" in {clause.subject.sort, agent.sort if agent is not None else ""}


def in_a_manner(clause: Clause, line: Line) -> bool:
    """Whether nobody does it in some manner (*no member openly objects*): some may in another."""
    after = line.items[clause.at + 1 : line.end_of_clause(clause.at)]
    if any(item.kind == "word" and item.low in _WHERE for item in after):
        return True  # "no member objected to X at the meeting"
    adverbs = {*clause.verb.adverbs, *(item.low for item in after if item.kind == "adverb")}
    return any(adverb.endswith("ly") and adverb not in _WHENEVER for adverb in adverbs)


def simply_all(clause: Clause, line: Line, *, nobody: bool = False) -> bool:
    """Whether *all members* are all of them, and *no member* is none: no aside narrows them
    (*all members, bar one, back X*), and nothing in the sentence leaves one out.
    """
    excepted = exceptions(line.view)
    if nobody and excepted != ():
        return False
    if not excepted and _leaves_out(line):
        return False
    between = line.items[clause.subject_at + 1 : clause.at] if clause.subject_at >= 0 else ()
    if clause.subject.sort != "all" or not any(item.kind == "mark" for item in between):
        return True
    words = {item.low for item in between}
    if all(item.kind in {"mark", "adverb"} for item in between):
        return not words & (lex.HEDGES | lex.ENDED_ADVERBS)
    return bool(excepted) or bool(words & {"including", "included", "even"})


def _leaves_out(line: Line) -> bool:
    """*with one exception*, *… but one*, *…; A does not*, *at least in public*."""
    words = [token.low for token in line.view.tokens if not token.quoted]
    if any(word in _EXCEPTING and words[i - 1 : i] != ["without"] for i, word in enumerate(words)):
        return True
    for i, item in enumerate(line.items):
        verb = item.verb
        if verb is not None and verb.negated and verb.lemma in {"do", "have", "be", "?"}:
            return True
        after = past_adverbs(line, i + 1)
        noun = line.noun(after)
        who = (noun is not None and noun.sort != "pronoun") or line.low(after) in _ONE
        if item.low == "but" and who and line.verb(past_adverbs(line, after + 1)) is None:
            return True
    return False
