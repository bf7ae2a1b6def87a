"""Rules: matters without one, entries without a matter, stances that no rule knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nemcon.check.checked import Checked
from nemcon.check.lookup import (
    of_library,
    procedure_of,
    rule_name,
    rules_named,
    spelled_out,
    two_rules,
)
from nemcon.check.words import listed, nearest, quoted
from nemcon.entries import (
    AnyEntry,
    Candidacy,
    Decision,
    Objection,
    Position,
    Reserve,
    Rule,
    Silence,
    Tally,
)
from nemcon.findings import Finding
from nemcon.rules.procedure import Procedure
from nemcon.saying import say, say_many

_OF_A_MATTER = (Position, Reserve, Objection, Tally, Candidacy, Decision)
# What the engine itself understands, whatever the rule.
_ALWAYS = frozenset({"support", "objection", "none", "reserve", "abstention"})


def rules_found(checked: Checked) -> Iterator[Finding]:
    """Matters whose rule is not named, or is named and cannot be found."""
    for matter, stated in sorted(checked.state.matters.items()):
        name = rule_name(checked, matter)
        if not name:
            message = say(
                "no rule is given for {matter}, so nobody can tell whether it is agreed; "
                "name one in the 'rule' of the matter, or of its office",
                matter=_matter(checked, matter),
            )
            yield checked.finding("no-rule", "warning", message, stated, "rule")
        elif _is_lost(checked, name):
            message = say(
                "{matter} is decided by {name}, but there is no such rule here, nor in the "
                "library; add a [[rule]], or correct the name",
                matter=_matter(checked, matter),
                name=quoted(name),
            )
            yield checked.finding("unknown-rule", "warning", message, stated, "rule")


def _is_lost(checked: Checked, name: str) -> bool:
    known = rules_named(checked, name) or not checked.procedures or of_library(checked, name)
    return not known


def _matter(checked: Checked, matter: str) -> str:
    if matter in checked.titles:
        return say("{title} ({id})", title=checked.title(matter), id=quoted(matter))
    return say("the matter {matter}", matter=quoted(matter))


def rules_readable(checked: Checked) -> Iterator[Finding]:
    """Rules whose algebra is wrong, or whose procedure the library does not have."""
    for rule in checked.state.all(Rule):
        if rule.algebra:
            read = spelled_out(rule)
            if rule.procedure:
                yield checked.finding("two-rules", "error", two_rules(rule), [rule], "procedure")
            if isinstance(read, str):
                yield checked.finding("bad-rule", "error", read, [rule], "algebra")
            elif read.never_met:
                message = say(
                    "no outcome of the rule {rule} says 'favourable = true', so it can never be "
                    "met; write it beside the outcome that is in favour",
                    rule=quoted(rule.name),
                )
                yield checked.finding("never-met", "error", message, [rule], "algebra")
        elif rule.procedure and checked.procedures and not of_library(checked, rule.procedure):
            message = say(
                "the library has no rule {procedure}; correct the name, or spell the rule "
                "out in 'algebra'",
                procedure=quoted(rule.procedure),
            )
            yield checked.finding("unknown-procedure", "warning", message, [rule], "procedure")


def entries_without_matter(checked: Checked) -> Iterator[Finding]:
    """Entries that bear on some matter and name none, where there are several."""
    lost = [entry for entry in checked.by_matter.get("", ()) if isinstance(entry, _OF_A_MATTER)]
    if lost and checked.matters:
        message = say_many(
            "{n:,} entry names no matter, and there are several, so it counts for none of them; "
            "write one of {matters} in 'matter'",
            "{n:,} entries name no matter, and there are several, so they count for none of them; "
            "write one of {matters} in 'matter'",
            len(lost),
            n=len(lost),
            matters=listed(map(quoted, sorted(checked.matters))),
        )
        yield checked.finding("no-matter", "warning", message, lost, "matter")


def stances_known(checked: Checked) -> Iterator[Finding]:
    """Stances of positions and tallies that the rule of their matter does not know."""
    procedures: dict[str, Procedure | None] = {}
    uses: dict[tuple[str, str], dict[str, AnyEntry]] = {}
    for entry in checked.all(Position, Tally):
        matter = checked.matter_of(entry)
        if matter not in procedures:
            found = procedure_of(checked, matter, (checked.on, checked.on)) if matter else None
            procedures[matter] = found
        procedure = procedures[matter]
        for stance in _stances(entry):
            if not _knows(procedure, stance):
                uses.setdefault((matter, stance), {})[entry.id] = entry
    yield from _unheard(checked)
    for number, ((matter, stance), entries) in enumerate(sorted(uses.items())):
        known = _vocabulary(procedures[matter])
        near = nearest(stance, known, number)
        hint = (
            say("did you mean {near}?", near=quoted(near))
            if near
            else say("it knows {known}", known=listed(sorted(known), 8))
        )
        yield _unknown(checked, matter, stance, hint, [*entries.values()])


def _unheard(checked: Checked) -> Iterator[Finding]:
    """Support or objections where the rule lists positions, and none like it."""
    lost: dict[tuple[str, str], list[AnyEntry]] = {}
    for entry in checked.all(Objection, Position, Silence, Tally):
        told = ["objection"] if _is_objection(entry) else _stances(entry)
        for stance in {"support", "objection"}.intersection(told):
            if matter := checked.matter_of(entry):
                lost.setdefault((matter, stance), []).append(entry)
    for (matter, stance), entries in sorted(lost.items()):
        procedure = procedure_of(checked, matter, (checked.on, checked.on))
        if procedure is not None and stance in procedure.unheard:
            message = say(
                "the rule of {matter} lists no position that {stance} could be, so it is open "
                "where they stand of whom it is told; record a 'position' that it knows: {known}",
                matter=_matter(checked, matter),
                stance=say("an objection") if stance == "objection" else say("support"),
                known=listed(_listed(procedure), 8),
            )
            yield checked.finding("stance-not-read", "warning", message, entries)


def _is_objection(entry: AnyEntry) -> bool:
    broken = isinstance(entry, Silence) and entry.change == "broken"
    return broken or isinstance(entry, Objection)


def _listed(procedure: Procedure) -> Sequence[str]:
    """The positions that a rule lists, or the ends of its numbers."""
    return procedure.stances or [str(end) for end in procedure.positions.numbers or ()]


def _stances(entry: AnyEntry) -> Sequence[str]:
    """The stances of an entry; those of an unnamed group move no verdict and may be any words."""
    if isinstance(entry, Tally):
        return [one.stance for one in entry.counts]
    return [entry.stance] if isinstance(entry, Position) and entry.members else []


def _knows(procedure: Procedure | None, stance: str) -> bool:
    """Whether the rule, if there is one, knows a stance."""
    return procedure is None or stance in _ALWAYS or procedure.positions.find(stance) is not None


def _vocabulary(procedure: Procedure | None) -> frozenset[str]:
    """The stances that a rule knows, each by its usual name."""
    if procedure is None:
        return frozenset()
    mapped = {name for pair in procedure.mapped for name in pair}
    return frozenset(procedure.stances) | mapped | _ALWAYS | {procedure.default} - {""}


def _unknown(
    checked: Checked,
    matter: str,
    stance: str,
    hint: str,
    entries: Sequence[AnyEntry],
) -> Finding:
    message = say(
        "{stance} is no stance of the rule of {matter}, so it does not tell where "
        "anybody stands; {hint}",
        stance=quoted(stance),
        matter=_matter(checked, matter),
        hint=hint,
    )
    return checked.finding("unknown-stance", "warning", message, entries, "stance")
