"""What is outstanding before a matter is done: codes for programs, sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nemcon.entries import Attribute
from nemcon.rules.procedure import Procedure
from nemcon.views.phrases import Titles, listed, named, plural, the
from nemcon.views.question import Question
from nemcon.worlds.course import Declared, Stage
from nemcon.worlds.settle import Settling, indispensable
from nemcon.worlds.verdict import Answer, Reckoning

_MANY = 6  # names listed; of more only the number is told


@dataclass(frozen=True, slots=True)
class Needed:
    """One thing that is outstanding, with a stable code and a sentence."""

    code: str
    text: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """What is known of a matter when it is asked what is still needed."""

    question: Question
    answer: Answer
    declared: Declared | None
    stage: Stage
    settling: Settling | None
    attributes: Mapping[str, Mapping[str, Attribute]]
    titles: Titles
    out_of_reach: frozenset[str] = frozenset()  # candidates whom support alone would not help
    enough: Callable[[Reckoning], bool] = lambda _: False  # if those against came to support


def needed(known: Answered) -> Iterator[Needed]:
    """What is outstanding, in the order in which it has to come."""
    made, titles = known.declared, known.titles
    if known.stage.certain in ("in-office", "in-force"):
        return
    if made is not None and made.taken is True:
        if made.candidate:
            name = named(made.candidate, titles)
            yield Needed("hand-over", f"{name} taking office, confirmed by a source")
        return
    leading = _leading(known)
    if known.answer.verdict != "met":
        if leading is not None:
            yield from _missing(leading, known)
        if known.question.procedure is None:
            yield Needed("rule", "a rule to decide by")
    organ = the(known.question.organ, titles) if known.question.organ else "the body"
    organ = organ if organ.lower().startswith("the ") else f"the {organ}"
    yield Needed("formal-decision", f"a formal decision of {organ}")


def _leading(known: Answered) -> Reckoning | None:
    """The eligible candidate with the most certain support (without candidates, the motion)."""
    running = [r for r in known.answer.reckonings if r.standing.may_run or not r.candidate]
    running = [r for r in running if r.candidate not in known.out_of_reach] or running
    return max(running, key=lambda r: (r.support.least, r.support.most, r.candidate), default=None)


def _missing(one: Reckoning, known: Answered) -> Iterator[Needed]:
    """Word from open members; support of others only where the rule cannot do without it."""
    aim = f" for {named(one.candidate, known.titles)}" if one.candidate else ""
    hopeless = not one.can_meet and one.against  # without those against, or some of them
    if one.open and not (hopeless and known.enough(one)):
        yield Needed("open-members", _from_open(one, known, aim), tuple(sorted(one.open)))
    if one.can_meet or not one.against:
        return
    wanted = tuple(sorted(_wanted(one, known)))
    if wanted:
        names = _names(wanted, known.titles)
        yield Needed("not-supporting", f"support{aim} from {names}", wanted)
        return
    others = tuple(sorted(one.against))
    some = "" if len(others) == 1 else "some of "
    change = f"a change of position{aim} by {some}{_names(others, known.titles)}"
    yield Needed("not-supporting", change, others)


def _from_open(one: Reckoning, known: Answered, aim: str) -> str:
    """Whose support would do, where that can be told; else whose word is outstanding."""
    settling = known.settling
    if settling is not None and settling.candidate == one.candidate and settling.met:
        return f"support{aim} from {sets_words(settling, settling.met, known.titles)}"
    return f"word on the position{aim} of {_names(sorted(one.open), known.titles)}"


def _wanted(one: Reckoning, known: Answered) -> Iterable[str]:
    """Members who do not support, and without whose support the rule cannot be met."""
    procedure: Procedure | None = known.question.procedure
    if procedure is None:
        return ()
    return indispensable(procedure, tuple(one.supports), one.against, known.attributes)


def sets_words(settling: Settling, sets: Iterable[Sequence[str]], titles: Titles) -> str:
    """Sets of members that would do: *Ana*, *any one of Bo and Cy*, *any 3 of 32 members*."""
    chosen = list(dict.fromkeys(tuple(settling.choices(members)) for members in sets))
    if len(chosen) > 1 and all(len(groups) == 1 and groups[0][0] == 1 for groups in chosen):
        anyone = {member for groups in chosen for member in groups[0][1]}
        return _some(1, sorted(anyone), titles)
    return " or ".join(_set_words(groups, titles) for groups in chosen)


def _set_words(groups: Iterable[tuple[int, Sequence[str]]], titles: Titles) -> str:
    """One set: those of it who are named first, together, then how many of each other group."""
    whole: list[str] = []
    parts: list[str] = []
    for number, group in groups:
        if number == len(group):
            whole += group
        else:
            parts.append(_some(number, group, titles))
    return ", and ".join([*([_names(whole, titles)] if whole else []), *parts])


def _some(number: int, group: Sequence[str], titles: Titles) -> str:
    names = _names(group, titles)
    if number == len(group):
        return names
    return f"any {'one' if number == 1 else number} of {names}"


def _names(members: Sequence[str], titles: Titles) -> str:
    names = sorted(named(member, titles) for member in members)
    return plural(len(names), "member") if len(names) > _MANY else listed(names)
