"""Words of people in the cells of a row, made out: names of members and matters, stances."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from nemcon.entries import ALL
from nemcon.findings import Place
from nemcon.tables.columns import STANCES, columns_of, plain
from nemcon.tables.grid import MOST_ALIKE
from nemcon.tables.held import Plan
from nemcon.tables.names import FIELDS, Names, slug, stance_of
from nemcon.tables.read import ReadRow
from nemcon.tables.ruled import Ruled
from nemcon.views.phrases import plural

_MOST_WORDS = 10


class Words:
    """Makes out the words of rows, and remembers how each was read."""

    def __init__(self, out: Plan, ruled: Ruled | None = None) -> None:
        self.out, self.ruled = out, ruled or Ruled()
        self._unknown = 0
        self._called: dict[tuple[str, str, str], ReadRow] = {}
        self._hints: dict[tuple[str, str], str] = {}
        self._read_as: dict[tuple[str, str, str], Place] = {}
        self._no_stance: dict[tuple[str, str], list[Place]] = defaultdict(list)

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
                matter = str(values.get("matter", ""))
                known = names.find("matter", matter) or matter
                made[name] = self._stance(row, value, known)
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
        if sort != "party":
            return text
        new = slug(text) or text
        if new not in names.declared["candidate"]:
            self._new_name(row, name, text, new, names)
        if new != text:
            self._read_as.setdefault((name, text, new), row.cell(name))
        return new

    def _new_name(self, row: ReadRow, name: str, text: str, new: str, names: Names) -> None:
        """Warn of a name that nobody has, and that is nearly somebody's."""
        if (name, text) in self._hints or len(self._hints) >= MOST_ALIKE:
            return
        hint = names.near("party", text) or names.near("candidate", text)
        self._hints[name, text] = hint
        if hint:
            message = f"'{text}' is nobody that the record knows, and is taken as new: {new}{hint}"
            self.out.tell("unknown-name", "warning", message, row.cell(name))

    def attributes(self, row: ReadRow, held: Mapping[str, Any]) -> dict[str, Any]:
        """The attributes of a row of a roster by the names that a rule of the body reads."""
        made: dict[str, Any] = {}
        for name, value in held.items():
            header = row.spelt.get(name, name)
            own, rule = self.ruled.attribute(name, header)
            own = name if own in held else own
            made[own] = value
            if own != name:
                self._called.setdefault((header, own, rule), row)
        return made

    def _stance(self, row: ReadRow, text: str, matter: str) -> str:
        stance = stance_of(text)
        if stance is None:
            if not self.ruled.knows(text, matter):
                self._no_stance[text, matter].append(row.cell("stance"))
            return text
        if stance != text:
            self._read_as.setdefault(("stance", text, stance), row.cell("stance"))
        return stance

    def tell(self) -> None:
        """One note a field, with the first of the words that were read as something else; and a
        warning for each word that is no stance of ours, however many rows hold it.
        """
        for (text, matter), places in self._no_stance.items():
            rows = f" (here and in {plural(len(places) - 1, 'more row')})" if places[1:] else ""
            known = self.ruled.stances(matter)
            whose = "no stance of the rule" if known else "no stance that every rule knows"
            message = (
                f"'{text}'{rows} is {whose}; it is kept as written, and counts only where the "
                f"rule names it. Else write one of {', '.join(known or STANCES)}"
            )
            self.out.tell("unknown-stance", "warning", message, places[0])
        for (header, own, rule), row in self._called.items():
            message = f"the column '{header}' is read as {own}, as the rule '{rule}' calls it"
            self.out.tell("columns-read", "note", message, row.place)
        by_field: dict[str, dict[str, Place]] = defaultdict(dict)
        for (name, text, ident), place in self._read_as.items():
            if text.casefold() != ident:
                by_field[name][f"'{text}' as {ident}"] = place
        for name, words in by_field.items():
            more = f" and {len(words) - _MOST_WORDS:,} more" if len(words) > _MOST_WORDS else ""
            message = f"{name}: {', '.join([*words][:_MOST_WORDS])}{more}"
            self.out.tell("read-as", "note", f"read in {message}", next(iter(words.values())))
