"""Words of people in the cells of a row, made out: names of members and matters, stances."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from nemcon.entries import ALL
from nemcon.findings import Place
from nemcon.tables.columns import STANCES, columns_of, plain
from nemcon.tables.grid import MOST_ALIKE
from nemcon.tables.held import Plan
from nemcon.tables.names import FIELDS, Names, slug, stance_of
from nemcon.tables.read import ReadRow
from nemcon.views.phrases import plural

_MOST_WORDS = 10


class Words:
    """Makes out the words of rows, and remembers how each was read."""

    def __init__(self, out: Plan) -> None:
        self.out = out
        self._unknown = 0
        self._read_as: dict[tuple[str, str, str], Place] = {}
        self._no_stance: dict[str, list[Place]] = defaultdict(list)

    def made_out(self, row: ReadRow, values: dict[str, Any], names: Names) -> dict[str, Any] | None:
        """The values with ids for names and stances for words; None, and findings, if none.

        Only what the row itself says is looked at, not what is taken from the entry it came from.
        """
        made, fine = dict(values), True
        for name, value in values.items():
            column = columns_of(row.kind).get(name)
            if column is None or row.values.get(name) != value:
                continue
            if column.choices and isinstance(value, str):
                made[name] = next((c for c in column.choices if plain(c) == plain(value)), value)
            elif name == "stance" and isinstance(value, str):
                made[name] = self._stance(row, value)
            elif name in FIELDS and not (row.kind in ("party", "membership") and name == "member"):
                found = self._named(row, name, value, names)
                fine = fine and found is not None
                made[name] = found
            elif name == "member":
                made[name] = names.find("party", str(value)) or value
        return made if fine else None

    def _named(self, row: ReadRow, name: str, value: Any, names: Names) -> Any:
        """The ids that a cell names; None, and findings, if a member is not known."""
        texts = value if isinstance(value, list) else [value]
        ids = [self._one(row, name, str(text), names) for text in texts]
        if None in ids:
            return None
        if len(once := [*dict.fromkeys(ids)]) < len(ids):
            again = next(
                text for text, ident in zip(texts, ids, strict=True) if ids.count(ident) > 1
            )
            message = f"'{again}' stands more than once in this cell; it counts once"
            self.out.tell("named-twice", "warning", message, row.cell(name))
            ids = once
        return ids if isinstance(value, list) else ids[0]

    def _one(self, row: ReadRow, name: str, text: str, names: Names) -> str | None:
        sort, must = FIELDS[name]
        ident = names.find(sort, text)
        if ident is not None:
            if ident != text and ident != ALL:
                self._read_as.setdefault((name, text, ident), row.cell(name))
            return ident
        if must and names.declared[sort]:
            # Looking for what was meant takes long, and only the first are shown.
            self._unknown += 1
            hint = names.near(sort, text) if self._unknown <= MOST_ALIKE else ""
            message = f"'{text}' is no member that the record knows{hint}"
            self.out.tell("unknown-member", "error", message, row.cell(name))
            return None
        if sort != "party" or text == slug(text) or not slug(text):
            return text
        self._read_as.setdefault((name, text, slug(text)), row.cell(name))
        return slug(text)

    def _stance(self, row: ReadRow, text: str) -> str:
        stance = stance_of(text)
        if stance is None:
            self._no_stance[text].append(row.cell("stance"))
            return text
        if stance != text:
            self._read_as.setdefault(("stance", text, stance), row.cell("stance"))
        return stance

    def tell(self) -> None:
        """One note a field, with the first of the words that were read as something else; and a
        warning for each word that is no stance of ours, however many rows hold it.
        """
        for text, places in self._no_stance.items():
            rows = f" (here and in {plural(len(places) - 1, 'more row')})" if places[1:] else ""
            message = (
                f"'{text}'{rows} is no stance that every rule knows; it is kept as written, and "
                f"counts only where the rule names it. Else write one of {', '.join(STANCES)}"
            )
            self.out.tell("unknown-stance", "warning", message, places[0])
        by_field: dict[str, dict[str, Place]] = defaultdict(dict)
        for (name, text, ident), place in self._read_as.items():
            if text.casefold() != ident:
                by_field[name][f"'{text}' as {ident}"] = place
        for name, words in by_field.items():
            more = f" and {len(words) - _MOST_WORDS:,} more" if len(words) > _MOST_WORDS else ""
            message = f"{name}: {', '.join([*words][:_MOST_WORDS])}{more}"
            self.out.tell("read-as", "note", f"read in {message}", next(iter(words.values())))
