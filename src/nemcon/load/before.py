"""What a record holds before an import, as the import needs to know it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from nemcon.access.packs import missing_packs, pack, procedure
from nemcon.entries import AnyEntry, Correction
from nemcon.load.asked import Asked
from nemcon.state import answers
from nemcon.tables.held import Before
from nemcon.tables.ruled import Ruled
from nemcon.views.register import register
from nemcon.when import When


def before(
    found: Asked | None,
    body: str,
    more: Iterable[AnyEntry] = (),
    roll_on: When | Literal["now"] | None = None,
) -> Before:
    """The entries of a record (none: a new one), those that stand corrected, open proposals.

    The pack of `body`, and entries `more` of files that are imported with this one, lend names.
    With `roll_on`, also who is a member on that day.
    """
    more = tuple(more)
    items = found.items if found else ()
    packed = [item.entry for item in found.packed] if found else []
    if body and not packed:
        packed = [e for name in missing_packs((), [body]) for e in pack(name).entries]
    entries = {item.entry.id: item.entry for item in items}
    answered = {ident for ident, answer in answers(items).items() if answer}
    state = found.state(proposed=True) if found else None
    corrections = state.all(Correction) if state else []
    return Before(
        ruled=Ruled.of((*packed, *more, *entries.values()), procedure),
        members=_members(found, roll_on) if found and roll_on else {},
        entries=entries,
        corrections={each.corrects: each for each in corrections},
        standing=frozenset(entry.id for entry in state.entries) if state else frozenset(),
        open=frozenset(i.entry.id for i in items if i.proposed and i.entry.id not in answered),
        packed=(*packed, *more),
    )


def _members(found: Asked, on: When | Literal["now"]) -> dict[str, str]:
    """Who certainly is a member, and what they are called."""
    view = register(found.state(None if on == "now" else on))
    return {line.member: view.title(line.member) for line in view.members if line.certain}
