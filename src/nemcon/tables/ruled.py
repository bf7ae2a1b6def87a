"""What the rules of a body call things: the attributes that they read, the stances they know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from nemcon.entries import AnyEntry, Matter, Office, Rule
from nemcon.rules.algebra import Stances
from nemcon.rules.names import canonical
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.tables.columns import STANCES

Library = Callable[[str], Procedure | None]


@dataclass(frozen=True)
class Ruled:
    """The rules of a body by name, and which matter is under which."""

    rules: Mapping[str, tuple[Procedure, ...]] = field(default_factory=dict)
    matters: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def of(entries: Iterable[AnyEntry], library: Library) -> Ruled:
        """The rules that entries tell of or name, whenever they were in force. What cannot be read
        is left out, since the check of the record tells of it.
        """
        entries = tuple(entries)
        offices = {e.name: e for e in entries if isinstance(e, Office) and e.rule}
        shorts = {e.short: e.rule for e in offices.values() if e.short}
        matters: dict[str, str] = {}
        for each in entries:
            if isinstance(each, Matter):
                office = offices.get(each.office)
                by_office = office.rule if office else shorts.get(each.name.rpartition("-")[0], "")
                if rule := each.rule or by_office:
                    matters.setdefault(each.name, rule)
        named = {*matters.values(), *(office.rule for office in offices.values())}
        named |= {entry.name for entry in entries if isinstance(entry, Rule)} - {""}
        return Ruled(
            {name: tuple(_read(name, entries, library)) for name in sorted(named)}, matters
        )

    def attribute(self, name: str, header: str) -> tuple[str, str]:
        """What a rule calls an attribute, by its name or the header above it, and which rule that
        is; the name itself and no rule, where none reads it, or several call it otherwise.
        """
        found: dict[str, str] = {}
        for rule, versions in self.rules.items():
            for procedure in versions:
                reads = {canonical(each): each for each in procedure.reads}
                if canonical(name) in reads:
                    return name, ""
                spelt = procedure.attributes or {}
                for word in map(canonical, (header, name)):
                    if (own := spelt.get(word, word)) in reads:
                        found.setdefault(own, rule)
        return next(iter(found.items())) if len(found) == 1 else (name, "")

    def knows(self, stance: str, matter: str) -> bool:
        """Whether the rule of a matter has a stance; of an unknown matter, whether any rule has."""
        return any(
            each.positions.find(stance) is not None or canonical(stance) in _looked_for(each)
            for each in self._of(matter)
        )

    def stances(self, matter: str = "") -> tuple[str, ...]:
        """The stances of the rule of a matter, as it spells them; of all rules, if it has none."""
        every = (each.stances or (*STANCES, *_looked_for(each)) for each in self._of(matter))
        return tuple(dict.fromkeys(word for words in every for word in words))

    def _of(self, matter: str) -> Iterable[Procedure]:
        own = self.rules.get(self.matters.get(matter, ""), ())
        return own or [procedure for versions in self.rules.values() for procedure in versions]


def _read(name: str, entries: Iterable[AnyEntry], library: Library) -> Iterable[Procedure]:
    versions = [entry for entry in entries if isinstance(entry, Rule) and entry.name == name]
    idents = [rule.procedure or name for rule in versions if not rule.algebra] or [name]
    for rule in versions:
        if rule.algebra:
            try:
                yield read_procedure(rule.algebra, rule.name, rule.title)
            except RuleError:
                continue
    for ident in dict.fromkeys(idents):
        try:
            procedure = library(ident)
        except RuleError:
            continue
        if procedure is not None:
            yield procedure


def _looked_for(procedure: Procedure) -> list[str]:
    """The stances that a rule looks for, where it lists none."""
    if procedure.positions.declared:
        return []
    found = (node.names for node in procedure.nodes() if isinstance(node, Stances))
    return sorted({name for names in found for name in names})
