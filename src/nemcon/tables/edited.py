"""Fields of an entry as people type them, and the entry that comes of what they typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from nemcon.entries import AnyEntry, to_dict
from nemcon.findings import Finding, Place
from nemcon.saying import say
from nemcon.tables.cells import CellError, decoded, encoded
from nemcon.tables.columns import Column, columns_of
from nemcon.tables.grid import Sheet
from nemcon.tables.held import Plan
from nemcon.tables.names import FIELDS, Names
from nemcon.tables.read import ReadRow
from nemcon.tables.words import Words
from nemcon.text import from_dict

FIXED = frozenset({"body", "source", "spans", "received", "confidence", "cite"})
"""What a person who reads a report again does not change: where it stands, and whose record it is.
"""

_COUNT = re.compile(r"(?P<stance>[^:;()]+)(?:\((?P<group>[^)]*)\))?\s*:\s*(?P<number>\d+)")


@dataclass(frozen=True)
class Typed:
    """A field as it can be typed: its value as text, what it may be, and for whom it is meant.

    `usual` is true for the fields that its kind is about, or that hold something.
    """

    name: str
    label: str
    text: str
    choices: tuple[str, ...]
    hint: str
    usual: bool


HINTS: Mapping[str, str] = {
    "when": "a date: 2024-06-20, 2024-06, 2024-06-10/2024-06-16, ../2024-06-20",
    "list": "several with semicolons between them",
    "truth": "yes or no",
    "whole": "a whole number",
    "counts": "stance: number, several with semicolons, such as support: 29; objection: 3",
}


def typed(entry: AnyEntry) -> tuple[Typed, ...]:
    """The fields of an entry that can be changed: its own first, then those of every kind."""
    values = to_dict(entry)
    out = []
    for name, column in columns_of(entry.kind).items():
        if name in FIXED or column.sort in ("json", "attributes"):
            continue
        value = values.get(name)
        text = _text(column, value)
        own = name in _own(entry.kind) or name in ("happened", "modality")
        hint = HINTS.get(column.sort, "") if not column.choices else ""
        out.append(Typed(name, column.header, text, column.choices, hint, bool(text) or own))
    return tuple(out)


def differences(old: AnyEntry, new: AnyEntry) -> list[str]:
    """The fields in which two entries of a kind differ, with what stood there and what stands."""
    before, after = to_dict(old), to_dict(new)
    return [
        f"{column.header}: {_short(column, before.get(name))} -> {_short(column, after.get(name))}"
        for name, column in columns_of(old.kind).items()
        if before.get(name) != after.get(name)
    ]


def _short(column: Column, value: Any) -> str:
    text = " ".join(_text(column, value).split())
    return (f"{text[:60]}…" if len(text) > 60 else text) or "nothing"


def _own(kind: str) -> frozenset[str]:
    common = set(columns_of("confirmation")) - {"confirms", "by"}
    return frozenset(set(columns_of(kind)) - common)


def _text(column: Column, value: Any) -> str:
    if value is None:
        default = column.item.default
        if isinstance(default, bool):
            return "yes" if default else "no"
        return default if isinstance(default, str) else ""
    if column.sort == "counts":
        return "; ".join(_count_text(each) for each in value)
    return str(encoded(column.sort, value))


def _count_text(count: Mapping[str, Any]) -> str:
    group = f" ({count['group']})" if count.get("group") else ""
    return f"{count['stance']}{group}: {count['number']}"


def edited(
    entry: AnyEntry, changes: Mapping[str, str], declared: Iterable[AnyEntry]
) -> tuple[AnyEntry | None, tuple[Finding, ...]]:
    """The entry with some fields as somebody typed them; names are those that entries declare.

    A field that is left as `typed` gives it stays exactly as it is. None where a finding is an
    error. Findings: those of `from_dict` and of cells, `fixed-field`, `unknown-member`,
    `unknown-stance`, `read-as`; `unknown-name` (a warning) for any other name that no entry has.
    """
    declared = tuple(declared)
    now = {each.name: each.text for each in typed(entry)}
    values, findings = to_dict(entry), list[Finding]()
    given: dict[str, Any] = {}
    for name, text in changes.items():
        if name not in now:
            message = say(
                "'{name}' of this {kind} cannot be changed here", name=name, kind=say(entry.kind)
            )
            findings.append(Finding("fixed-field", "error", message, place=Place(field=name)))
        elif _same(text) != _same(now[name]):
            try:
                given[name] = _value(columns_of(entry.kind)[name], text)
            except CellError as error:
                where = Place(field=name)
                findings.append(
                    Finding(
                        error.code,
                        "error",
                        say("'{name}' {error}", name=name, error=str(error)),
                        place=where,
                    )
                )
    values |= {name: value for name, value in given.items() if value is not None}
    for name in [name for name, value in given.items() if value is None]:
        values.pop(name, None)
    row = ReadRow(entry.kind, entry.id, given, frozenset(given), "", Sheet("", "", ()), 1, {})
    told = Plan()
    words = Words(told)
    names = Names.of(declared)
    made = words.made_out(row, values, names)
    words.tell()
    # Of names that nobody has `_unknown` tells, which knows more of them.
    findings += [_at_field(each) for each in told.findings if each.code != "unknown-name"]
    new = from_dict(made, Place()) if made is not None else None
    if isinstance(new, tuple):
        findings += [_at_field(each) for each in new]
        new = None
    if new is not None:
        findings += _unknown(new, given, names, declared)
    wrong = any(each.severity == "error" for each in findings)
    return (None if wrong else new), tuple(findings)


def _unknown(
    new: AnyEntry, given: Iterable[str], names: Names, declared: Iterable[AnyEntry]
) -> Iterator[Finding]:
    """The names in the fields that were typed which no entry has: a slip, or something new."""
    ran = {name for each in declared if (name := getattr(each, "candidate", ""))}
    for field in given:
        sort, _ = FIELDS.get(field, ("", False))
        value = getattr(new, field, None) if sort else None
        name = value if isinstance(value, str) else ""
        if not name or names.find(sort, name) is not None or (sort == "party" and name in ran):
            continue
        hint = names.near(sort, name) or _near(name, ran if sort == "party" else ())
        message = say(
            "no entry here has the name '{name}'; it is kept as written{hint}",
            name=name,
            hint=hint,
        )
        yield Finding("unknown-name", "warning", message, place=Place(field=field))


def _near(name: str, among: Iterable[str]) -> str:
    found = get_close_matches(name[:100], sorted(among), 1, 0.7)
    return say("; did you mean '{words}'?", words=found[0]) if found else ""


def _same(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _value(column: Column, text: str) -> Any:
    if column.sort != "counts" or text.strip().startswith("json:"):
        return decoded(column.sort, text)
    counts = []
    for part in filter(None, (each.strip() for each in re.split(r"[;\n]", text))):
        found = _COUNT.fullmatch(part)
        if found is None:
            raise CellError(
                "bad-cell",
                say("is '{part}'; write {form}", part=part[:60], form=say(HINTS["counts"])),
            )
        count = {"stance": found["stance"].strip(), "number": int(found["number"][:18])}
        counts.append({**count, **({"group": found["group"].strip()} if found["group"] else {})})
    return counts


def _at_field(finding: Finding) -> Finding:
    """The finding where the field is, not where a cell would be."""
    name = finding.place.field if finding.place else None
    return Finding(
        finding.code,
        finding.severity,
        finding.message,
        finding.entries,
        Place(field=name) if name else None,
    )
