"""What an import would write: rows against what the record holds already.

A row whose content still gives the id beside it is unchanged. One that does not is a correction of
that entry; one without an id is new, unless the record holds the same already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from nemcon.entries import (
    AnyEntry,
    Body,
    Confirmation,
    Correction,
    Membership,
    Party,
    Rejection,
    Source,
    to_dict,
)
from nemcon.findings import Finding, Place
from nemcon.tables.columns import ROSTER, TABLED, plain
from nemcon.tables.deleted import gone, not_listed, of_sheet, without_ids
from nemcon.tables.grid import EACH, Step, folded, quietly
from nemcon.tables.held import IMPORTED, Before, Origin, Plan
from nemcon.tables.known import by_party, files, several, twin_key, twins
from nemcon.tables.names import Names, slug
from nemcon.tables.read import ReadRow, ReadSheet, located, with_held
from nemcon.tables.words import Words
from nemcon.text import from_dict
from nemcon.views.phrases import short_id
from nemcon.when import When, WhenError

_DECLARING = frozenset({"body", "organ", "party", "membership", "office", "matter", "draft"})


def plan(
    sheets: Sequence[ReadSheet],
    before: Before,
    origin: Origin,
    now: datetime,
    *,
    retract: bool = False,
    step: Step = quietly,
) -> Plan:
    """Work out what the sheets of one file change in a record.

    `retract` takes out entries whose rows are gone from a workbook that held them; `step` is told
    how far the work has come. Findings: those of the sheets and of `from_dict`, `unknown-member`,
    `unknown-name`, `unknown-stance`, `no-source-date`, `source-date-changed`, `no-body`,
    `id-twice`, `edited-since`, `taken-out-before`, `outdated-row`, `unknown-id`, `duplicate-row`,
    `row-deleted`, `no-id-column`, `not-on-list`, `same-short-name`, `named-twice`, `read-as`.
    """
    planner = _Planner(before, origin, now, step)
    for sheet in sheets:
        planner.out.findings += sheet.findings
    planner.renamed(sheets)
    planner.rows([row for sheet in sheets for row in sheet.rows])
    planner.deleted(sheets, retract)
    planner.out.findings += not_listed(sheets, before, planner.names)
    planner.out.findings = folded(planner.out.findings)
    return planner.out


class _Planner:
    """The rows of one file on top of a record."""

    def __init__(self, before: Before, origin: Origin, now: datetime, step: Step) -> None:
        self.before, self.origin, self._step = before, origin, step
        self.now = When.parse(now.isoformat())
        self.out = Plan()
        self._names: Names | None = None
        self._undated: list[ReadRow] = []
        self._words = Words(self.out, before.ruled)
        self._twins = twins(before.entries.values())
        self._files = files(before.entries.values())
        self._here: set[str] = set()  # what rows without an id say anew
        self._bodies = {e.body for e in before.entries.values()} - {""}
        self._beside = {e.name for e in before.packed if isinstance(e, Body)}
        self._known = by_party((*before.packed, *before.entries.values()))

    @property
    def names(self) -> Names:
        """The names declared in the record, its packs, and the rows taken so far."""
        if self._names is None:
            known = (*self.before.packed, *self.before.entries.values(), *self.out.entries.values())
            self._names = Names.of(known)
        return self._names

    def rows(self, rows: Iterable[ReadRow]) -> None:
        """Take the rows: those that declare names first."""
        by_kind: dict[str, list[ReadRow]] = defaultdict(list)
        for row in rows:
            by_kind[row.kind].append(row)
        shared = several(by_kind)
        done, of = 0, sum(map(len, by_kind.values()))
        for kind in TABLED:
            for row in by_kind.get(kind, ()):
                if done % EACH == 0:
                    self._step(done, of)
                done += 1
                self._row(row, shared)
            if kind in _DECLARING and kind in by_kind:
                self._names = None
        self._tell_undated()
        self._words.tell()

    def _row(self, row: ReadRow, shared: Mapping[str, list[ReadRow]]) -> None:
        held = self.before.entries.get(row.ident)
        if held is not None and held.kind != row.kind:
            held = None  # the row was moved to a sheet of another kind
        if row.ident and self._exact(row, held):
            return
        if row.ident in shared:
            others = shared[row.ident]
            if any(self._is_exact(other, held) for other in others):
                row = replace(row, ident="")  # a copied row: the other one is the old entry
                held = None
            else:
                where = " and ".join(str(other.place) for other in others[:3])
                message = f"{where} have the same id and are both changed; clear the id of one"
                if row is others[0]:
                    self.out.tell("id-twice", "error", message, row.place, row.ident)
                return
        if held is not None:
            self._changed(row, held)
            return
        if row.ident:
            message = (
                f"the record has no entry {row.ident}, and the row differs from it; "
                "it is taken as a new one"
            )
            self.out.tell("unknown-id", "warning", message, row.place)
        self._new(row)

    def _is_exact(self, row: ReadRow, held: AnyEntry | None) -> bool:
        entry = from_dict(with_held(row, to_dict(held) if held else {}))
        return not isinstance(entry, tuple) and entry.id == row.ident

    def _exact(self, row: ReadRow, held: AnyEntry | None) -> bool:
        """Take a row that still says what its id stands for."""
        entry = from_dict(with_held(row, to_dict(held) if held else {}))
        if isinstance(entry, tuple) or entry.id != row.ident:
            return False
        if held is not None and not self.before.stands(row.ident):
            message = "the record has corrected this entry since; it is left as it is there"
            self.out.tell("outdated-row", "note", message, row.place, row.ident)
        if held is not None:
            self.out.unchanged += 1
        elif entry.id in self.out.entries:
            self._twice(row, entry.id)
        else:
            self.out.add(entry, row.place)
        return True

    def _twice(self, row: ReadRow, ident: str) -> None:
        first = self.out.places[ident]
        message = f"this row says the same as {first}; it counts once, so remove one of the two"
        self.out.tell("duplicate-row", "warning", message, row.place, ident)

    def _changed(self, row: ReadRow, held: AnyEntry) -> None:
        """A row with an id whose content is another now."""
        entry = self._entry(row, with_held(row, to_dict(held)))
        if entry is None:
            return
        stands = self.before.stands
        if entry.id == held.id or (stands(entry.id) and not stands(held.id)):
            self.out.unchanged += 1
            return
        if not stands(held.id):
            message = (
                "this row was changed, but its entry was corrected in the record since; "
                "export again, and make the change there"
            )
            self.out.tell("edited-since", "error", message, row.place, held.id)
            return
        self.out.changed.append((held, entry))
        reason = f"edited in {self.origin.title}"
        if self.before.out(entry.id):
            self._revert(row, entry, held, reason)
            return
        if stands(entry.id) or entry.id in self.out.entries:
            # It stands by itself already. Named as a replacement, it would stand only from when
            # the correction is known.
            if entry.id in self.before.open:
                by = self.origin.by
                yes = Confirmation(body=entry.body, confirms=entry.id, by=by, happened=self.now)
                self.out.add(yes, row.place)
            self._correct(held, "", reason, row.place)
            return
        self.out.add(entry, row.place)
        self._correct(held, entry.id, reason, row.place)

    def _revert(self, row: ReadRow, old: AnyEntry, held: AnyEntry, reason: str) -> None:
        """Bring an earlier entry back: by correcting the corrections that led away from it."""
        steps = self.before.between(old.id, held.id)
        if steps is None:
            message = (
                "this row now says what the record has taken out before; to have it back, add a "
                "note to the row, or correct the entry by hand"
            )
            self.out.tell("taken-out-before", "error", message, row.place, old.id)
            return
        for step in steps:
            self._correct(step, "", reason, row.place)

    def _correct(self, old: AnyEntry, replacement: str, reason: str, place: Place) -> None:
        source = self._source(None) if self.origin.date else ""
        body, by = old.body, self.origin.by
        self.out.add(
            Correction(
                body=body,
                corrects=old.id,
                replacement=replacement,
                reason=reason,
                by=by,
                source=source or "",
                happened=self.now,
            ),
            place,
        )
        if old.id in self.before.open:
            self.out.add(
                Rejection(body=body, rejects=old.id, by=by, reason=reason, happened=self.now), place
            )

    def _new(self, row: ReadRow) -> None:
        values = {**row.values, "kind": row.kind}
        if row.named and (known := self.names.find("party", row.named)):
            if row.kind == "party":
                self._there(e for e in self._known.get(known, ()) if isinstance(e, Party))
                return
            values["member"] = known
        elif row.named and row.kind == "party" and (why := self._no_name_of_its_own(row)):
            self.out.tell("same-short-name", "error", why, row.place)
            return
        if row.spelt and "attributes" in values:
            values["attributes"] = self._words.attributes(row, values["attributes"])
        body = self._body(row, values)
        if body is None:
            return
        if body:
            values["body"] = body
        if self.origin.matter and "matter" not in values and row.kind not in _DECLARING:
            values["matter"] = self.origin.matter
        from_file = row.kind != "source" and "source" not in values
        date = row.source_date or (self.origin.date.text if self.origin.date else "")
        if from_file and date:
            _by_the_list(row, values, date)
        elif from_file:
            self._undated.append(row)
        entry = self._entry(row, values)
        if entry is None or (from_file and not date):
            return
        if isinstance(entry, Party | Membership) and (said := self._declared(row, entry)):
            self._there(said)
        elif entry.id in row.sheet.exported and entry.id in self.before.entries:
            self._there([entry])  # it had no source when it was exported
        elif from_file:
            self._from_file(row, entry, date)
        else:
            self._keep(row, entry)

    def _no_name_of_its_own(self, row: ReadRow) -> str:
        """Why the short name made for a row of a roster is not one; "" if it is."""
        name, ids = row.values["name"], self.names.among("party", row.named)
        if ids:
            return (
                f"'{row.named}' may be {' or '.join(ids)}; write which in a column 'short name', "
                "or a name of its own"
            )
        if name not in self.names.declared["party"]:
            return ""
        return (
            f"'{row.named}' gets the short name '{name}', which is that of '{self._title(name)}' "
            "in the record; give it its own in a column 'short name' or, if they are one member, "
            "write its name as the record has it"
        )

    def _title(self, name: str) -> str:
        parties = (e for e in self._known.get(name, ()) if isinstance(e, Party))
        return next((e.title for e in parties if e.title), name)

    def renamed(self, sheets: Sequence[ReadSheet]) -> None:
        """Tell of rosters that give the short name of one member to another name."""
        for row in (row for sheet in sheets if sheet.kind == ROSTER for row in sheet.rows):
            name, title = str(row.values.get("name", "")), str(row.values.get("title", ""))
            if row.kind != "party" or row.named:
                continue
            words = self._called(name)
            if not words or plain(title) in words:
                continue
            message = (
                f"'{title}' has the short name '{name}', which is that of '{self._title(name)}' in "
                "the record; write another or, if they are one member, its name as the record has "
                "it, with this one among its aliases"
            )
            self.out.tell("same-short-name", "error", message, row.place)

    def _called(self, name: str) -> frozenset[str]:
        """What a party of the record is called, made plain."""
        parties = [e for e in self._known.get(name, ()) if isinstance(e, Party)]
        return frozenset(plain(w) for e in parties for w in (e.name, e.title, *e.aliases))

    def _from_file(self, row: ReadRow, entry: AnyEntry, date: str) -> None:
        """A new entry whose source is the file, unless an earlier version of the file gave it."""
        if said := self._twins.get(twin_key(entry, date)):
            self._there(said)
            return
        source = self._source(date, row.cell("source date"))
        if source is None:
            return
        self._keep(row, replace(entry, source=source))

    def _keep(self, row: ReadRow, entry: AnyEntry) -> None:
        """Add a new entry, unless it is there already."""
        if entry.id in self.before.entries:
            self._there([entry])
        elif entry.id in self.out.entries:
            self._twice(row, entry.id)
            self._stands_alone(entry.id)
        else:
            self.out.add(entry, row.place)

    def _there(self, entries: Iterable[AnyEntry]) -> None:
        """Take a new row for what the record has said already."""
        self.out.unchanged += 1
        self._here |= {entry.id for entry in entries}

    def _stands_alone(self, ident: str) -> None:
        """Name an entry that a row of its own gives no longer as what stands instead of another:
        else it would stand only from when that correction is known.
        """
        for each in sorted(self.out.instead.pop(ident, ())):
            old = self.out.entries.pop(each)
            assert isinstance(old, Correction)
            self.out.add(replace(old, replacement=""), self.out.places.pop(each))

    def _source(self, date: str | None, cell: Place | None = None) -> str | None:
        """The name of the source that the file is, as of a date; added where it is missing."""
        origin = self.origin
        try:
            when = When.parse(date) if date else origin.date
        except WhenError as error:
            self.out.tell("bad-date", "error", f"'source date' {error}", cell or Place(origin.file))
            return None
        assert when is not None, "asked only with a date"
        stem = slug(origin.title.rpartition(".")[0]) or "table"
        name = f"{stem}-{origin.sha256[:8]}"
        if when != origin.date:
            name += f"-{slug(when.text)}"
        source = Source(
            body=origin.body or min(self._bodies or self._beside, default=""),
            name=name,
            date=when,
            title=origin.title,
            sha256=origin.sha256,
            note=IMPORTED,
        )
        if source.id not in self.before.entries:
            if other := self._as_of_another_day(source):
                if not any(each.code == "source-date-changed" for each in self.out.findings):
                    self.out.tell("source-date-changed", "error", other, Place(origin.file))
                return None
            self.out.add(source, Place(origin.file))
        return name

    def _as_of_another_day(self, source: Source) -> str:
        """That the record has the same file as of another day; "" if it has not.

        Two sources of one name would leave it open of which day its rows are.
        """
        for held in self._files.get(source.name, ()):
            if held.date != source.date and self.before.stands(held.id):
                return (
                    f"the record has this file as of {held.date} ({short_id(held.id)}); import it "
                    f"with --date {held.date}, or correct the date of that source first: 'nemcon "
                    "correct'"
                )
        return ""

    def _declared(self, row: ReadRow, entry: Party | Membership) -> Sequence[AnyEntry]:
        """What the record, or a pack, says already of all that a row of a roster says."""
        if isinstance(entry, Party):
            bare = entry.title and not entry.aliases and not entry.demonyms and not entry.roles
            return [
                e
                for e in self._known.get(entry.name, ())
                if bare and isinstance(e, Party) and plain(e.title) == plain(entry.title)
            ]
        changes = [e for e in self._known.get(entry.member, ()) if isinstance(e, Membership)]
        if row.kind == "membership" and "happened" not in row.values:
            # A list without days of joining says nothing new of whom the record knows to be in.
            joined = {e.change for e in changes}
            if "accession" in joined and "withdrawal" not in joined and not entry.attributes:
                return changes
        return [
            e
            for e in changes
            if (e.change, e.happened) == (entry.change, entry.happened)
            and dict(e.attributes) == dict(entry.attributes)
        ]

    def _body(self, row: ReadRow, values: Mapping[str, Any]) -> str | None:
        """The body of a new row; None, and a finding, if nothing tells it."""
        if given := str(values.get("body", "")):
            return self.names.find("body", given) or given
        if row.kind == "body":
            return str(values.get("name", ""))
        if body := self._default_body():
            return body
        message = "nothing says which body this is about; name it with --body ID"
        if not any(each.code == "no-body" for each in self.out.findings):
            self.out.tell("no-body", "error", message, row.place)
        return None

    def _default_body(self) -> str:
        """The body of what names none: the one asked for, of the record, or of what comes in."""
        for bodies in ({self.origin.body} - {""}, self._bodies, self.out.bodies, self._beside):
            if len(bodies) == 1:
                return min(bodies)
        return ""

    def _entry(self, row: ReadRow, values: dict[str, Any]) -> AnyEntry | None:
        """The entry of a row with names and words made out; None, and findings, if none."""
        found = self._words.made_out(row, values, self.names)
        entry = from_dict(found, row.place) if found is not None else None
        if isinstance(entry, tuple):
            self.out.findings += located(entry, row)
            return None
        return entry

    def _tell_undated(self) -> None:
        if not self._undated:
            return
        number = len(self._undated)
        rows = "1 row names" if number == 1 else f"{number:,} rows name"
        message = (
            f"{rows} no source, so the file itself is their source, and it has no date; "
            "give the day that it tells of: --date 2024-06-20"
        )
        self.out.tell("no-source-date", "error", message, self._undated[0].place)

    def deleted(self, sheets: Sequence[ReadSheet], retract: bool) -> None:
        """Tell of entries whose rows are gone, or take them out."""
        here = self._here | {row.ident for sheet in sheets for row in sheet.rows}
        missing = gone(sheets, here, self.before)
        unsure = [*without_ids(sheets, missing, retract=retract)]
        self.out.findings += unsure
        for sheet in sheets if unsure else ():
            if not sheet.identified:
                missing = [each for each in missing if each not in of_sheet(sheet, missing)]
        file = Place(self.origin.file)
        if retract and not unsure:
            for entry in missing:
                self.out.retracted.append(entry)
                self._correct(entry, "", f"row deleted in {self.origin.title}", file)
        elif missing:
            rows = "1 row is" if len(missing) == 1 else f"{len(missing):,} rows are"
            message = (
                f"{rows} gone that the sheet had when it was exported; their entries stay in the "
                "record: '--deleted retract' takes them out"
            )
            self.out.tell("row-deleted", "warning", message, file, *(e.id for e in missing))


def _by_the_list(row: ReadRow, values: dict[str, Any], date: str) -> None:
    """Who stands on a list without the day of joining had joined by the day of the list."""
    joins = row.kind == "membership" and values.get("change", "accession") == "accession"
    if joins and "happened" not in values and "/" not in date:
        values["happened"] = f"../{date}"


def unread(sheet: str, file: str) -> Finding:
    """That a sheet was passed over."""
    message = (
        f"the sheet '{sheet}' holds no kind that is known, so it is not read; name it after one "
        f"({', '.join(('roster', 'positions', 'tallies'))} …) to have it read"
    )
    return Finding("unread-sheet", "warning", message, place=Place(file))
