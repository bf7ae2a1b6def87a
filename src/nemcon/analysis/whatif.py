"""What if: suppositions as they are written, made into something that can be asked.

A scenario is one or several changes with commas between them: `hungary=support:ana`,
`join=ukraine`, `leave=hungary`, `rule=nato-consensus`, `count:intent=yes`, `on=2024-06-18`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from nemcon.entries import Attribute
from nemcon.findings import Finding
from nemcon.rules.names import canonical, listed, nearest
from nemcon.rules.procedure import Procedure
from nemcon.saying import say
from nemcon.when import When, WhenError
from nemcon.worlds.atoms import Stance
from nemcon.worlds.supposed import Attributes, Supposed

_ALWAYS = ("support", "objection", "none", "reserve")
_SLIP = 0.8
_LIKE = 0.7
HOW = say(
    "write MEMBER=STANCE, MEMBER=STANCE:CANDIDATE, join=PARTY, leave=MEMBER, "
    "rule=RULE, count:NAME=VALUE or on=DATE, with commas between several"
)


class SupposeError(ValueError):
    """Something that cannot be supposed; the message says what, and what to write."""


@dataclass(frozen=True)
class Scenario:
    """What one scenario changes, as it was written: nothing is looked up yet.

    Of `stances` the second and third part are the stance and the candidate ("" if none is given);
    `joins` are parties with the attributes that they bring.
    """

    text: str
    stances: tuple[tuple[str, str, str], ...] = ()
    joins: tuple[tuple[str, Attributes], ...] = ()
    leaves: tuple[str, ...] = ()
    rule: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    on: When | None = None


@dataclass(frozen=True)
class Known:
    """What names can mean: members of the roll and other parties, by id, with their other names;
    candidates, and those of them who may be chosen; the rule, and stances that it does not list.
    """

    members: Mapping[str, Collection[str]]
    parties: Mapping[str, Collection[str]]
    candidates: Mapping[str, Collection[str]]
    running: tuple[str, ...]
    procedure: Procedure | None
    stances: frozenset[str] = frozenset()
    selection: bool = False
    day: str = ""


def read_scenario(text: str) -> Scenario:
    """One scenario from its text. Raises `SupposeError` for what is none."""
    stances: dict[str, tuple[str, str, str]] = {}
    joins: dict[str, Attributes] = {}
    leaves: list[str] = []
    rule, counts, on = "", dict[str, str](), None
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not (name and equals and value):
            raise SupposeError(say("'{part}' supposes nothing; {how}", part=part, how=HOW))
        if name == "join":
            who, attributes = _joining(value, part)
            _once(who, joins, part)
            joins[who] = attributes
        elif name == "leave":
            _once(value, leaves, part)
            leaves.append(value)
        elif name == "rule":
            _once(name, [name] if rule else [], part)
            rule = value
        elif name == "on":
            _once(name, [name] if on else [], part)
            on = _day(value)
        elif name.startswith("count:"):
            _once(name.removeprefix("count:"), counts, part)
            counts[name.removeprefix("count:")] = value
        else:
            stance, _, candidate = (each.strip() for each in value.partition(":"))
            _once(name, stances, part)
            stances[name] = (name, stance, candidate)
    if not (stances or joins or leaves or rule or counts or on):
        raise SupposeError(say("nothing is supposed; {how}", how=HOW))
    return Scenario(
        text, tuple(stances.values()), tuple(joins.items()), tuple(leaves), rule, counts, on
    )


def _once(name: str, before: Collection[str], part: str) -> None:
    if name in before:
        raise SupposeError(
            say(
                "'{part}' comes second; suppose one thing of '{name}' in a scenario",
                part=part,
                name=name,
            )
        )


def _joining(value: str, part: str) -> tuple[str, Attributes]:
    """Who joins, and with which attributes: `ukraine:votes=3:class=large`."""
    who, *more = (each.strip() for each in value.split(":"))
    found: dict[str, Attribute] = {}
    for each in more:
        name, equals, held = (piece.strip() for piece in each.partition("="))
        if not (name and equals and held):
            raise SupposeError(
                say(
                    "'{part}': write join=PARTY:NAME=VALUE, such as join={who}:votes=3",
                    part=part,
                    who=who,
                )
            )
        found[name] = _attribute(held)
    return who, tuple(sorted(found.items()))


def _attribute(text: str) -> Attribute:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 30 else text


def _day(text: str) -> When:
    try:
        when = When.parse(text)
    except WhenError as error:
        raise SupposeError(say("on={text}: {error}", text=text, error=str(error))) from None
    if not when.certain:
        raise SupposeError(
            say("on={text}: this is more than one day; write one, such as 2024-06-18", text=text)
        )
    return when


def resolved(scenario: Scenario, known: Known) -> Supposed:
    """The scenario in ids. Raises `SupposeError` for a name or a stance that nobody knows."""
    joins = tuple((_party(name, known), more) for name, more in scenario.joins)
    coming = {name: known.parties.get(name, ()) for name, _ in joins}
    leaves = tuple(_member(name, known, {}) for name in scenario.leaves)
    stances: dict[str, Stance] = {}
    for name, stance, candidate in scenario.stances:
        member = _member(name, known, coming)
        if member in leaves:
            raise SupposeError(
                say("'{name}' leaves in this scenario, so it has no stance", name=name)
            )
        if member in stances:
            raise SupposeError(
                say("'{name}' comes twice; suppose one stance of a member", name=name)
            )
        stances[member] = _stance(stance, candidate, known)
    return Supposed(tuple(sorted(stances.items())), joins, leaves)


def _named(name: str, among: Mapping[str, Collection[str]]) -> str | None:
    """The id that a name means: the id itself, else a title or another name."""
    wanted = canonical(name)
    if name in among:
        return name
    found = [i for i, names in among.items() if wanted in map(canonical, (i, *names))]
    return found[0] if len(found) == 1 else None


def _near(name: str, among: Mapping[str, Collection[str]], cutoff: float = 0.6) -> str | None:
    spelt = {other: ident for ident, names in among.items() for other in (ident, *names)}
    near = nearest(name, spelt, cutoff)
    return spelt[near] if near else None


def _member(name: str, known: Known, coming: Mapping[str, Collection[str]]) -> str:
    among = {**known.members, **coming}
    found = _named(name, among)
    if found is not None:
        return found
    stranger = say("'{name}' is no member", name=name)
    if known.day:
        stranger = say("'{name}' is no member on {day}", name=name, day=known.day)
    party = _named(name, known.parties)
    if party is not None:
        raise SupposeError(
            say("{said}; to suppose that it is, write join={party}", said=stranger, party=party)
        )
    near = _near(name, among)
    hint = say("there are {names}", names=listed(among, "and"))
    if near:
        hint = say("did you mean '{near}'?", near=near)
    if not among:
        hint = say("the roll is empty")
    raise SupposeError(say("{said}; {hint}", said=stranger, hint=hint))


def _party(name: str, known: Known) -> str:
    """Who joins: a party that the record knows, or a new name, as it was written."""
    member = _named(name, known.members)
    if member is not None:
        told = say("'{name}' is a member already", name=name)
        if known.day:
            told = say("'{name}' is a member on {day} already", name=name, day=known.day)
        raise SupposeError(told)
    found = _named(name, known.parties)
    if found is not None:
        return found
    near = _near(name, {**known.parties, **known.members}, _SLIP)
    if near:
        raise SupposeError(
            say("nobody is called '{name}' here; did you mean '{near}'?", name=name, near=near)
        )
    return name


def undeclared(supposed: Supposed, known: Known) -> Iterator[Finding]:
    """A note on each that joins and that the record does not know, lest a slip go unseen."""
    for name, _ in supposed.joins:
        if name in known.parties:
            continue
        message = say(
            "no party is declared under the id '{name}'; it is supposed as a member of which "
            "nothing more is known",
            name=name,
        )
        near = _near(name, {**known.parties, **known.members}, _LIKE)
        if near:
            message = say("{said} (the nearest name here is '{near}')", said=message, near=near)
        yield Finding("undeclared-party", "note", message)


def _stance(stance: str, candidate: str, known: Known) -> Stance:
    name = _known_stance(stance, known)
    if candidate and not known.selection:
        raise SupposeError(
            say("there is no candidate in this matter; write {stance} alone", stance=stance)
        )
    if candidate:
        found = _named(candidate, known.candidates)
        if found is None:
            near = _near(candidate, known.candidates)
            hint = say("did you mean '{near}'?", near=near) if near else _who(known.candidates)
            raise SupposeError(
                say("'{candidate}' is no candidate here; {hint}", candidate=candidate, hint=hint)
            )
        return name, "" if name == "none" else found
    if known.selection and name == "support":
        if len(known.running) != 1:
            ways = listed(f"{stance}:{one}" for one in known.running or known.candidates)
            raise SupposeError(
                say("support for whom? write {ways}", ways=ways) if ways else _who(())
            )
        return name, known.running[0]
    return name, ""


def _who(candidates: Iterable[str]) -> str:
    names = listed(candidates, "and")
    return say("there are {names}", names=names) if names else say("the record names no candidate")


def _known_stance(stance: str, known: Known) -> str:
    """The stance as the engine of worlds reads it: the words for and against are its own."""
    rule, name = known.procedure, canonical(stance)
    if name in _ALWAYS or name in known.stances:
        return name
    if rule is None:
        return name
    position = rule.positions.find(stance)
    if position is not None:
        return next((w for w in ("support", "objection") if rule.position(w) == position), name)
    near = nearest(stance, {*rule.positions.spelt, *_ALWAYS, *known.stances})
    listing = dict.fromkeys([*(rule.stances or ("support", "objection")), "none"])
    hint = (
        say("did you mean '{near}'?", near=near)
        if near
        else say("there are {names}", names=listed(listing, "and"))
    )
    raise SupposeError(
        say(
            "'{stance}' is no stance under the rule '{id}'; {hint}",
            stance=stance,
            id=rule.id,
            hint=hint,
        )
    )
