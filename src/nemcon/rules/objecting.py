"""Rules that ask who objects, and not who supports."""

from __future__ import annotations

from nemcon.rules.algebra import Nobody
from nemcon.rules.decide import one_break_blocks, one_objection_blocks
from nemcon.rules.procedure import Procedure
from nemcon.rules.seating import named_positions


def asks_who_objects(procedure: Procedure | None) -> bool:
    """Whether a rule names objections and no support, and one objection is enough to block: so
    silence, or no word at all, lets it pass.
    """
    if procedure is None or not procedure.ladder:
        return False
    blocks = one_objection_blocks(procedure) if procedure.sums else _says_nobody(procedure)
    if not blocks:
        return False
    named = frozenset(named_positions(procedure))
    return procedure.position("objection") in named and procedure.position("support") not in named


def silence_counts(procedure: Procedure | None) -> bool:
    """Whether a member that says nothing lets it pass, and one that objects does not: the rule asks
    who objects, or is met where nobody says a word, and not where one of many objects.
    """
    if procedure is None:
        return False
    return asks_who_objects(procedure) or one_break_blocks(procedure)


def _says_nobody(procedure: Procedure) -> bool:
    """Whether a rule that looks at more than sums asks whether nobody holds some stance."""
    return any(isinstance(node, Nobody) for node in procedure.nodes())
