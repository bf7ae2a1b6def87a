"""The names that a rule may use: its positions, attributes, parameters and definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from nemcon.rules.algebra import VALUE
from nemcon.rules.names import Value, as_number, as_value, canonical, listed, nearest, shown
from nemcon.rules.place import Place
from nemcon.saying import say

SILENT, ABSENT, INVALID = "silent", "absent", "invalid"
# The inputs that every rule knows, with their other spellings.
INPUTS: Mapping[str, tuple[str, ...]] = {
    SILENT: ("none", "null"),
    ABSENT: (),
    "not-participating": ("notpart", "nonparticipating", "not-voting"),
    "recused": ("recuse",),
    INVALID: ("spoilt", "blank"),
}
# What members may say where a rule lists no positions, besides those that it reads.
USUAL = (
    *("support", "no-objection", "objection", "reserve", "abstention", "recusal"),
    *("yes", "no", "abstain"),
)
# Being for something, or against it, in the words of a rule that has no such position as the first.
FOR = (
    *("support", "yes", "for", "in favour", "approve", "consent", "concur", "encourage", "agree"),
    *("accept", "aye", "yea"),
)
AGAINST = (
    *("objection", "object", "no", "nay", "against", "oppose", "reject", "dissent", "discourage"),
    *("veto", "block", "discuss", "concern", "not ready"),
)
NEITHER = ("abstention", "abstain")
_CERTAIN_SLIP = 0.8
MOST_NODES = 20_000


@dataclass(frozen=True)
class Vocabulary:
    """The positions of a rule: canonical name -> the form in which they are shown.

    `spelt` gives the canonical name of every spelling. `declared` is False where the rule lists no
    positions: then others may come too. `numbers` are the bounds where numbers are positions.
    """

    shown: Mapping[str, str] = field(default_factory=dict)
    spelt: Mapping[str, str] = field(default_factory=dict)
    declared: bool = False
    numbers: tuple[Fraction, Fraction] | None = None

    def find(self, name: str) -> str | Fraction | None:
        """The position that a name or a number means; None if it is none of this rule."""
        known = self.spelt.get(canonical(name))
        number = as_number(name) if known is None and self.numbers else None
        if number is not None and self.numbers and self.numbers[0] <= number <= self.numbers[1]:
            return number
        return known

    def hint(self, name: str) -> str:
        """How a position that is none could have been meant."""
        near = self._like(name) or nearest(name, self.spelt)
        if near:
            return say("did you mean '{near}'?", near=near)
        if not self.declared:
            return say(
                "list the positions of the rule in 'positions', or write one of {usual}",
                usual=listed(USUAL),
            )
        numbers = (
            [
                say(
                    "a number from {numbers} to {numbers2}",
                    numbers=self.numbers[0],
                    numbers2=self.numbers[1],
                )
            ]
            if self.numbers
            else []
        )
        return say("there are {what}", what=listed([*self.shown.values(), *numbers], "and"))

    def _like(self, name: str) -> str | None:
        """What the rule calls a position that means the same as this name."""
        for words in (FOR, AGAINST, NEITHER):
            known = [canonical(word) for word in words]
            if canonical(name) in known:
                return next((self.shown.get(w, w) for w in known if w in self.shown), None)
        return None

    def slip(self, name: str) -> str | None:
        """The position that an unknown name is a misspelling of, beyond reasonable doubt."""
        return nearest(name, self.spelt, _CERTAIN_SLIP)


def inputs() -> dict[str, str]:
    """Every spelling of the five inputs."""
    return {
        canonical(spelling): name for name, others in INPUTS.items() for spelling in (name, *others)
    }


@dataclass(frozen=True)
class Parameter:
    """Something that has to be said with the ballots."""

    name: str
    about: str = ""
    default: Value | None = None
    values: tuple[Value, ...] = ()


@dataclass
class Scope:
    """What is known of a rule while it is read."""

    place: Place
    positions: Vocabulary
    attributes: Mapping[str, str] | None = None
    params: Mapping[str, Parameter] | None = None
    define: Mapping[str, Any] = field(default_factory=dict)
    using: tuple[str, ...] = ()
    depth: int = 0
    anything: bool = False  # any name may be used
    left: list[int] = field(default_factory=lambda: [MOST_NODES])

    def position(self, value: Any, at: Place) -> str:
        """A position by name, in its canonical form. Raises `RuleError` for an unknown one."""
        name = at.text(value, say("the name of a position"))
        found = self.positions.find(name)
        if isinstance(found, str):
            return found
        if isinstance(found, Fraction):
            raise at.error(
                say(
                    "positions of this rule are numbers; write {{ value = ['=', {name}] }}",
                    name=name,
                )
            )
        if self.positions.declared or not self.anything:
            raise at.error(
                say(
                    "unknown position {name}; {hint}",
                    name=shown(name),
                    hint=self.positions.hint(name),
                )
            )
        return canonical(name)

    def attribute(self, value: Any, at: Place) -> str:
        """An attribute by name, in its canonical form. Raises `RuleError` for an unknown one."""
        name = at.text(value, say("the name of an attribute"))
        if self.attributes is None:
            return canonical(name)
        found = self.attributes.get(canonical(name))
        if found is None:
            near = nearest(name, self.attributes)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else _declared(self.attributes.values())
            )
            raise at.error(say("unknown attribute {name}; {hint}", name=shown(name), hint=hint))
        return found

    def parameter(self, value: Any, at: Place) -> str:
        """A parameter by name. Raises `RuleError` for one that the rule does not declare."""
        name = canonical(at.text(value, say("the name of a parameter")))
        if self.params is not None and name not in self.params:
            near = nearest(name, self.params)
            hint = (
                say("did you mean '{near}'?", near=near) if near else say("declare it in [params]")
            )
            raise at.error(say("unknown parameter {value}; {hint}", value=shown(value), hint=hint))
        return name


def _declared(names: Iterable[str]) -> str:
    known = listed(dict.fromkeys(names), "and")
    return (
        say("'attributes' lists {known}", known=known) if known else say("'attributes' lists none")
    )


def read_positions(data: Any, at: Place, more: Iterable[str] = ()) -> Vocabulary:
    """The vocabulary: a list, or a table `name = [other spellings]`; None: none is listed.

    `more` are names that ballots may use because the rule maps them to others.
    """
    listing: Mapping[str, Any] = {}
    if isinstance(data, list | tuple):
        listing = {at.text(name, say("the name of a position")): [] for name in data}
    elif data is not None:
        listing = at.table(data, say('a list such as ["yes", "no", "abstain"], or a table'))
    numbers = None
    names: dict[str, str] = {}
    spelt = inputs()
    own: dict[str, str] = {}
    for name, others in listing.items():
        if isinstance(others, Mapping):
            numbers = _bounds(others, at / name)
            continue
        # A name of an input in the vocabulary is that input.
        key = spelt.get(canonical(name), canonical(name))
        names[key] = name
        others = at.items(others, say("a list of other spellings")) if others != [] else []
        for spelling in (name, *others):
            text = canonical((at / name).text(spelling, say("another spelling of the position")))
            if own.setdefault(text, key) != key:
                raise (at / name).error(
                    say(
                        "{spelling} also stands for '{own}'",
                        spelling=shown(spelling),
                        own=own[text],
                    )
                )
    spelt |= own
    for name in more:
        key = spelt.setdefault(canonical(name), canonical(name))
        if key not in INPUTS:
            names.setdefault(key, name)
    if not listing:
        for name in USUAL:
            spelt.setdefault(name, name)
    return Vocabulary(names, spelt, bool(listing), numbers)


def _bounds(data: Any, at: Place) -> tuple[Fraction, Fraction]:
    table = at.table(data, '{ low = "-1", high = "1" }')
    at.known_keys(table, ("low", "high"))
    ends = []
    for key in ("low", "high"):
        if key not in table:
            raise at.error(say('\'{key}\' is missing; write {{ low = "-1", high = "1" }}', key=key))
        number = as_number(table[key])
        if number is None:
            raise (at / key).no_number(table[key])
        ends.append(number)
    if ends[0] > ends[1]:
        raise at.error(say("'low' is more than 'high'; exchange them"))
    return ends[0], ends[1]


def read_attributes(data: Any, at: Place) -> Mapping[str, str] | None:
    """The attributes that a rule declares: every spelling -> canonical name; None if none."""
    if data is None:
        return None
    if isinstance(data, list | tuple):
        listing: Mapping[str, Any] = {
            at.text(name, say("the name of an attribute")): [] for name in data
        }
    else:
        listing = at.table(data, say("a table `name = [other spellings]`"))
    found: dict[str, str] = {VALUE: VALUE}
    for name, others in listing.items():
        if isinstance(others, Mapping):
            (at / name).known_keys(others, ("also", "default"))
            others = others.get("also", [])
        for spelling in (name, *(at / name).items(others, say("a list of other spellings"))):
            text = canonical((at / name).text(spelling, say("another spelling of the attribute")))
            if found.setdefault(text, canonical(name)) != canonical(name):
                raise (at / name).error(
                    say(
                        "{spelling} also stands for '{found}'",
                        spelling=shown(spelling),
                        found=found[text],
                    )
                )
    return found


def read_defaults(data: Any, at: Place) -> Mapping[str, Value]:
    """What members have of whom nothing is told: `votes = { also = ["weight"], default = 1 }`."""
    found: dict[str, Value] = {}
    for name, value in data.items() if isinstance(data, Mapping) else ():
        if isinstance(value, Mapping) and "default" in value:
            default = value["default"]
            if not isinstance(default, bool | int | str):
                raise (at / name / "default").no_number(default)
            found[canonical(name)] = as_value(default)
    return found


def read_params(data: Any, at: Place) -> Mapping[str, Parameter]:
    """What has to be said with the ballots."""
    found: dict[str, Parameter] = {}
    for name, value in at.table(data, say("a table `name = { about = …, default = … }`")).items():
        here = at / name
        table = here.table(value, "{ about = …, default = …, values = […] }")
        here.known_keys(table, ("about", "default", "values", "type"))
        values = here.items(table.get("values", []), say("a list of values"))
        for each in [*values, *([table["default"]] if "default" in table else [])]:
            if isinstance(each, float):
                raise here.no_number(each)
            if not isinstance(each, bool | int | str):
                raise here.error(
                    say(
                        "{each} is no value; write a text, a number, true or false",
                        each=shown(each),
                    )
                )
        default = as_value(table["default"]) if "default" in table else None
        about = here.text(table["about"], say("what it is")) if "about" in table else ""
        allowed = tuple(as_value(each) for each in values)
        if default is not None and allowed and default not in allowed:
            raise (here / "default").error(
                say("{table} is none of the 'values'", table=shown(table["default"]))
            )
        found[canonical(name)] = Parameter(canonical(name), about, default, allowed)
    return found


def open_scope(at: Place) -> Scope:
    """The scope of a rule that declares nothing: any name may be used."""
    return Scope(Place(at.rule), read_positions(None, at), anything=True)
