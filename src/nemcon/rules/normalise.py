"""What a rule makes of positions before it counts: its steps, in the order written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from nemcon.rules.algebra import Members, Position, contains
from nemcon.rules.names import Value
from nemcon.rules.place import Place
from nemcon.rules.read import read_members
from nemcon.rules.scope import SILENT, Scope
from nemcon.saying import say


@dataclass(frozen=True, slots=True)
class Default:
    """Who is silent is taken to have this position."""

    position: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """One position is taken for another."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Who is in the set has this position, whatever it cast."""

    where: Members
    to: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """Who is in the set is out of everything, also out of "all"."""

    members: Members


@dataclass(frozen=True, slots=True)
class Bloc:
    """Members with the same value of an attribute must be of one mind, else all become invalid.

    Whoever has an ignored position neither breaks the unity nor becomes invalid.
    """

    attribute: str
    ignored: frozenset[str]


@dataclass(frozen=True, slots=True)
class OnePer:
    """Members with the same value of an attribute and the same position count as one.

    The five inputs are no ballots and are left alone. Where like members differ otherwise, the
    one whose attributes come first in order stands for them.
    """

    attribute: str


Step: TypeAlias = Default | Renamed | Moved | Dropped | Bloc | OnePer
_KEYS = ("default", "map", "where", "drop", "bloc", "one_per")


def read_steps(data: Any, at: Place, scope: Scope) -> tuple[Step, ...]:
    """The steps of `[[normalise]]`. Raises `RuleError`."""
    rows = at.items([data] if isinstance(data, Mapping) else data, say("a list of steps"))
    return tuple(step for n, row in enumerate(rows) for step in _steps(row, at / n, scope))


def mapped_names(data: Any) -> Iterator[str]:
    """The positions that the steps map to others, read before anything is checked."""
    rows = [data] if isinstance(data, Mapping) else data
    for row in rows if isinstance(rows, list | tuple) else ():
        table = row.get("map") if isinstance(row, Mapping) else None
        if isinstance(table, Mapping):
            yield from (key for key in table if isinstance(key, str) and key.strip())


def _steps(row: Any, at: Place, scope: Scope) -> Iterator[Step]:
    table = at.table(row, say('a step such as { default = "no-objection" }'))
    at.known_keys(table, (*_KEYS, "to", "ignore", "note"))
    kinds = [key for key in _KEYS if key in table]
    if not kinds:
        raise at.error(say("this is no step; write default, map, where, drop, bloc or one_per"))
    for key, partner in (("to", "where"), ("ignore", "bloc")):
        if key in table and partner not in table:
            raise at.error(
                say("'{key}' belongs to '{partner}', which is missing", key=key, partner=partner)
            )
    for key in kinds:
        yield _step(key, table, at / key, at, scope)


def _step(key: str, table: Mapping[str, Any], here: Place, at: Place, scope: Scope) -> Step:
    value = table[key]
    if key in ("bloc", "one_per") and scope.positions.numbers is not None:
        raise here.error(say("no two numbers need be alike; map them to names first"))
    match key:
        case "default":
            return Default(scope.position(value, here))
        case "map":
            pairs = here.table(value, '{ object = "objection" }').items()
            return Renamed(
                tuple((scope.position(a, here), scope.position(b, here / a)) for a, b in pairs)
            )
        case "where":
            if "to" not in table:
                raise at.error(say("'to' is missing; name the position that they then have"))
            return Moved(read_members(value, here, scope), scope.position(table["to"], at / "to"))
        case "drop":
            return Dropped(read_members(value, here, scope))
        case "bloc":
            place = at / "ignore"
            names = table.get("ignore", [])
            names = [names] if isinstance(names, str) else place.items(names, '["absent"]')
            ignored = frozenset(scope.position(name, place / n) for n, name in enumerate(names))
            return Bloc(scope.attribute(value, here), ignored)
        case _:
            return OnePer(scope.attribute(value, here))


def alone(
    steps: Sequence[Step], position: Position, attributes: Mapping[str, Value]
) -> Position | None:
    """The position of one member after the steps that look at no other; None: dropped."""
    for step in steps:
        match step:
            case Default() if position == SILENT:
                position = step.position
            case Renamed():
                position = _renamed(step, position)
            case Moved() if contains(step.where, position, attributes):
                position = step.to
            case Dropped() if contains(step.members, position, attributes):
                return None
    return position


def _renamed(step: Renamed, position: Position) -> Position:
    for old, new in step.pairs:
        if position == old:
            return new
    return position


def is_alone(step: Step) -> bool:
    """Whether a step looks at one member at a time."""
    return not isinstance(step, Bloc | OnePer)
