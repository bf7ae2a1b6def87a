"""A rule as sentences: what its data say, in words that can be read beside the clauses.

Nothing here knows a procedure; the words of positions and attributes are those of the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from nemcon.saying import Message, joined, marked_each, say

_COMPARED: Mapping[Operator, str] = marked_each(
    {
        ">=": "at least {amount}",
        ">": "more than {amount}",
        "=": "exactly {amount}",
        "<=": "at most {amount}",
        "<": "fewer than {amount}",
        "!=": "not exactly {amount}",
    }
)
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
        outcome: str = f"“{line.outcome}”"
        if line.favourable:
            outcome = say("{outcome} (in favour)", outcome=outcome)
        if line.when == Always(True):
            text = say("{outcome}, always", outcome=outcome)
            if not first:
                text = say("otherwise {outcome}", outcome=outcome)
            return Said(text, self._tail(line))
        said = self.predicate(line.when)
        text = say("{outcome} if {condition}", outcome=outcome, condition=said.text)
        if not first:
            text = say("otherwise {outcome} if {condition}", outcome=outcome, condition=said.text)
        return Said(text, (*said.parts, *self._tail(line)))

    def _tail(self, line: Line) -> tuple[Said, ...]:
        found = []
        if line.binding_on is not None:
            found.append(Said(say("it binds {members}", members=self.members(line.binding_on))))
        found += [Said(say("then: {effect}", effect=effect)) for effect in line.effects]
        if line.then:
            found.append(Said(say("what follows goes by the rule {rule}", rule=line.then)))
        return tuple(found)

    # Before counting

    def steps(self) -> tuple[Said, ...]:
        """What is made of positions before they are counted, in order."""
        eligible = self._rule.roll.eligible
        first = []
        if eligible is not None:
            first = [Said(say("only {members} may act", members=self.members(eligible)))]
        return (*first, *(Said(self._step(step)) for step in self._rule.steps))

    def _step(self, step: Step) -> str:
        match step:
            case Default():
                return say(
                    "who is silent is taken for {position}", position=self._position(step.position)
                )
            case Renamed():
                pairs = [
                    say("{old} for {new}", old=self._position(a), new=self._position(b))
                    for a, b in step.pairs
                ]
                return say("taken are {pairs}", pairs=listed(pairs, "and"))
            case Moved():
                return say(
                    "{members} are taken for {position}, whatever they cast",
                    members=self.members(step.where),
                    position=self._position(step.to),
                )
            case Dropped():
                return say(
                    "{members} are left out of every count", members=self.members(step.members)
                )
            case Bloc():
                text = say(
                    "members with the same {attribute} must be of one mind; else all of their "
                    "votes are invalid",
                    attribute=step.attribute,
                )
                if step.ignored:
                    names = listed([self._position(n) for n in sorted(step.ignored)], "or")
                    text = say("{said} ({names} breaks no unity)", said=text, names=names)
                return text
            case OnePer():
                return say("like votes of one {attribute} count as one", attribute=step.attribute)

    # Predicates

    def predicate(self, node: Predicate, *, denied: bool = False) -> Said:
        """The predicate, or its opposite, as a sentence."""
        match node:
            case Always():
                return Said(say("always") if node.value != denied else say("never"))
            case Compare():
                return Said(self._compare(node, denied=denied))
            case Nobody():
                return Said(self._nobody(node.members, denied=denied))
            case Every() | Some():
                every = isinstance(node, Every) != denied
                parts = tuple(self.predicate(part, denied=denied) for part in node.parts)
                if len(parts) == 1:
                    return parts[0]
                text = say("all of these hold:") if every else say("one of these holds:")
                return Said(text, parts)
            case Not():
                return self.predicate(node.part, denied=not denied)
            case If():
                condition = self.predicate(node.condition)
                then = self.predicate(node.then, denied=denied)
                otherwise = self.predicate(node.otherwise, denied=denied)
                return Said(
                    say("as the case may be:"),
                    (
                        Said(say("where {said}", said=condition.text), condition.parts),
                        Said(say("there {said}", said=then.text), then.parts),
                        Said(say("else {said}", said=otherwise.text), otherwise.parts),
                    ),
                )
            case ParameterIs():
                name, value = node.name, _value(node.value)
                if denied:
                    return Said(say("{name} is not {value}", name=name, value=value))
                return Said(say("{name} is {value}", name=name, value=value))
            case Attested():
                finding = node.finding.replace("-", " ")
                if denied:
                    return Said(say("the finding “{finding}” is not made", finding=finding))
                return Said(say("the finding “{finding}” is made", finding=finding))

    def _nobody(self, members: Members, *, denied: bool) -> Message:
        """That there is none of a set of members, or at least one."""
        qualities = self._qualities(members, one=True)
        if denied:
            if not qualities:
                return say("there is at least one member")
            return say("there is at least one member {qualities}", qualities=_of(qualities))
        if not qualities:
            return say("there is no member")
        return say("there is no member {qualities}", qualities=_of(qualities))

    def _compare(self, node: Compare, *, denied: bool) -> Message:
        operator = _DENIED[node.operator] if denied else node.operator
        left, right = self.measure(node.left), self.measure(node.right)
        if _counts(node.left):
            return say("{left} are {amount}", left=left, amount=_many(operator, right))
        return say("{left} is {amount}", left=left, amount=_much(operator, right))

    # Measures

    def measure(self, node: Measure) -> str:
        """The measure as a noun: *members with yes*, *2/3 of all members*."""
        match node:
            case Term():
                if not node.weight:
                    return self.members(node.members)
                members = self.members(node.members)
                if node.weight == VALUE:
                    return say("the sum of the votes of {members}", members=members)
                return say(
                    "the sum of {weight} over {members}", weight=node.weight, members=members
                )
            case Constant():
                return str(node.value)
            case Multiple():
                return _share(node.factor, self.measure(node.measure))
            case Product():
                left, right = self.measure(node.left), self.measure(node.right)
                return say("{left} times {right}", left=left, right=right)
            case Sum():
                return self._sum(node)
            case Extreme():
                parts = listed([self.measure(part) for part in node.parts], "and")
                if node.which == "min":
                    return say("the lesser of {parts}", parts=parts)
                return say("the greater of {parts}", parts=parts)
            case Square():
                return say("the square of {measure}", measure=self.measure(node.measure))
            case Floor():
                return say("{measure}, rounded down", measure=self.measure(node.measure))
            case Parameter():
                declared = self._rule.params.get(node.name)
                return declared.about if declared and declared.about else node.name
            case Groups():
                return self._groups(node)
            case Fewest():
                return say(
                    "the least number of {members} whose {attribute} together is {amount}",
                    members=self.members(node.members),
                    attribute=node.attribute,
                    amount=_many(node.operator, self.measure(node.measure)),
                )
            case Versus():
                return say(
                    "the voters who rank {first} before {second}",
                    first=node.first,
                    second=node.second,
                )

    def _sum(self, node: Sum) -> str:
        text: str = ""
        for part in node.parts:
            less = isinstance(part, Multiple) and part.factor < 0
            one = Multiple(-part.factor, part.measure) if less else part  # type: ignore[union-attr]
            more = self.measure(one)
            if text and less:
                text = say("{said} less {more}", said=text, more=more)
            elif text:
                text = say("{said} plus {more}", said=text, more=more)
            else:
                text = say("minus {more}", more=more) if less else more
        return text

    def _groups(self, node: Groups) -> Message:
        inner = joined("; ", _flat(self.predicate(node.where)))
        groups = say("groups of like {attribute}", attribute=node.by)
        if node.within != Everyone():
            among = self.members(node.within)
            groups = say("{groups} among {members}", groups=groups, members=among)
        if node.weight:
            return say(
                "the {weight} of the {groups} in which, of the group, {condition}",
                weight=node.weight,
                groups=groups,
                condition=inner,
            )
        return say(
            "the number of {groups} in which, of the group, {condition}",
            groups=groups,
            condition=inner,
        )

    # Sets

    def members(self, node: Members) -> str:
        """The set as a noun: *all members*, *members with yes*."""
        if node == Everyone():
            return say("all members")
        qualities = self._qualities(node)
        return say("members {qualities}", qualities=_of(qualities)) if qualities else say("members")

    def _qualities(self, node: Members, *, one: bool = False) -> list[Message]:
        """What the members of a set have in common; `one` for words about one of them."""
        match node:
            case Everyone():
                return []
            case Stances():
                order = list(self._rule.positions.shown)
                names = sorted(node.names, key=lambda n: (n not in order, *_at(order, n), n))
                return [say("with {names}", names=listed([self._position(n) for n in names], "or"))]
            case Having():
                return [_having(node, one=one)]
            case HavingNumber():
                return [
                    say(
                        "whose {attribute} is {amount}",
                        attribute=node.attribute,
                        amount=_much(node.operator, str(node.number)),
                    )
                ]
            case Valued():
                return [
                    say("whose vote is {amount}", amount=_much(node.operator, str(node.number)))
                ]
            case Both():
                return [q for part in node.parts for q in self._qualities(part, one=one)]
            case Either():
                parts = [_of(self._qualities(part, one=one)) for part in node.parts]
                return [say("either {parts}", parts=listed(parts, "or"))]
            case Without():
                part = _of(self._qualities(node.part, one=one))
                return [
                    *self._qualities(node.whole, one=one),
                    say("other than those {qualities}", qualities=part),
                ]

    def _position(self, name: str) -> str:
        return self._rule.positions.shown.get(name, name)


def _at(order: list[str], name: str) -> list[int]:
    return [order.index(name)] if name in order else []


def _flat(said: Said) -> Iterator[str]:
    yield said.text
    for part in said.parts:
        yield from _flat(part)


def _of(qualities: list[Message]) -> Message:
    return joined(" ", qualities)


def _having(node: Having, *, one: bool) -> Message:
    attribute = node.attribute
    if node.value is True and one:
        return say("that is {attribute}", attribute=attribute)
    if node.value is True:
        return say("that are {attribute}", attribute=attribute)
    if node.value is False and one:
        return say("that is not {attribute}", attribute=attribute)
    if node.value is False:
        return say("that are not {attribute}", attribute=attribute)
    return say("whose {attribute} is {value}", attribute=attribute, value=_value(node.value))


def _value(value: object) -> str:
    return say("true") if value is True else say("false") if value is False else str(value)


def _share(factor: Fraction, of: str) -> str:
    if factor < 0:
        return say("minus {more}", more=_share(-factor, of))
    if factor == 1:
        return of
    percent = factor.denominator == 100 or (
        100 % factor.denominator == 0 and factor.denominator > 4
    )
    if percent and factor < 1:
        return say("{number} % of {whole}", number=factor * 100, whole=of)
    if percent or factor.denominator == 1:
        return say("{left} times {right}", left=factor, right=of)
    return say("{number} of {whole}", number=factor, whole=of)


def _counts(node: Measure) -> bool:
    return isinstance(node, Term) and not node.weight


def _many(operator: Operator, amount: str) -> Message:
    """*at least 9*, *fewer than 2/3 of all members*."""
    return say(_COMPARED[operator], amount=amount)


def _much(operator: Operator, amount: str) -> Message:
    """*at least 9*, *less than 2/3 of the sum of votes*."""
    return say("less than {amount}", amount=amount) if operator == "<" else _many(operator, amount)
