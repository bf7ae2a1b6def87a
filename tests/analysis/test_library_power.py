"""Power under every procedure of the library: by which method it is counted, or why it is not.

`data/methods.csv` is the table; NEMCON_GOLDEN=1 writes it anew.
"""

from __future__ import annotations

import csv
import io
import os
import random
from fractions import Fraction
from pathlib import Path

from nemcon.access.packs import procedure
from nemcon.analysis.game import GameError
from nemcon.analysis.power import Index, power
from nemcon.library import procedure_ids
from nemcon.load.polling import pack_roll
from nemcon.rules.algebra import Groups, Parameter
from nemcon.rules.names import Value
from nemcon.rules.place import RuleError
from nemcon.rules.procedure import Procedure
from nemcon.rules.roll import Roll, Seat
from nemcon.rules.sides import seats
from nemcon.when import When
from tests.analysis.test_from_rule import values

TABLE = Path(__file__).parent / "data" / "methods.csv"
INDICES: tuple[Index, ...] = ("banzhaf", "shapley")


def roll_of(rule: Procedure) -> tuple[str, Roll]:
    """The seats of the rule, the roll of its pack, or 24 members of many weights in six groups."""
    if rule.ladder and (abstract := seats(rule)) is not None:
        return "seats", abstract
    start = next((start for start, end in rule.in_force if start and end), None)
    on = When.parse("2024-12-17") if start is None else start
    opened, findings = pack_roll(rule.roll.pack or rule.body, on)
    if opened is not None and opened.seats and not findings:
        return "pack", opened
    return "made up", made_up(rule)


def made_up(rule: Procedure) -> Roll:
    """Members as there might be."""
    draw = random.Random(rule.id)
    grouped = {node.by: node.weight for node in rule.nodes() if isinstance(node, Groups)}
    found = []
    for n in range(24):
        held: dict[str, Value] = {}
        for name in sorted(rule.reads):
            known = values(rule, name)
            number = all(isinstance(one, Fraction) for one in known)
            held[name] = Fraction(draw.randint(1, 99)) if number else draw.choice(known)
        for by, weight in grouped.items():
            held[by] = f"group {n % 6}"
            if weight:
                held[weight] = Fraction(1 + n % 6, 2)
        for step in rule.steps:
            if attribute := getattr(step, "attribute", ""):
                held[attribute] = f"only {n}"
        found.append(Seat(f"m{n}", (), held))
    return Roll(tuple(found), "a roll made up")


def told(name: str) -> list[str]:
    """The line of the table for one procedure."""
    rule = procedure(name)
    assert rule is not None
    params = {node.name: Fraction(6) for node in rule.nodes() if isinstance(node, Parameter)}
    whose, roll = roll_of(rule)
    cells = [name, whose, str(len(roll.seats))]
    for index in INDICES:
        try:
            found = power(rule, roll, index, params)
        except (GameError, RuleError) as error:
            return [*cells, "refused", str(error)]
        assert found.exact
        assert sum(Fraction(one.value) for one in found.members) in (0, 1)
        cells.append(found.method)
    return cells


def test_every_procedure_is_counted_or_refused_with_the_reason() -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["procedure", "roll", "members", *INDICES])
    writer.writerows(told(name) for name in sorted(procedure_ids()))
    if os.environ.get("NEMCON_GOLDEN") == "1":
        TABLE.write_text(file.getvalue(), "utf-8")
    assert file.getvalue() == TABLE.read_text("utf-8")
