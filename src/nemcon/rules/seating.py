"""Ballots and a roll put together: which members there are, and what each of them may have said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product

from nemcon.findings import Finding, Place
from nemcon.rules.algebra import (
    VALUE,
    Between,
    Fewest,
    Groups,
    Having,
    HavingNumber,
    Position,
    Stances,
    Term,
    Valued,
    walk,
)
from nemcon.rules.ballots import Ballot, Ballots
from nemcon.rules.counting import Kinds
from nemcon.rules.names import Value, listed, shown
from nemcon.rules.normalise import Bloc, Default, Moved, OnePer, Renamed
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll
from nemcon.rules.scope import SILENT
from nemcon.rules.search import Group, Problem, Quota

OTHER = "?"  # a position that the rule does not read, where it lists none
Attributes = tuple[tuple[str, Value], ...]
_MOST_CLASSES = 500


@dataclass(frozen=True)
class Members:
    """Like members: what they may have said, with which attributes, and those who have names."""

    number: int
    positions: tuple[Position, ...]
    classes: tuple[Attributes, ...]
    names: tuple[str, ...] = ()


@dataclass
class Seated:
    """Everybody on the roll. `quotas` bind how many are of a class; `size` is their number."""

    members: list[Members] = field(default_factory=list)
    quotas: list[tuple[int, Attributes, str]] = field(default_factory=list)
    size: int = 0
    source: str = ""
    open: int = 0
    findings: list[Finding] = field(default_factory=list)

    def problem(self, procedure: Procedure) -> Problem:
        """The members as the search takes them."""
        kinds = Kinds(procedure)
        groups: list[Group] = []
        classes: list[list[Attributes]] = []
        for one in self.members:
            options: dict[int, Attributes] = {}
            for position, held in product(one.positions, one.classes):
                options.setdefault(kinds.number(position, dict(held)), held)
            groups.append(Group(one.number, tuple(options)))
            classes.append(list(options.values()))
        quotas = [
            Quota(
                number,
                tuple(
                    (n, m)
                    for n, each in enumerate(classes)
                    for m, held in enumerate(each)
                    if _is_of(held, wanted)
                ),
                name,
            )
            for number, wanted, name in self.quotas
        ]
        return Problem(procedure, kinds, tuple(groups), tuple(quotas))


def _is_of(held: Attributes, wanted: Attributes) -> bool:
    """Whether attributes are of a class; what is absent is false."""
    values = dict(held)
    return all(values.get(name, False) == value for name, value in wanted)


def seat(
    procedure: Procedure,
    ballots: Ballots,
    roll: Roll | None = None,
    directory: Roll | None = None,
    *,
    closed: bool = False,
    running: bool = False,
) -> Seated:
    """Put ballots and roll together. While a vote is `running`, who is silent may still speak.

    `roll` is who may vote; without one it is the seats that the rule fixes, else the groups
    themselves. `directory` tells attributes of members by their names. Findings of severity
    error: `no-roll`, `unknown-member`, `too-many`, `missing-attribute`, `class-sum`.
    """
    seating = _Seating(procedure, ballots, directory or roll, closed=closed, running=running)
    if roll is not None:
        seating.by_roll(roll)
    elif procedure.roll.size is not None:
        seating.by_seats(procedure.roll.size)
    else:
        seating.by_groups()
    return seating.out


class _Seating:
    def __init__(
        self,
        procedure: Procedure,
        ballots: Ballots,
        directory: Roll | None,
        *,
        closed: bool,
        running: bool,
    ) -> None:
        self.procedure, self.groups = procedure, ballots.groups
        self.closed, self.running = closed, running
        self.directory = directory
        self.reads = sorted(procedure.reads)
        # Who lacks what others carry has it as false; but where the seats of a class are numbered,
        # their number decides.
        classed = procedure.roll.classes if procedure.roll.size is not None else {}
        carried = {name for group in self.groups for name in group.attributes}
        self.carried = carried - set(classed)
        self.options = (SILENT,) if closed else open_positions(procedure)
        self.out = Seated()
        self.counts: Counter[tuple[tuple[Position, ...], tuple[Attributes, ...]]] = Counter()
        self.named: dict[tuple[tuple[Position, ...], tuple[Attributes, ...]], list[str]] = {}

    def error(self, code: str, message: str, where: str = "") -> None:
        """Keep a finding of severity error; with `where`, the field that it is about."""
        place = Place(field=where) if where else None
        self.out.findings.append(Finding(code, "error", message, place=place))

    def add(
        self,
        number: int,
        positions: Sequence[Position],
        classes: Sequence[Attributes],
        names: Iterable[str] = (),
    ) -> None:
        """Add like members."""
        if self.running and tuple(positions) == (SILENT,):
            positions = open_positions(self.procedure)
            self.out.open += number
        if number > 0:
            key = (tuple(positions), tuple(classes))
            self.counts[key] += number
            self.named.setdefault(key, []).extend(names)

    def finish(self, source: str) -> None:
        """Join like members."""
        self.out.source = source
        self.out.members = [
            Members(number, *key, names=tuple(self.named[key]))
            for key, number in self.counts.items()
        ]
        self.out.size = sum(self.counts.values())

    # The roll is given

    def by_roll(self, roll: Roll) -> None:
        """Seat the members of a roll."""
        told = self.carried | roll.carried
        rest = {seat.name: seat for seat in roll.seats}
        for group in self.groups:
            for name in group.voters:
                member = roll.find(name)
                if member is None or member.name not in rest:
                    self._not_on(roll, name, group, known=member is not None)
                    continue
                del rest[member.name]
                held = {**member.held, **group.attributes}
                self.add(1, (group.position,), self._classes(held, told), (member.name,))
        unnamed = [group for group in self.groups if group.unnamed]
        taken = sum(group.unnamed for group in unnamed)
        if taken > len(rest):
            self.error("too-many", self._too_many(taken, len(rest), len(roll.seats)))
        classes: dict[Attributes, list[str]] = defaultdict(list)
        for seat in rest.values():
            classes[self._of_roll(seat.held, roll)].append(seat.name)
        if unnamed:
            self._unnamed(unnamed, roll, classes, told)
            self.add(
                len(rest) - taken,
                self.options,
                [held for each in classes for held in self._classes(dict(each), told)],
            )
        else:
            for each, names in classes.items():
                self.add(len(names), self.options, self._classes(dict(each), told), names)
        self.out.open += 0 if self.closed else max(len(rest) - taken, 0)
        self.finish(roll.source)

    def _of_roll(self, held: Mapping[str, Value], roll: Roll) -> Attributes:
        """What the roll says of a member, as far as the rule reads it; what is absent is false."""
        return tuple((name, held.get(name, False)) for name in self.reads if name in roll.carried)

    def _unnamed(
        self,
        groups: Sequence[Ballot],
        roll: Roll,
        classes: Mapping[Attributes, Sequence[str]],
        told: set[str],
    ) -> None:
        """Seat groups of which only the number is known: of each class, no more than are left."""
        for wanted, names in classes.items():
            sure = sum(
                number
                for (_, held), number in self.counts.items()
                if held and _is_of(held[0], wanted)
            )
            words = listed((f"{k} {_text(v)}" for k, v in wanted), "and")
            self.out.quotas.append((len(names) + sure, wanted, words))
        for group in groups:
            fitting = [each for each in classes if _fits(each, group, roll)]
            if not fitting:
                about = listed((f"{k} {_text(v)}" for k, v in group.attributes.items()), "and")
                left = f"with {about} " if about else ""
                message = f"no member {left}is left on the roll for this group; correct it"
                self.error("too-many", message, group.place)
            held = [{**dict(each), **group.attributes} for each in fitting]
            found = [one for each in held for one in self._classes(each, told)]
            self.add(group.unnamed, (group.position,), found)

    def _not_on(self, roll: Roll, name: str, group: Ballot, *, known: bool) -> None:
        if known:
            message = f"{shown(name)} is a member that another name stands for already"
            self.error("voter-twice", message, group.place)
            return
        near = roll.near(name)
        hint = f"did you mean '{near}'?" if near else "correct the name, or the roll"
        self.error(
            "unknown-member",
            f"{shown(name)} is not on the roll ({roll.source}); {hint}",
            group.place,
        )

    # The seats are fixed by the rule

    def by_seats(self, size: int) -> None:
        """Seat the groups on the seats of the rule; seats that are left are open."""
        self._groups()
        taken = sum(group.count for group in self.groups)
        if taken > size:
            self.error("too-many", self._too_many(taken, size, size))
        if taken < size:
            self.add(size - taken, self.options, self._classes({}, set()))
        self.out.open += 0 if self.closed else max(size - taken, 0)
        for name, numbers in classes_of(self.procedure).items():
            for value, number in numbers.items():
                self.out.quotas.append((number, ((name, value),), f"{name} {_text(value)}"))
        self.finish("the rule")
        self._sums()

    def _sums(self) -> None:
        """Tell where the groups have more of a class than there are seats."""
        for number, wanted, name in self.out.quotas:
            sure = sum(
                one.number
                for one in self.out.members
                if all(_is_of(c, wanted) for c in one.classes)
            )
            most = sum(
                one.number
                for one in self.out.members
                if any(_is_of(c, wanted) for c in one.classes)
            )
            if not sure <= number <= most:
                told = sure if sure > number else most
                message = (
                    f"there are {number} seats with {name}, and these ballots have {told}; "
                    "correct the groups"
                )
                self.error("class-sum", message)

    # The groups are the roll

    def by_groups(self) -> None:
        """Seat the groups, and nobody else."""
        uncounted = [group for group in self.groups if not group.counted]
        if (uncounted or not self.groups) and not self.closed:
            message = (
                "nothing says who else may vote: give the roll with --roll, a date with --on if "
                "the body is known, 'count' in every group, or --closed"
            )
            self.error("no-roll", message, uncounted[0].place if uncounted else "")
        self._groups()
        self.finish("the groups")

    def _groups(self) -> None:
        for group in self.groups:
            for name in group.voters:
                member = self.directory.find(name) if self.directory else None
                known = self.directory.carried if self.directory and member else frozenset()
                held = {**(member.held if member else {}), **group.attributes}
                classes = self._classes(held, self.carried | known)
                self.add(1, (group.position,), classes, (name,))
            classes = self._classes(group.attributes, self.carried)
            self.add(group.unnamed, (group.position,), classes)

    def _classes(self, held: Mapping[str, Value], told: Set[str]) -> tuple[Attributes, ...]:
        """Every class that members of whom only this is known may be of.

        Of what is `told` of others, those of whom it is not told have it as false, or as the
        default of the rule.
        """
        held = {**self.procedure.defaults, **held}
        known = {name: held.get(name, False) for name in self.reads if name in {*told, *held}}
        unknown = [name for name in self.reads if name not in known]
        classes: list[Attributes] = []
        for chosen in product(*(self._values(name) for name in unknown)):
            both = {**known, **dict(zip(unknown, chosen, strict=True))}
            classes.append(tuple(sorted(both.items())))
            if len(classes) > _MOST_CLASSES:
                self.error("missing-attribute", _missing(unknown))
                break
        return tuple(classes)

    def _values(self, name: str) -> tuple[Value, ...]:
        """The values that an attribute of which nothing is said may have."""
        if name in grouping(self.procedure) and name not in classes_of(self.procedure):
            self.error("missing-attribute", _missing([name]))
            return (False,)
        return values_of(self.procedure, name)

    def _too_many(self, taken: int, seats: int, size: int) -> str:
        left = f"{seats} of {size} seats are left" if seats != size else f"there are {size} seats"
        return f"{left}, and these ballots are of {taken} members; correct the groups, or the roll"


def _fits(held: Attributes, group: Ballot, roll: Roll) -> bool:
    """Whether unnamed members of a group can be of a class of the roll."""
    values = dict(held)
    return all(
        values.get(name, False) == value
        for name, value in group.attributes.items()
        if name in roll.carried
    )


def _missing(names: Sequence[str]) -> str:
    words = listed(names, "and")
    return f"the rule reads '{words}' of members; give it in the groups, or with --roll"


def _text(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def classes_of(procedure: Procedure) -> Mapping[str, Mapping[Value, int]]:
    """Of attributes that the rule reads, and of whose values its seats tell the numbers, these
    numbers; what is absent is false.
    """
    size, told = procedure.roll.size, procedure.roll.classes
    if size is None:
        return {}
    return {
        name: {**numbers, False: numbers.get(False, 0) + size - sum(numbers.values())}
        for name, numbers in told.items()
        if name in procedure.reads
    }


def values_of(procedure: Procedure, name: str) -> tuple[Value, ...]:
    """The values that stand for all that a member of whom this is not told may have."""
    numbers = classes_of(procedure).get(name)
    if numbers is None:
        return _compared(procedure, name)
    return tuple(value for value, number in numbers.items() if number or value is not False)


def grouping(procedure: Procedure) -> set[str]:
    """The attributes of which any value matters: weights, groups and blocs."""
    found = {step.attribute for step in procedure.steps if isinstance(step, Bloc | OnePer)}
    for node in procedure.nodes():
        match node:
            case Term():
                found.add(node.weight)
            case Groups():
                found |= {node.by, node.weight}
            case Fewest():
                found.add(node.attribute)
    return found - {"", VALUE}


def _compared(procedure: Procedure, name: str) -> tuple[Value, ...]:
    """Values of an attribute of which each one stands for all that the rule treats alike."""
    nodes = [*procedure.nodes(), *(n for m in procedure.aggregates.values() for n in walk(m))]
    values: set[Value] = {n.value for n in nodes if isinstance(n, Having) and n.attribute == name}
    cuts = {n.number for n in nodes if isinstance(n, HavingNumber) and n.attribute == name}
    cuts |= {value for value in values if isinstance(value, Fraction)}
    return (*_sorted({*values, False}), *_samples(cuts))


def _sorted(values: Iterable[Value]) -> list[Value]:
    return sorted((v for v in values if not isinstance(v, Fraction)), key=repr)


def _samples(cuts: set[Fraction]) -> list[Fraction]:
    """A number at every cut, one between any two, and one beyond each end."""
    ends = sorted(cuts)
    if not ends:
        return []
    between = [(a + b) / 2 for a, b in pairwise(ends)]
    return [ends[0] - 1, *ends, *between, ends[-1] + 1]


def open_positions(procedure: Procedure) -> tuple[Position, ...]:
    """What a member of whom nothing is known may still say: a position of the rule, or nothing."""
    if procedure.positions.declared:
        names: list[Position] = list(procedure.positions.shown)
    else:
        names = [*named_positions(procedure), OTHER]
    if procedure.positions.numbers is not None:
        low, high = procedure.positions.numbers
        cuts = {n.number for n in procedure.nodes() if isinstance(n, Valued)}
        ends = sorted({low, high, *(cut for cut in cuts if low < cut < high)})
        names += ends
        names += [Between(a, b) for a, b in pairwise(ends)]
    return tuple(dict.fromkeys([*names, SILENT]))


def named_positions(procedure: Procedure) -> list[str]:
    """The positions that the rule names anywhere."""
    found = {name for n in procedure.nodes() if isinstance(n, Stances) for name in n.names}
    for step in procedure.steps:
        match step:
            case Default():
                found.add(step.position)
            case Renamed():
                found |= {name for pair in step.pairs for name in pair}
            case Moved():
                found.add(step.to)
            case Bloc():
                found |= step.ignored
    return sorted(found)
