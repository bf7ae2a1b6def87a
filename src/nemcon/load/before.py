"""What a record holds before an import, as the import needs to know it."""

from __future__ import annotations

from collections.abc import Iterable

from nemcon.access.packs import missing_packs, pack
from nemcon.entries import AnyEntry, Correction
from nemcon.load.asked import Asked
from nemcon.state import answers
from nemcon.tables.held import Before


def before(found: Asked | None, body: str, more: Iterable[AnyEntry] = ()) -> Before:
    """The entries of a record (none: a new one), those that stand corrected, open proposals.

    The pack of `body`, and entries `more` of files that are imported with this one, lend names.
    """
    items = found.items if found else ()
    packed = [item.entry for item in found.packed] if found else []
    if body and not packed:
        packed = [e for name in missing_packs((), [body]) for e in pack(name).entries]
    entries = {item.entry.id: item.entry for item in items}
    answered = {ident for ident, answer in answers(items).items() if answer}
    state = found.state(proposed=True) if found else None
    corrections = state.all(Correction) if state else []
    return Before(
        entries=entries,
        corrections={each.corrects: each for each in corrections},
        standing=frozenset(entry.id for entry in state.entries) if state else frozenset(),
        open=frozenset(i.entry.id for i in items if i.proposed and i.entry.id not in answered),
        packed=(*packed, *more),
    )
