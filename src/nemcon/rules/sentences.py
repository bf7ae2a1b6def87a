"""A rule as sentences: what its data say, in words that can be read beside the clauses.

Nothing here knows a procedure; the words of positions and attributes are those of the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from nemcon.rules.algebra import (
    VALUE,
    Always,
    Attested,
    Both,
    Compare,
    Constant,
    Either,
    Every,
    Everyone,
    Extreme,
    Fewest,
    Floor,
    Groups,
    Having,
    HavingNumber,
    If,
    Measure,
    Members,
    Multiple,
    Nobody,
    Not,
    Operator,
    Parameter,
    ParameterIs,
    Predicate,
    Product,
    Some,
    Square,
    Stances,
    Sum,
    Term,
    Valued,
    Versus,
    Without,
)
from nemcon.rules.names import listed
from nemcon.rules.normalise import Bloc, Default, Dropped, Moved, OnePer, Renamed, Step
from nemcon.rules.procedure import Line, Procedure

_COMPARED: Mapping[Operator, str] = {
    ">=": "at least",
    ">": "more than",
    "=": "exactly",
    "<=": "at most",
    "<": "fewer than",
    "!=": "not exactly",
}
_DENIED: Mapping[Operator, Operator] = {
    ">=": "<",
    ">": "<=",
    "=": "!=",
    "<=": ">",
    "<": ">=",
    "!=": "=",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a heading with the parts that stand below it."""

    text: str
    parts: tuple[Said, ...] = ()

    def lines(self, indent: int = 0) -> Iterable[str]:
        """The sentence and its parts, one line each, indented by two."""
        yield " " * indent + self.text
        for part in self.parts:
            yield from part.lines(indent + 2)


class Words:
    """Puts the parts of one rule into words."""

    def __init__(self, procedure: Procedure) -> None:
        self._rule = procedure

    # The ladder

    def ladder(self) -> tuple[Said, ...]:
        """One sentence for each line of the ladder, in order."""
        return tuple(self._line(line, first=not n) for n, line in enumerate(self._rule.ladder))

    def _line(self, line: Line, *, first: bool) -> Said:
        outcome = f"“{line.outcome}”" + (" (in favour)" if line.favourable else "")
        if line.when == Always(True):
            return Said(f"{outcome}, always" if first else f"otherwise {outcome}", self._tail(line))
        when = self.predicate(line.when)
        lead = f"{outcome} if" if first else f"otherwise {outcome} if"
        said = _after(lead, when)
        return Said(said.text, (*said.parts, *self._tail(line)))

    def _tail(self, line: Line) -> tuple[Said, ...]:
        found = []
        if line.binding_on is not None:
            found.append(Said(f"it binds {self.members(line.binding_on)}"))
        found += [Said(f"then: {effect}") for effect in line.effects]
        if line.then:
            found.append(Said(f"what follows goes by the rule {line.then}"))
        return tuple(found)

    # Before counting

    def steps(self) -> tuple[Said, ...]:
        """What is made of positions before they are counted, in order."""
        eligible = self._rule.roll.eligible
        first = [Said(f"only {self.members(eligible)} may act")] if eligible is not None else []
        return (*first, *(Said(self._step(step)) for step in self._rule.steps))

    def _step(self, step: Step) -> str:
        match step:
            case Default():
                return f"who is silent is taken for {self._position(step.position)}"
            case Renamed():
                pairs = [f"{self._position(a)} for {self._position(b)}" for a, b in step.pairs]
                return f"taken are {listed(pairs, 'and')}"
            case Moved():
                who = self.members(step.where)
                return f"{who} are taken for {self._position(step.to)}, whatever they cast"
            case Dropped():
                return f"{self.members(step.members)} are left out of every count"
            case Bloc():
                text = f"members with the same {step.attribute} must be of one mind; else all of "
                text += "their votes are invalid"
                if step.ignored:
                    names = listed([self._position(n) for n in sorted(step.ignored)], "or")
                    text += f" ({names} breaks no unity)"
                return text
            case OnePer():
                return f"like votes of one {step.attribute} count as one"

    # Predicates

    def predicate(self, node: Predicate, *, denied: bool = False) -> Said:
        """The predicate, or its opposite, as a sentence."""
        match node:
            case Always():
                return Said("always" if node.value != denied else "never")
            case Compare():
                return Said(self._compare(node, denied=denied))
            case Nobody():
                some = "at least one member" if denied else "no member"
                qualities = _of(self._qualities(node.members)).replace(" that are ", " that is ")
                return Said(f"there is {some}{qualities}")
            case Every() | Some():
                every = isinstance(node, Every) != denied
                parts = tuple(self.predicate(part, denied=denied) for part in node.parts)
                if len(parts) == 1:
                    return parts[0]
                return Said("all of these hold:" if every else "one of these holds:", parts)
            case Not():
                return self.predicate(node.part, denied=not denied)
            case If():
                condition = self.predicate(node.condition)
                then = self.predicate(node.then, denied=denied)
                otherwise = self.predicate(node.otherwise, denied=denied)
                return Said(
                    "as the case may be:",
                    (_after("where", condition), _after("there", then), _after("else", otherwise)),
                )
            case ParameterIs():
                return Said(f"{node.name} is {'not ' if denied else ''}{_value(node.value)}")
            case Attested():
                return Said(f"the finding “{node.finding}” is {'not ' if denied else ''}made")

    def _compare(self, node: Compare, *, denied: bool) -> str:
        operator = _DENIED[node.operator] if denied else node.operator
        left, right = self.measure(node.left), self.measure(node.right)
        words = _COMPARED[operator] if _counts(node.left) else _amount(operator)
        return f"{left} {_be(node.left)} {words} {right}"

    # Measures

    def measure(self, node: Measure) -> str:
        """The measure as a noun: *members with yes*, *2/3 of all members*."""
        match node:
            case Term():
                if not node.weight:
                    return self.members(node.members)
                if node.weight == VALUE:
                    return f"the sum of the votes of {self.members(node.members)}"
                return f"the sum of {node.weight} over {self.members(node.members)}"
            case Constant():
                return str(node.value)
            case Multiple():
                return _share(node.factor, self.measure(node.measure))
            case Product():
                return f"{self.measure(node.left)} times {self.measure(node.right)}"
            case Sum():
                return self._sum(node)
            case Extreme():
                parts = listed([self.measure(part) for part in node.parts], "and")
                return f"the {'lesser' if node.which == 'min' else 'greater'} of {parts}"
            case Square():
                return f"the square of {self.measure(node.measure)}"
            case Floor():
                return f"{self.measure(node.measure)}, rounded down"
            case Parameter():
                declared = self._rule.params.get(node.name)
                return declared.about if declared and declared.about else node.name
            case Groups():
                return self._groups(node)
            case Fewest():
                words = _COMPARED[node.operator]
                return (
                    f"the least number of {self.members(node.members)} whose {node.attribute} "
                    f"together is {words} {self.measure(node.measure)}"
                )
            case Versus():
                return f"the voters who rank {node.first} before {node.second}"

    def _sum(self, node: Sum) -> str:
        text = ""
        for part in node.parts:
            less = isinstance(part, Multiple) and part.factor < 0
            one = Multiple(-part.factor, part.measure) if less else part  # type: ignore[union-attr]
            word = (" less " if less else " plus ") if text else ("minus " if less else "")
            text += word + self.measure(one)
        return text

    def _groups(self, node: Groups) -> str:
        inner = self.predicate(node.where)
        flat = "; ".join(line.strip() for line in inner.lines())
        what = f"the {node.weight} of the" if node.weight else "the number of"
        among = "" if node.within == Everyone() else f" among {self.members(node.within)}"
        return f"{what} groups of like {node.by}{among} in which, of the group, {flat}"

    # Sets

    def members(self, node: Members) -> str:
        """The set as a noun: *all members*, *members with yes*."""
        if node == Everyone():
            return "all members"
        return f"members{_of(self._qualities(node))}"

    def _qualities(self, node: Members) -> list[str]:
        match node:
            case Everyone():
                return []
            case Stances():
                order = list(self._rule.positions.shown)
                names = sorted(node.names, key=lambda n: (n not in order, *_at(order, n), n))
                return [f"with {listed([self._position(n) for n in names], 'or')}"]
            case Having():
                return [_having(node)]
            case HavingNumber():
                return [f"whose {node.attribute} is {_amount(node.operator)} {node.number}"]
            case Valued():
                return [f"whose vote is {_amount(node.operator)} {node.number}"]
            case Both():
                return [words for part in node.parts for words in self._qualities(part)]
            case Either():
                parts = [" ".join(self._qualities(part)) for part in node.parts]
                return [f"either {listed(parts, 'or')}"]
            case Without():
                whole, part = self._qualities(node.whole), self._qualities(node.part)
                return [*whole, f"other than those {' '.join(part)}"]

    def _position(self, name: str) -> str:
        return self._rule.positions.shown.get(name, name)


def _at(order: list[str], name: str) -> list[int]:
    return [order.index(name)] if name in order else []


def _after(lead: str, said: Said) -> Said:
    """A sentence that begins with other words."""
    return Said(f"{lead} {said.text}", said.parts)


def _of(qualities: list[str]) -> str:
    return f" {' '.join(qualities)}" if qualities else ""


def _having(node: Having) -> str:
    if node.value is True:
        return f"that are {node.attribute}"
    if node.value is False:
        return f"that are not {node.attribute}"
    return f"whose {node.attribute} is {_value(node.value)}"


def _value(value: object) -> str:
    return "true" if value is True else "false" if value is False else str(value)


def _share(factor: Fraction, of: str) -> str:
    if factor < 0:
        return f"minus {_share(-factor, of)}"
    if factor == 1:
        return of
    if factor.denominator == 1:
        return f"{factor} times {of}"
    if factor.denominator == 100 or (100 % factor.denominator == 0 and factor.denominator > 4):
        return f"{factor * 100} % of {of}" if factor < 1 else f"{factor} times {of}"
    return f"{factor} of {of}"


def _counts(node: Measure) -> bool:
    return isinstance(node, Term) and not node.weight


def _amount(operator: Operator) -> str:
    return "less than" if operator == "<" else _COMPARED[operator]


def _be(node: Measure) -> str:
    return "are" if _counts(node) else "is"
