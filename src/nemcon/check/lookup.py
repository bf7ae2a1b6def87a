"""Which rule a matter is decided by: the one it names, else that of its office."""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.check.checked import Checked
from nemcon.check.words import plain
from nemcon.entries import Office, Rule
from nemcon.rules.procedure import Procedure, RuleError, read_procedure
from nemcon.saying import say
from nemcon.worlds.days import Range

_LONGEST = 1000  # of what is wrong with a rule


def rule_name(checked: Checked, matter: str) -> str:
    """The rule of a matter; empty if neither it nor its office names one."""
    stated = checked.state.matters.get(matter, ())
    named = min((m.rule for m in stated if m.rule), default="")
    if named:
        return named
    held = {m.office for m in stated if m.office}
    # `sg` of `sg-2024` is the short name of the office that the matter fills.
    short = matter.rpartition("-")[0]
    offices = (
        office
        for office in checked.state.all(Office)
        if (office.name in held if held else short and office.short == short)
    )
    return min((office.rule for office in offices if office.rule), default="")


def rules_named(checked: Checked, name: str) -> list[Rule]:
    """The rule entries of a name: versions in force at different times, or several sources."""
    return [rule for rule in checked.state.all(Rule) if rule.name == name]


def procedure_of(checked: Checked, matter: str, when: Range) -> Procedure | None:
    """The rule of a matter as data, in the version in force on these days; None if not found."""
    name = rule_name(checked, matter)
    return next(_found(checked, name, when), None) if name else None


def _found(checked: Checked, name: str, when: Range) -> Iterator[Procedure]:
    rules = [rule for rule in rules_named(checked, name) if _in_force(checked, rule, when)]
    for rule in rules:
        if rule.algebra and isinstance(read := spelled_out(rule), Procedure):
            yield read
    for ident in dict.fromkeys([*(rule.procedure for rule in rules if rule.procedure), name]):
        if procedure := of_library(checked, ident):
            yield procedure


def _in_force(checked: Checked, rule: Rule, when: Range) -> bool:
    """Whether the rule may be in force on these days; it ends on the day another starts."""
    started = checked.day_range(rule.start)[0] <= when[1]
    return started and (rule.end is None or when[0] < checked.day_range(rule.end)[1])


def spelled_out(rule: Rule) -> Procedure | str:
    """The rule that an entry spells out, or what is wrong with it."""
    try:
        return read_procedure(rule.algebra, rule.name, rule.title)
    except RuleError as error:
        told = str(error)  # a message, unless it has to be cut
        return told if told.isprintable() and len(told) <= _LONGEST else plain(told, _LONGEST)


def two_rules(rule: Rule) -> str:
    """That an entry names a rule of the library and spells out another."""
    return say(
        "the rule '{rule}' names 'procedure' and spells out 'algebra', so nobody can tell which of "
        "them counts; keep one",
        rule=rule.name,
    )


def of_library(checked: Checked, ident: str) -> Procedure | None:
    """The rule of an id in the library, if it is there and can be read."""
    try:
        return checked.procedures(ident) if checked.procedures else None
    except RuleError:
        return None
