"""Popolo JSON to proposed entries of a register."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from nemcon.entries import AnyEntry, Membership
from nemcon.findings import Place
from nemcon.tables.grid import folded
from nemcon.tables.held import IMPORTED, Before, Origin, Plan
from nemcon.tables.names import Names, slug
from nemcon.tables.popolo import EDTF
from nemcon.text import from_dict

LISTS = ("persons", "organizations", "memberships", "posts")
_PERIODS = "events"
_STATES = frozenset({"state", "country", "nation"})
_ORGANS = frozenset({"organ", "committee", "commission", "chamber", "board", "council"})
_NOT_TAKEN = {
    "area_id": "areas",
    "legislative_period_id": "periods, but for the days of those that name none of their own",
    "on_behalf_of_id": "the party on whose behalf they are held, unless it is a member itself",
}
Thing = Mapping[str, Any]


def looks_like_popolo(text: str) -> bool:
    """Whether a JSON text is an object with one of Popolo's lists."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and any(isinstance(content.get(n), list) for n in LISTS)


def read_popolo_text(text: str, before: Before, origin: Origin) -> Plan:
    """The proposals that a Popolo file makes; those that the record or its packs hold are left out.

    Findings: `no-source-date`, `no-body`, `not-read`, and those of `from_dict`.
    """
    content = json.loads(text)
    lists = {name: _things(content.get(name)) for name in (*LISTS, _PERIODS)}
    reader = _Reader(lists, before, origin)
    reader.read()
    reader.out.findings = folded(reader.out.findings)
    return reader.out


def _things(value: Any) -> list[Thing]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


class _Reader:
    def __init__(self, lists: Mapping[str, list[Thing]], before: Before, origin: Origin) -> None:
        self.lists, self.before, self.origin = lists, before, origin
        self.out = Plan()
        self.place = Place(origin.file)
        known = (*before.packed, *before.entries.values())
        self.names = Names.of(known)
        self.known = [_bare(each) for each in known]
        self.ids: dict[tuple[str, str], str] = {}
        self.body = ""
        self.source = ""

    def read(self) -> None:
        """Everything, organisations first."""
        body = self._body()
        if body is None or not self._dated():
            return
        self.body = body
        source = self._source()
        for entry in (*self._organizations(), *self._persons(), *self._posts(), *self._held()):
            self._take(entry)
        if self.out.entries:
            self._take(source, cited=False)
        self._tell_not_taken()

    def _body(self) -> str | None:
        """The id of the body, as entries name it."""
        bodies = {e.body for e in self.before.entries.values()} - {""}
        if self.origin.body or len(bodies) == 1:
            return self.origin.body or min(bodies)
        called = [o for o in self.lists["organizations"] if o.get("classification") == "body"]
        if len(called) == 1:
            return self._ident("organ", called[0])
        message = "nothing says which organization is the body; name it with --body ID"
        self.out.tell("no-body", "error", message, self.place)
        return None

    def _dated(self) -> bool:
        if self.origin.date is not None:
            return True
        message = (
            "a Popolo file says nothing of its own date; give the day that it tells of: "
            "--date 2024-06-20"
        )
        self.out.tell("no-source-date", "error", message, self.place)
        return False

    def _source(self) -> dict[str, Any]:
        """The file as a source, which all of its entries cite."""
        stem = slug(self.origin.title.rpartition(".")[0]) or "popolo"
        self.source = f"{stem}-{self.origin.sha256[:8]}"
        date = self.origin.date
        return {
            "kind": "source",
            "name": self.source,
            "date": date.text if date else "",
            "title": self.origin.title,
            "sha256": self.origin.sha256,
            "note": IMPORTED,
        }

    def _organizations(self) -> Iterator[dict[str, Any]]:
        for thing in self.lists["organizations"]:
            names = {"title": _name(thing), "aliases": _aliases(thing)}
            if self._is_body(thing):
                self.ids["organization", str(thing.get("id"))] = self.body
                if not self.names.declared["body"]:
                    yield {"kind": "body", "name": self.body, **names}
                continue
            word = str(thing.get("classification") or "").casefold()
            if word in _ORGANS:
                yield {"kind": "organ", "name": self._ident("organ", thing), **names}
            else:
                sort = "state" if word in _STATES else "organisation"
                yield {"kind": "party", "name": self._ident("party", thing), "sort": sort, **names}

    def _is_body(self, thing: Thing) -> bool:
        words = {str(thing.get("id")), slug(str(thing.get("id"))), slug(_name(thing))}
        return self.body in words or self.names.find("body", _name(thing)) == self.body

    def _persons(self) -> Iterator[dict[str, Any]]:
        for thing in self.lists["persons"]:
            ident = self._ident("party", thing, "person")
            names = {"title": _name(thing), "aliases": _aliases(thing)}
            yield {"kind": "party", "name": ident, "sort": "person", **names}

    def _posts(self) -> Iterator[dict[str, Any]]:
        for thing in self.lists["posts"]:
            label = str(thing.get("label") or thing.get("role") or thing.get("id") or "")
            ident = self._ident("office", {**thing, "name": label}, "post")
            organ = self.ids.get(("organization", str(thing.get("organization_id"))), "")
            office = {"kind": "office", "name": ident, "title": label, "aliases": _aliases(thing)}
            yield {**office, "organ": organ} if organ not in ("", self.body) else office

    def _held(self) -> Iterator[dict[str, Any]]:
        members = self._members()
        for number, thing in enumerate(self.lists["memberships"], 1):
            who = self._who(thing)
            start, end = self._span(thing)
            where = self.ids.get(("organization", str(thing.get("organization_id"))))
            on_behalf = self.ids.get(("organization", str(thing.get("on_behalf_of_id"))))
            post = self.ids.get(("post", str(thing.get("post_id"))))
            if who and post:
                dates = {"start": start, "end": end}
                yield {"kind": "term", "office": post, "holder": who, **dates}
            elif who and on_behalf in members and where:
                organ = {} if where == self.body else {"organ": where}
                about = {"member": on_behalf, "person": who, "happened": start, "end": end}
                yield {"kind": "credential", **about, **organ}
            elif who and where == self.body and (start or not thing.get("legislative_period_id")):
                yield {"kind": "membership", "member": who, "happened": start or self._by()}
                if end:
                    left = {"member": who, "change": "withdrawal", "happened": end}
                    yield {"kind": "membership", **left}
            else:
                self.out.tell("not-read", "note", self._why_not(number, who, where), self.place)

    def _why_not(self, number: int, who: str | None, where: str | None) -> str:
        if who and where == self.body:
            return (
                f"membership {number} is of a period whose days the file does not give, so nobody "
                "knows when it was; it is not read"
            )
        return (
            f"membership {number} is not one of a member in {self.body}, nor one with a post of "
            "this file; it is not read"
        )

    def _members(self) -> frozenset[str]:
        """The parties that the file, or the record, has as members of the body themselves."""
        known = (*self.before.packed, *self.before.entries.values())
        told = {entry.member for entry in known if isinstance(entry, Membership)}
        for thing in self.lists["memberships"]:
            where = self.ids.get(("organization", str(thing.get("organization_id"))))
            if where == self.body and not thing.get("on_behalf_of_id"):
                told.add(self._who(thing) or "")
        return frozenset(told - {""})

    def _span(self, thing: Thing) -> tuple[str | None, str | None]:
        """From when to when; where a membership does not say it, as its period of office has it.

        A period that goes on beyond the day of the file has not ended by it.
        """
        period = self._periods.get(str(thing.get("legislative_period_id")), {})
        start = _date(thing, "start_date") or _date(period, "start_date")
        ended, date = _date(period, "end_date"), self.origin.date
        last = date.last_day() if date else None
        over = bool(ended and last and ended <= last.isoformat())
        return start, _date(thing, "end_date") or (ended if over else None)

    @cached_property
    def _periods(self) -> Mapping[str, Thing]:
        return {str(each.get("id")): each for each in self.lists[_PERIODS]}

    def _tell_not_taken(self) -> None:
        """What the file says of memberships and no entry does."""
        used = {name for thing in self.lists["memberships"] for name in thing if thing[name]}
        lost = [words for name, words in _NOT_TAKEN.items() if name in used]
        if lost:
            message = f"memberships are read without {' and '.join(lost)}"
            self.out.tell("not-read", "note", message, self.place)

    def _by(self) -> str:
        """Who is a member without a start date had joined by the day of the file."""
        date = self.origin.date
        return f"../{date.text}" if date and "/" not in date.text else ""

    def _who(self, thing: Thing) -> str | None:
        member = thing.get("member")
        inner = member.get("id") if isinstance(member, dict) else None
        for sort, ident in (
            ("person", thing.get("person_id")),
            ("person", inner),
            ("organization", inner),
            ("organization", thing.get("member_id")),
        ):
            if ident is not None and (found := self.ids.get((sort, str(ident)))):
                return found
        return None

    def _ident(self, sort: str, thing: Thing, popolo: str = "organization") -> str:
        """The id that entries use for a thing: one that is declared, its own, or from its name."""
        given, name = str(thing.get("id") or ""), _name(thing)
        key = (popolo, given)
        if key in self.ids:
            return self.ids[key]
        own = given if given == slug(given) and not _opaque(given) else ""
        known = self.names.find(sort, own) if own else None
        ident = known or self.names.find(sort, name) or own or slug(name) or slug(given)
        taken, wanted, number = set(self.ids.values()), ident, 2
        while ident in taken:
            ident, number = f"{wanted}-{number}", number + 1
        self.ids[key] = ident
        return ident

    def _take(self, values: dict[str, Any], *, cited: bool = True) -> None:
        content = {name: value for name, value in values.items() if value not in ("", None, [])}
        content["body"] = self.body
        if cited:
            content["source"] = self.source
        entry = from_dict(content, self.place)
        if isinstance(entry, tuple):
            self.out.findings += entry
        elif entry.id in self.before.entries or (cited and _bare(entry) in self.known):
            self.out.unchanged += 1
        else:
            self.out.add(entry, self.place)


def _bare(entry: AnyEntry) -> tuple[Any, ...]:
    """What a register entry says, whoever says it: its kind, who, what and when."""
    names = ("name", "member", "change", "office", "holder", "person", "organ", "start", "end")
    said = [getattr(entry, name, None) for name in names]
    if entry.kind in ("party", "body", "organ", "office"):
        return (entry.kind, getattr(entry, "name", ""))
    return (entry.kind, entry.happened if entry.kind != "term" else None, *said)


def _name(thing: Thing) -> str:
    return str(thing.get("name") or thing.get("id") or "")


def _aliases(thing: Thing) -> list[str]:
    others = thing.get("other_names")
    names = (
        [o.get("name") for o in others if isinstance(o, dict)] if isinstance(others, list) else []
    )
    return [name for name in names if isinstance(name, str) and name]


def _date(thing: Thing, name: str) -> str | None:
    value = thing.get(name + EDTF) or thing.get(name)
    return str(value) if value else None


def _opaque(ident: str) -> bool:
    """Whether an id is one that nobody would write: a long number or sum."""
    return (len(ident) > 24 and sum(char.isdigit() for char in ident) > 6) or ident.isdigit()
