"""What is outstanding before a matter is done: codes for programs, sentences for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from nemcon.entries import Attribute
from nemcon.rules.names import canonical
from nemcon.rules.objecting import silence_counts
from nemcon.rules.procedure import Procedure
from nemcon.views.alphabet import by_name
from nemcon.views.phrases import Titles, either, listed, named, plural, the
from nemcon.views.question import Question
from nemcon.views.tongue import _, code
from nemcon.worlds.course import Declared, Stage
from nemcon.worlds.settle import Settling, indispensable
from nemcon.worlds.untold import read_of
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
        if made.contradicting:
            text = _("word on what was decided, as its reports contradict each other")
            yield Needed("decision", text)
        elif made.candidate and known.question.office and made.favourable:
            name = named(made.candidate, titles)
            text = _("{who} taking office, confirmed by a source").format(who=name)
            yield Needed("hand-over", text)
        return
    if known.answer.verdict != "met":
        yield from _of_leading(_leading(known), known)
        yield from _of_the_rule(known)
    organ = the(known.question.organ, titles) if known.question.organ else _("the body")
    organ = organ if code() or organ.lower().startswith("the ") else f"the {organ}"
    yield Needed("formal-decision", _("a formal decision of {organ}").format(organ=organ))


def _of_the_rule(known: Answered) -> Iterator[Needed]:
    """A rule, and what it reads of members and nobody is told to have."""
    procedure = known.question.procedure
    if procedure is None:
        yield Needed("rule", _("a rule to decide by"))
        return
    told = {canonical(name) for each in known.attributes.values() for name in each}
    lacks = sorted(read_of(procedure) - told)
    if lacks and known.answer.verdict == "cannot tell":
        text = _("word on which members have “{names}”, which the rule reads")
        yield Needed("attributes", text.format(names=listed(lacks)))


def _leading(known: Answered) -> list[Reckoning]:
    """The eligible candidates with the most certain support (without candidates, the motion)."""
    running = [r for r in known.answer.reckonings if r.standing.may_run or not r.candidate]
    running = [r for r in running if r.candidate not in known.out_of_reach] or running
    most = max(((r.support.least, r.support.most) for r in running), default=None)
    return [r for r in running if (r.support.least, r.support.most) == most]


def _of_leading(leading: Sequence[Reckoning], known: Answered) -> Iterator[Needed]:
    """What the one who leads lacks; of two who are equal, both; of more, that none leads.

    Of equals towards whom the same members are open, and the same against, all are named at once.
    """
    if not leading:
        if known.answer.reckonings:
            yield Needed("candidate", _("a candidate: nobody of whom this tells is in the running"))
        elif known.question.office:
            yield Needed("candidate", _("a candidate: this tells of none"))
        return
    names = sorted(named(one.candidate, known.titles) for one in leading if one.candidate)
    if len(leading) == 1 or _stand_alike(leading):
        told = [one for one in leading if one.candidate == _settled(known)]
        aim = either(names) if len(names) <= _MANY else _("one of the candidates")
        yield from _missing((told or leading)[0], known, aim)
        return
    if len(leading) == 2:
        aims = [named(one.candidate, known.titles) for one in leading]
        each = [tuple(_missing(one, known, aim)) for one, aim in zip(leading, aims, strict=True)]
        if all(each):
            texts = (_(", and ").join(part.text for part in parts) for parts in each)
            members = {member for parts in each for part in parts for member in part.members}
            yield Needed(each[0][0].code, _(", or ").join(texts), tuple(sorted(members)))
    else:
        text = _("support for one of {names}, none of whom leads").format(names=listed(names))
        yield Needed("open-members", text)


def _stand_alike(leading: Sequence[Reckoning]) -> bool:
    return len({(frozenset(r.open), frozenset(r.against), r.can_meet) for r in leading}) == 1


def _settled(known: Answered) -> str | None:
    return known.settling.candidate if known.settling else None


def _missing(one: Reckoning, known: Answered, aim: str) -> Iterator[Needed]:
    """Word from open members; support of others only where the rule cannot do without it."""
    if silence_counts(known.question.procedure):
        yield from _objections(one, known, aim)
        return
    hopeless = not one.can_meet and one.against  # without those against, or some of them
    if one.open and not (hopeless and known.enough(one)):
        yield Needed("open-members", _from_open(one, known, aim), tuple(sorted(one.open)))
    if one.can_meet or not one.against:
        return
    wanted = tuple(sorted(_wanted(one, known)))
    if wanted:
        yield Needed("not-supporting", _support(aim, _names(wanted, known.titles)), wanted)
        return
    others = tuple(sorted(one.against))
    who = _names(others, known.titles)
    who = who if len(others) == 1 else _("some of {names}").format(names=who)
    if aim:
        change = _("a change of position for {candidate} by {names}")
    else:
        change = _("a change of position by {names}")
    yield Needed("not-supporting", change.format(candidate=aim, names=who), others)


def _objections(one: Reckoning, known: Answered, aim: str) -> Iterator[Needed]:
    """Whose objection stands in the way, and of whom it is not known whether they object."""
    may = [m for m, held in one.views.items() if "objection" in held and m not in one.objecting]
    if one.objecting or not one.can_meet:
        members = tuple(sorted(one.objecting or may))
        who = _names(members, known.titles)
        who = who if one.objecting else _("some of {names}").format(names=who)
        if aim:
            end = _("an end to the objection of {names} to {candidate}")
        else:
            end = _("an end to the objection of {names}")
        if members:
            yield Needed("not-supporting", end.format(candidate=aim, names=who), members)
    if may and (one.objecting or one.can_meet):
        who = _names(may, known.titles)
        if aim:
            known_ = _("to know that there is no objection from {names} to {candidate}")
        else:
            known_ = _("to know that there is no objection from {names}")
        yield Needed("open-members", known_.format(candidate=aim, names=who), tuple(sorted(may)))


def _support(aim: str, names: str) -> str:
    if aim:
        return _("support for {candidate} from {names}").format(candidate=aim, names=names)
    return _("support from {names}").format(names=names)


def _from_open(one: Reckoning, known: Answered, aim: str) -> str:
    """Whose support would do, where that can be told; else whose word is outstanding."""
    settling = known.settling
    if settling is not None and settling.candidate == one.candidate and settling.met:
        return _support(aim, sets_words(settling, settling.met, known.titles))
    names = _names(sorted(one.open), known.titles)
    if aim:
        told = _("word from {names} on where they stand on {candidate}")
        return told.format(candidate=aim, names=names)
    return _("word from {names} on where they stand").format(names=names)


def _wanted(one: Reckoning, known: Answered) -> Iterable[str]:
    """Members who do not support, and without whose support the rule cannot be met."""
    procedure: Procedure | None = known.question.procedure
    if procedure is None:
        return ()
    return indispensable(procedure, tuple(one.supports), one.against, known.attributes)


def settling_words(settling: Settling | None, titles: Titles) -> Iterator[str]:
    """Whose word would settle an open verdict, a sentence for each way that it could go."""
    if settling is None:
        return
    text = _("'{verdict}' would follow from the word of {names}")
    for verdict, sets in (("met", settling.met), ("not met", settling.not_met)):
        if sets:
            yield text.format(verdict=_(verdict), names=sets_words(settling, sets, titles))


def sets_words(settling: Settling, sets: Iterable[Sequence[str]], titles: Titles) -> str:
    """Sets of members that would do: *Ana*, *any one of Bo and Cy*, *any 3 of 32 members*."""
    chosen = list(dict.fromkeys(tuple(settling.choices(members)) for members in sets))
    if len(chosen) > 1 and all(len(groups) == 1 and groups[0][0] == 1 for groups in chosen):
        anyone = {member for groups in chosen for member in groups[0][1]}
        return _some(1, sorted(anyone), titles)
    return _(" or ").join(_set_words(groups, titles) for groups in chosen)


def _set_words(groups: Iterable[tuple[int, Sequence[str]]], titles: Titles) -> str:
    """One set: those of it who are named first, together, then how many of each other group."""
    whole: list[str] = []
    parts: list[str] = []
    for number, group in groups:
        if number == len(group):
            whole += group
        else:
            parts.append(_some(number, group, titles))
    return _(", and ").join([*([_names(whole, titles)] if whole else []), *parts])


def _some(number: int, group: Sequence[str], titles: Titles) -> str:
    names = _names(group, titles)
    if number == len(group):
        return names
    if number == 1:
        return _("any one of {names}").format(names=names)
    return _("any {n} of {names}").format(n=number, names=names)


def _names(members: Sequence[str], titles: Titles) -> str:
    names = sorted((named(member, titles) for member in members), key=by_name)
    return plural(len(names), "member") if len(names) > _MANY else listed(names)
