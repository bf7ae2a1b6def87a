"""The JSON Schema of a file of entries, for editors, made from the dataclasses."""

from __future__ import annotations

import inspect
from dataclasses import Field, fields
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from nemcon.entries import KINDS, Completeness, Count, Span
from nemcon.text.convert import LARGEST, shape_of
from nemcon.text.loaded import DEFAULTS
from nemcon.when import FORMS, When

Schema = dict[str, Any]

_ATTRIBUTE: Schema = {"type": ["string", "integer", "boolean"]}
_SIMPLE: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": -LARGEST, "maximum": LARGEST},
    bool: {"type": "boolean"},
    When: {"$ref": "#/$defs/when"},
}


def json_schema() -> Schema:
    """The schema (draft 2020-12) of a TOML or JSON file of entries, as plain JSON values."""
    kinds = {kind: {"$ref": f"#/$defs/{kind}"} for kind in KINDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Nemcon entries",
        "description": "Dated, sourced assertions about how a body comes to a decision.",
        "type": ["object", "array"],
        "if": {"type": "object", "required": ["kind"]},
        "then": {"$ref": "#/$defs/entry"},
        "else": {
            "properties": {
                **{kind: _one_or_more(reference) for kind, reference in kinds.items()},
                **{name: _default(name) for name in DEFAULTS},
                "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
            },
            "additionalProperties": False,
        },
        "items": {"$ref": "#/$defs/entry"},
        "$defs": {
            "entry": _entry(),
            "when": _when(),
            **{_name(part): _table(part) for part in (Span, Count, Completeness)},
            **{kind: _table(cls) for kind, cls in KINDS.items()},
        },
    }


def _entry() -> Schema:
    """An entry of a JSON file, which names its kind itself."""
    choices = [
        {"if": {"properties": {"kind": {"const": kind}}}, "then": {"$ref": f"#/$defs/{kind}"}}
        for kind in KINDS
    ]
    kind = {"enum": list(KINDS)}
    return {"type": "object", "required": ["kind"], "properties": {"kind": kind}, "allOf": choices}


def _default(name: str) -> Schema:
    """A key of the whole file, or the entries of the kind of that name."""
    text = f"The {name} of every entry of the file that names none."
    return {
        "anyOf": [
            {"type": "string", "description": text},
            _one_or_more({"$ref": f"#/$defs/{name}"}),
        ]
    }


def _when() -> Schema:
    return {
        "type": ["string", "integer"],
        "description": f"An uncertain date (ISO 8601-2), of the body's time zone: {FORMS}.",
    }


def _table(cls: type) -> Schema:
    hints = get_type_hints(cls)
    properties = {item.name: _field(item, hints[item.name]) for item in fields(cls)}
    kind = getattr(cls, "kind", None)
    return {
        "type": "object",
        "description": inspect.getdoc(cls) or "",
        "properties": {"kind": {"const": kind}, **properties} if kind else properties,
        "required": sorted(shape_of(cls).required),
        "additionalProperties": False,
    }


def _field(item: Field[Any], hint: Any) -> Schema:
    schema = _schema(hint)
    worth_saying = isinstance(item.default, str) and item.default != ""
    return {**schema, "default": item.default} if worth_saying else schema


def _schema(hint: Any) -> Schema:
    arguments = get_args(hint)
    if NoneType in arguments:
        (inner,) = (argument for argument in arguments if argument is not NoneType)
        return _schema(inner)
    origin = get_origin(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if hint == tuple[Count, ...]:
        short = {"type": "object", "additionalProperties": _SIMPLE[int]}
        return {"anyOf": [_one_or_more(_schema(Count)), short]}
    if origin is tuple:
        return _one_or_more(_schema(arguments[0]))
    if origin is not None:
        values = {} if arguments[1] is Any else {"additionalProperties": _ATTRIBUTE}
        return {"type": "object", **values}
    return _SIMPLE.get(hint) or {"$ref": f"#/$defs/{_name(hint)}"}


def _one_or_more(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item}]}


def _name(cls: type) -> str:
    return cls.__name__.lower()
