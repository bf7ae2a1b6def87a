"""Which columns a kind of entry has, and by which other words they are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from typing import Any, get_args, get_type_hints

from nemcon.entries import KINDS, Entry
from nemcon.tables.cells import Sort, sort_of

ID = "id"
KIND = "kind"
COUNT = "count: "
ATTRIBUTE = "attribute: "
SOURCE_DATE = "source date"

ACTS = frozenset({"correction", "confirmation", "rejection"})
"""Acts upon a record. They stand in no sheet; JSON Lines carries them."""

TABLED = tuple(kind for kind in KINDS if kind not in ACTS)
"""The kinds that a sheet holds, in the order of their sheets."""

STANCES = ("support", "no-objection", "objection", "abstention", "recusal", "none")
"""The stances that the default rule knows (any rule may have others)."""

_PLURALS = {"party": "parties", "body": "bodies", "candidacy": "candidacies", "tally": "tallies"}
_OTHER_SHEETS = {
    "position": ("stances", "votes", "stellungnahmen", "positionen"),
    "tally": ("tally", "counts", "zahlen", "auszählungen"),
    "membership": ("accessions", "mitgliedschaften", "adhésions"),
    "party": ("party", "parteien"),
    "term": ("terms of office", "holders", "mandates", "amtszeiten"),
    "source": ("documents", "quellen", "references"),
    "meeting": ("sessions", "sitzungen", "réunions"),
    "candidacy": ("candidates", "kandidaturen"),
}
ROSTER = "roster"
_ROSTER_SHEETS = ("roster", "members", "roll", "mitglieder", "membres", "miembros")

# The columns that stand in an exported sheet also where nothing is in them: what somebody who
# adds a row will want to fill in.
_ALWAYS: Mapping[str, tuple[str, ...]] = {
    "source": ("name", "date", "title", "publisher", "address"),
    "party": ("name", "title", "sort", "aliases"),
    "membership": ("member", "change", "happened"),
    "term": ("office", "holder", "start", "end", "modality"),
    "position": ("matter", "members", "candidate", "stance", "claim", "happened"),
    "tally": ("matter", "candidate", "of", "bound", "happened"),
    "meeting": ("organ", "happened", "place"),
    "objection": ("matter", "member", "happened"),
    "reserve": ("matter", "member", "sort", "happened"),
    "candidacy": ("matter", "candidate", "change", "happened"),
}
ALWAYS_TOO = ("body", "source", "note")

_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "member": ("member state", "country", "state", "delegation", "mitglied", "membre", "miembro"),
    "members": ("member", "member state", "country", "state", "delegation", "mitglieder"),
    "happened": ("date", "when", "day", "on", "happened on", "datum", "fecha", "as of"),
    "date": ("when", "day", "datum", "fecha"),
    "stance": ("position", "vote", "opinion", "view", "haltung"),
    "candidate": ("nominee", "kandidat", "kandidatin", "candidat", "candidato", "for whom"),
    "matter": ("question", "item", "agenda item", "motion", "selection"),
    "note": ("notes", "comment", "comments", "remarks", "bemerkung", "remarque"),
    "of": ("out of", "total", "of how many", "members present", "eligible"),
    "bound": ("exactness", "how exact"),
    "source": ("reference", "document", "quelle", "fuente"),
    "address": ("url", "link"),
    "title": ("name in full", "full name", "label"),
    "name": ("short name", "slug", "code"),
    "holder": ("incumbent", "person"),
    "start": ("from", "since", "started"),
    "end": ("to", "until", "ended"),
    "organ": ("committee", "council"),
    "excepted": ("except", "but not"),
    "member_title": ("word for members",),
    "body": ("organisation", "organization"),
    SOURCE_DATE: ("reported", "published", "date of source", "source dated"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a kind as a column."""

    item: Field[Any]
    sort: Sort
    choices: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """What stands above it."""
        return self.item.name.replace("_", " ")


@cache
def columns_of(kind: str) -> Mapping[str, Column]:
    """The columns of a kind by field: its own first, then those that every kind has."""
    cls = KINDS[kind]
    hints = get_type_hints(cls)
    common = {item.name for item in fields(Entry)}
    items = fields(cls)
    ordered = [i for i in items if i.name not in common] + [i for i in items if i.name in common]
    return {i.name: Column(i, sort_of(hints[i.name]), _choices(hints[i.name])) for i in ordered}


def _choices(hint: Any) -> tuple[str, ...]:
    arguments = get_args(hint)
    texts = all(isinstance(each, str) for each in arguments)
    return tuple(arguments) if arguments and texts else ()


def always(kind: str) -> tuple[str, ...]:
    """The fields that always have a column."""
    cls_fields = columns_of(kind)
    required = [name for name, column in cls_fields.items() if _required(column)]
    wanted = [*_ALWAYS.get(kind, ()), *required]
    if kind != "source":
        wanted += ALWAYS_TOO
    return tuple(name for name in dict.fromkeys(wanted) if name in cls_fields)


def _required(column: Column) -> bool:
    item = column.item
    bare = item.default is MISSING and item.default_factory is MISSING
    return bare and column.sort != "counts"


def sheet_name(kind: str) -> str:
    """What the sheet, or the CSV file, of a kind is called."""
    return _PLURALS.get(kind, f"{kind}s")


@cache
def _by_sheet() -> Mapping[str, str]:
    known = {plain(word): ROSTER for word in _ROSTER_SHEETS}
    for kind in TABLED:
        for word in (kind, sheet_name(kind), *_OTHER_SHEETS.get(kind, ())):
            known.setdefault(plain(word), kind)
    return known


def kind_of_name(name: str) -> str | None:
    """The kind that a sheet or a file of this name holds, `roster`, or None."""
    return _by_sheet().get(plain(name))


def kind_of_word(word: str) -> str | None:
    """The kind that a cell of the column `kind` names."""
    kind = kind_of_name(word)
    return kind if kind in TABLED else None


@cache
def headers_of(kind: str) -> Mapping[str, str]:
    """Every known header of a kind, made plain, and the field that it stands for."""
    own = columns_of(kind)
    known = {plain(ID): ID, plain(KIND): KIND, plain(SOURCE_DATE): SOURCE_DATE}
    for name in own:
        known[plain(name)] = name
    for name in (*own, SOURCE_DATE):
        for word in _SYNONYMS.get(name, ()):
            known.setdefault(plain(word), name)
    return known


def plain(text: str) -> str:
    """A header without case, accents and marks: *Member State* is *memberstate*."""
    bare = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.sub(r"[\W_]+", "", "".join(c for c in bare if not unicodedata.combining(c)))
