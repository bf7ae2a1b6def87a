"""A procedure: one rule as data, read from the values of a TOML or JSON file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from nemcon.rules.algebra import (
    VALUE,
    Always,
    Attested,
    Fewest,
    Groups,
    Having,
    HavingNumber,
    Members,
    Parameter,
    ParameterIs,
    Position,
    Predicate,
    Stances,
    Term,
    Versus,
    as_attributes,
    contains,
    terms,
    walk,
)
from nemcon.rules.names import Value, as_number, canonical, listed
from nemcon.rules.normalise import (
    Bloc,
    Default,
    Dropped,
    Moved,
    OnePer,
    Renamed,
    Step,
    alone,
    is_alone,
    mapped_names,
    read_steps,
)
from nemcon.rules.parts import (
    Case,
    Clause,
    Seats,
    read_aggregates,
    read_cases,
    read_clauses,
    read_in_force,
    read_parts,
    read_seats,
)
from nemcon.rules.place import Place, RuleError
from nemcon.rules.read import read_members, read_predicate
from nemcon.rules.scope import (
    AGAINST,
    FOR,
    NEITHER,
    Scope,
    Vocabulary,
    read_attributes,
    read_defaults,
    read_params,
    read_positions,
)
from nemcon.rules.scope import (
    Parameter as Declared,
)
from nemcon.saying import say
from nemcon.when import When

__all__ = ["Clause", "Line", "Procedure", "RuleError", "Shown", "read_procedure"]

KEYS = (
    *("id", "title", "body", "organ", "kind", "aka", "model", "comparison", "note"),
    "each_candidate",
    *("in_force", "clause", "positions", "stances", "attributes", "params", "roll", "aggregates"),
    *("define", "normalise", "outcome", "rounds", "choose", "clock", "chain", "objections"),
    *("attest", "adopted_by", "shows", "case"),
)
DECIDING = ("outcome", "rounds", "choose", "chain")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outcome ladder: `outcome`, where `when` is the first that is true.

    `binding_on` are the members that the outcome binds, if not all; `then` is the id of the
    procedure that follows.
    """

    when: Predicate
    outcome: str
    favourable: bool
    binding_on: Members | None = None
    effects: tuple[str, ...] = ()
    then: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A predicate that is shown beside the verdict and moves nothing."""

    label: str
    when: Predicate


@dataclass(frozen=True)
class Procedure:
    """A rule as data. The first line of `ladder` that is true gives the outcome.

    `rounds`, `choose`, `clock`, `chain`, `objections` and `attest` are kept as the file has them;
    `nemcon.rules.phases` and others read them.
    """

    id: str
    title: str
    body: str
    ladder: tuple[Line, ...]
    kind: str = "motion"
    organ: str = ""
    aka: tuple[str, ...] = ()
    model: bool = False
    comparison: bool = False
    each_candidate: bool = False  # members take a position on every one, not for one alone
    positions: Vocabulary = field(default_factory=Vocabulary)
    attributes: Mapping[str, str] | None = None
    defaults: Mapping[str, Value] = field(default_factory=dict)
    params: Mapping[str, Declared] = field(default_factory=dict)
    roll: Seats = field(default_factory=Seats)
    aggregates: Mapping[str, Members] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    clauses: tuple[Clause, ...] = ()
    shows: tuple[Shown, ...] = ()
    in_force: tuple[tuple[When | None, When | None], ...] = ()
    cases: tuple[Case, ...] = ()
    adopted_by: tuple[str, ...] = ()
    rounds: Mapping[str, Any] | None = None
    choose: Mapping[str, Any] | None = None
    clock: Mapping[str, Any] | None = None
    chain: tuple[Mapping[str, Any], ...] = ()
    objections: Mapping[str, Any] | None = None
    attest: tuple[Mapping[str, Any], ...] = ()

    # What it reads

    @cached_property
    def stances(self) -> tuple[str, ...]:
        """The positions that the rule lists, as it spells them."""
        return tuple(self.positions.shown.values()) if self.positions.declared else ()

    def nodes(self) -> Iterator[Any]:
        """Every set, measure and predicate of the ladder, of what is shown and of the steps."""
        for line in self.ladder:
            yield from walk(line.when)
            if line.binding_on is not None:
                yield from walk(line.binding_on)
        for shown in self.shows:
            yield from walk(shown.when)
        for step in self.steps:
            match step:
                case Moved():
                    yield from walk(step.where)
                case Dropped():
                    yield from walk(step.members)
        if self.roll.eligible is not None:
            yield from walk(self.roll.eligible)

    @cached_property
    def reads(self) -> frozenset[str]:
        """The attributes that bear on an answer."""
        found = {step.attribute for step in self.steps if isinstance(step, Bloc | OnePer)}
        for node in self.nodes():
            match node:
                case Having() | HavingNumber() | Fewest():
                    found.add(node.attribute)
                case Groups():
                    found |= {node.by, node.weight}
                case Term():
                    found.add(node.weight)
        for members in self.aggregates.values():
            found |= {n.attribute for n in walk(members) if isinstance(n, Having | HavingNumber)}
        return frozenset(found - {"", VALUE})

    @property
    def never_met(self) -> bool:
        """Whether no outcome of its ladder is in favour, so that it can never be met."""
        return bool(self.ladder) and not any(line.favourable for line in self.ladder)

    @cached_property
    def weights(self) -> frozenset[str]:
        """The attributes by which members weigh: a member without such a number is an error."""
        return frozenset(node.weight for node in self.nodes() if isinstance(node, Term))

    @cached_property
    def sums(self) -> bool:
        """Whether the rule needs no more than totals over members, each looked at by itself."""
        wider = (Groups, Fewest, Versus, Parameter, ParameterIs, Attested)
        whole = not any(isinstance(node, wider) for node in self.nodes())
        return whole and self.positions.numbers is None and all(map(is_alone, self.steps))

    # As totals over members

    def totals(self) -> tuple[Term, ...]:
        """The totals that the ladder reads, each once, in the order of reading."""
        found = [term for line in self.ladder for term in terms(line.when)]
        return tuple(dict.fromkeys(found))

    def position(self, name: str) -> Position:
        """The position that a name means, in its canonical form; an unknown one is itself.

        Support is a *yes*, and an objection a *no* (or a *concern*), to a rule that has no other
        name for it; of numbers on both sides of nought they are the highest and the lowest.
        """
        key = canonical(name)
        found = self._meant[key] if key in self._meant else self.positions.find(name)
        return key if found is None else found

    @cached_property
    def _meant(self) -> Mapping[str, Position]:
        """What support and objection are called in a rule that does not call them so."""
        named = {n for node in self.nodes() if isinstance(node, Stances) for n in node.names}
        found: dict[str, Position] = self._of_numbers()
        for words in (FOR, AGAINST):
            known = (canonical(word) for word in words)
            if self.positions.declared:
                meant = next((m for w in known if (m := self.positions.find(w)) is not None), None)
            else:
                meant = next((word for word in known if word in named), None)
            if meant is not None and meant != words[0]:
                found[words[0]] = meant
        return found

    def _of_numbers(self) -> dict[str, Position]:
        """Support, objection and abstention as numbers, where these go both ways from nought."""
        low, high = self.positions.numbers or (Fraction(0), Fraction(0))
        if not low < 0 < high:
            return {}
        return {"support": high, "objection": low, **dict.fromkeys(NEITHER, Fraction(0))}

    @cached_property
    def unheard(self) -> frozenset[str]:
        """Which of support and objection is no position of the rule. One that lists no positions
        hears both.
        """
        words = ("support", "objection") if self.positions.declared else ()
        meant = {word: self.position(word) for word in words}
        return frozenset(
            word
            for word, position in meant.items()
            if isinstance(position, str) and self.positions.find(position) is None
        )

    def normalised(self, position: Position, attributes: Mapping[str, Value]) -> Position | None:
        """The position of a member after the steps that look at no other; None: out."""
        eligible = self.roll.eligible
        if eligible is not None and not contains(eligible, position, attributes):
            return None
        return alone(self.steps, position, attributes)

    def counts(self, term: Term, stance: str, attributes: Mapping[str, Any]) -> Fraction | int:
        """What one member of the roll adds to a total, after normalising its stance.

        Raises `RuleError` if the rule weighs members by an attribute that this one lacks.
        """
        held = as_attributes(attributes)
        position = self.normalised(self.position(stance), held)
        if position is None or not contains(term.members, position, held):
            return 0
        return self.weight(term.weight, position, held) if term.weight else 1

    def weight(self, name: str, position: Position, attributes: Mapping[str, Value]) -> Fraction:
        """What a member weighs. Raises `RuleError` if it has no such number."""
        if name == VALUE:  # who gave no number adds nothing
            return position if isinstance(position, Fraction) else Fraction(0)
        number = as_number(attributes.get(name, self.defaults.get(name)))
        if number is not None:
            return number
        if attributes.get(name, False) is not False:
            raise RuleError(
                say(
                    "rule '{id}' weighs members by '{name}', and a member has '{value}' there, "
                    "which is no number; write a number",
                    id=self.id,
                    name=name,
                    value=attributes[name],
                )
            )
        raise RuleError(
            say(
                "rule '{id}' weighs members by '{name}', which a member on the roll does not "
                "have; add it to the attributes of its membership, or to the roll",
                id=self.id,
                name=name,
            )
        )

    # As those who know only simple rules see the steps

    @property
    def default(self) -> str:
        """What a silent member is taken to say; empty if nothing."""
        return next((s.position for s in self.steps if isinstance(s, Default)), "")

    @property
    def mapped(self) -> tuple[tuple[str, str], ...]:
        """The positions that are taken for others."""
        return tuple(pair for s in self.steps if isinstance(s, Renamed) for pair in s.pairs)


def read_procedure(data: Mapping[str, Any], name: str = "", title: str = "") -> Procedure:
    """Read a procedure from plain values; `name` and `title` are its own where it gives none.

    Raises `RuleError`, with the place of what is wrong, for whatever cannot be read.
    """
    at = Place(name or "?")
    table = at.table(data, say("a table with 'id', 'title' and 'outcome'"))
    ident = at.text(table["id"], say("a short name")) if "id" in table else name
    at = Place(ident)
    at.known_keys(table, KEYS)
    scope = _scope(table, at)
    if not any(key in table for key in DECIDING):
        raise at.error(
            say("no [[outcome]] line; write at least one ([rounds], [choose] or [[chain]])")
        )
    parts = read_parts(table, at)
    steps = read_steps(table.get("normalise", []), at / "normalise", scope)
    return Procedure(
        id=ident,
        title=_text(table, "title", at, title or ident),
        body=_text(table, "body", at),
        organ=_text(table, "organ", at),
        kind=_one_of(table, "kind", at, ("motion", "selection")),
        ladder=_ladder(table["outcome"], at / "outcome", scope) if "outcome" in table else (),
        positions=scope.positions,
        attributes=scope.attributes,
        defaults=read_defaults(table.get("attributes"), at / "attributes"),
        params=scope.params or {},
        roll=read_seats(table.get("roll", {}), at / "roll", scope),
        aggregates=read_aggregates(table.get("aggregates", {}), at / "aggregates", scope),
        steps=steps,
        clauses=read_clauses(table.get("clause", []), at / "clause"),
        shows=_shows(table.get("shows", []), at / "shows", scope),
        in_force=read_in_force(table.get("in_force", []), at / "in_force"),
        cases=read_cases(table.get("case", []), at / "case"),
        **parts,
    )


def _scope(table: Mapping[str, Any], at: Place) -> Scope:
    if "positions" in table and "stances" in table:
        raise (at / "stances").error(say("'positions' says the same; keep one of them"))
    key = "stances" if "stances" in table else "positions"
    names = mapped_names(table.get("normalise"))
    positions = read_positions(table.get(key), at / key, names)
    attributes = read_attributes(table.get("attributes"), at / "attributes")
    params = read_params(table["params"], at / "params") if "params" in table else None
    define = (at / "define").table(
        table.get("define", {}), say("a table of sets, measures, predicates")
    )
    return Scope(at, positions, attributes, params, define)


def _text(table: Mapping[str, Any], key: str, at: Place, default: str = "") -> str:
    return (at / key).text(table[key], say("a text in quotes")) if key in table else default


def _one_of(table: Mapping[str, Any], key: str, at: Place, known: tuple[str, ...]) -> str:
    value = _text(table, key, at, known[0])
    if value not in known:
        raise (at / key).error(
            say(
                "'{value}' is no {key}; write {known}",
                value=value,
                key=key,
                known=listed(known),
            )
        )
    return value


def _ladder(data: Any, at: Place, scope: Scope) -> tuple[Line, ...]:
    rows = at.items(data, say("[[outcome]] lines"))
    if not rows:
        raise at.error(say("no [[outcome]] line; write at least one"))
    return tuple(_line(row, at / n, scope) for n, row in enumerate(rows))


def _line(row: Any, at: Place, scope: Scope) -> Line:
    table = at.table(row, say('{ when = predicate, is = "adopted" }'))
    at.known_keys(table, ("when", "is", "favourable", "binding_on", "effects", "then", "note"))
    if "is" not in table:
        raise at.error(say("no 'is'; name the outcome of this line"))
    effects = table.get("effects", [])
    effects = [effects] if isinstance(effects, str) else effects
    binding = table.get("binding_on")
    return Line(
        read_predicate(table["when"], at / "when", scope) if "when" in table else Always(True),
        (at / "is").text(table["is"], say("the outcome in words")),
        (at / "favourable").flag(table.get("favourable", False)),
        None if binding is None else read_members(binding, at / "binding_on", scope),
        tuple(
            (at / "effects").text(each, say("a text"))
            for each in (at / "effects").items(effects, say("a list of texts"))
        ),
        (at / "then").text(table["then"], say("the id of a procedure")) if "then" in table else "",
    )


def _shows(data: Any, at: Place, scope: Scope) -> tuple[Shown, ...]:
    found = []
    for n, row in enumerate(at.items(data, say("a list of { label, when }"))):
        here = at / n
        table = here.table(row, "{ label = …, when = … }")
        here.known_keys(table, ("label", "when", "note"))
        for key in ("label", "when"):
            if key not in table:
                raise here.error(say("'{key}' is missing; write both label and when", key=key))
        label = (here / "label").text(table["label"], say("what is shown"))
        found.append(Shown(label, read_predicate(table["when"], here / "when", scope)))
    return tuple(found)
