"""One entry from plain values: the types of the dataclasses are the rules.

Each field of each kind gets a converter once, from its annotation; reading an entry is
then one dictionary look-up and one call a field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, datetime
from functools import partial
from types import NoneType
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from nemcon.entries import KINDS, AnyEntry, Count
from nemcon.findings import Finding, Place
from nemcon.saying import marked, say
from nemcon.text.loaded import field_name
from nemcon.when import FORMS, When, WhenError

Converter = Callable[[Any], Any]

# RFC 8785 and other readers of JSON hold whole numbers exactly only up to here.
LARGEST = 2**53 - 1
DEEPEST = 32

_surrogate = re.compile("[\ud800-\udfff]").search


class _WrongError(Exception):
    """A value that does not fit its field: the code and the message of the finding to be."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Shape:
    """How a dataclass is read: a converter a field, and the fields that must be there."""

    cls: type
    converters: Mapping[str, Converter]
    required: frozenset[str]


def from_dict(data: object, place: Place | None = None) -> AnyEntry | tuple[Finding, ...]:
    """The entry that `data` (the shape of `entries.to_dict`) says, or what is wrong with it.

    Findings: `unknown-kind`, `unknown-field`, `missing-field`, `wrong-type`, `bad-choice`,
    `bad-date`, `too-large`, `too-deep`, `lone-surrogate`; their place is `place` and the field.
    """
    if not isinstance(data, dict):
        message = say("an entry is a table with a kind, not {what}", what=_a(data))
        return (Finding("wrong-type", "error", message, place=place),)
    kind = data.get("kind")
    cls = KINDS.get(kind) if isinstance(kind, str) else None
    if cls is None:
        return (unknown_kind(kind, place),)
    shape = shape_of(cls)
    converters = shape.converters
    values: dict[str, Any] = {}
    wrong: list[Finding] = []
    for name, value in data.items():
        convert = converters.get(name)
        if convert is not None:
            try:
                values[name] = convert(value)
            except _WrongError as error:
                wrong.append(
                    _finding(
                        error.code,
                        say("'{name}' {error}", name=name, error=str(error)),
                        place,
                        name,
                    )
                )
        elif name != "kind":
            wrong.append(_unknown_field(shape, str(kind), name, place))
    if not shape.required <= values.keys() or wrong:
        return (*wrong, *_missing(shape, str(kind), data, place))
    return cast(AnyEntry, cls(**values))


def shape_of(cls: type) -> Shape:
    """How the dataclass `cls` is read; worked out once."""
    shape = _SHAPES.get(cls)
    if shape is None:
        shape = _SHAPES[cls] = _shape(cls)
    return shape


_SHAPES: dict[type, Shape] = {}


def _shape(cls: type) -> Shape:
    hints = get_type_hints(cls)
    items = fields(cls)
    required = (f.name for f in items if f.default is MISSING and f.default_factory is MISSING)
    converters = {f.name: _converter(hints[f.name]) for f in items}
    return Shape(cls, converters, frozenset(required))


def _converter(hint: Any) -> Converter:
    arguments = get_args(hint)
    if NoneType in arguments:
        (inner,) = (a for a in arguments if a is not NoneType)
        return partial(_or_none, _converter(inner))
    origin = get_origin(hint)
    if origin is Literal:
        return partial(_choice, frozenset(arguments), arguments)
    if hint == tuple[Count, ...]:
        return _counts
    if origin is tuple:
        item = arguments[0]
        return _texts if item is str else partial(_structures, item)
    if origin is not None:
        return _plain_table if arguments[1] is Any else _attributes
    return _SIMPLE[hint]


def _text(value: Any) -> str:
    if type(value) is not str:
        raise _WrongError("wrong-type", say("is {what}; write a text in quotes", what=_a(value)))
    if not value.isascii() and (bad := _surrogate(value)):
        what = say(
            "has half a character (\\u{ord:04x}) at position {start}",
            ord=ord(bad[0]),
            start=bad.start(),
        )
        raise _WrongError("lone-surrogate", say("{what}; write the whole character", what=what))
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise _WrongError(
            "wrong-type", say("is {what}; write a whole number without quotes", what=_a(value))
        )
    if not -LARGEST <= value <= LARGEST:
        message = say(
            "is a number beyond {largest}, which other programs would round", largest=LARGEST
        )
        raise _WrongError("too-large", say("{message}; write a smaller one", message=message))
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise _WrongError(
            "wrong-type", say("is {what}; write true or false without quotes", what=_a(value))
        )
    return value


def _when(value: Any) -> When:
    try:
        return When.parse(value if type(value) is str else _date_text(value))
    except WhenError as error:
        raise _WrongError("bad-date", say("is no usable date: {error}", error=str(error))) from None


def _date_text(value: Any) -> str:
    """A bare date, instant or year of TOML as the text that means the same."""
    if isinstance(value, datetime):
        text = value.isoformat()
        if value.tzinfo is None:
            message = say("is a time without its offset; write {text}Z or {text}+02:00", text=text)
            raise _WrongError("bad-date", message)
        return text.replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if type(value) is int and 1 <= value <= 9999:
        return f"{value:04}"
    raise _WrongError(
        "wrong-type", say("is {what}; write a date: {forms}", what=_a(value), forms=FORMS)
    )


def _or_none(convert: Converter, value: Any) -> Any:
    return None if value is None else convert(value)


def _choice(allowed: frozenset[str], in_order: tuple[str, ...], value: Any) -> str:
    if type(value) is str and value in allowed:
        return value
    choices = ", ".join(f'"{choice}"' for choice in in_order)
    code = "bad-choice" if type(value) is str else "wrong-type"
    raise _WrongError(
        code, say("is {what}; write one of {choices}", what=_a(value), choices=choices)
    )


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is str:
        return (_text(value),)
    if type(value) is list:
        try:
            return tuple([_text(item) for item in value])
        except _WrongError as error:
            raise _WrongError(
                error.code, say("holds an item that {error}", error=str(error))
            ) from None
    raise _WrongError(
        "wrong-type", say('is {what}; write a text in quotes or a list: ["a", "b"]', what=_a(value))
    )


def _structures(cls: type, value: Any) -> tuple[Any, ...]:
    items = [value] if isinstance(value, dict) else value
    if not isinstance(items, list):
        raise _WrongError(
            "wrong-type",
            say("is {what}; write a list of tables: {sketch}", what=_a(value), sketch=_sketch(cls)),
        )
    return tuple([_structure(cls, item) for item in items])


def _structure(cls: type, data: Any) -> Any:
    shape = shape_of(cls)
    if not isinstance(data, dict):
        raise _WrongError(
            "wrong-type",
            say("holds {what}; write tables: {sketch}", what=_a(data), sketch=_sketch(cls)),
        )
    values = {}
    for name, value in data.items():
        convert = shape.converters.get(name)
        if convert is None:
            raise _WrongError(
                "unknown-field",
                say("has no part {name}; write {sketch}", name=_shown(name), sketch=_sketch(cls)),
            )
        values[name] = _part(name, convert, value)
    if absent := sorted(shape.required - values.keys()):
        raise _WrongError(
            "missing-field",
            say("lacks the part '{absent}'; write {sketch}", absent=absent[0], sketch=_sketch(cls)),
        )
    return cls(**values)


def _part(name: str, convert: Converter, value: Any) -> Any:
    try:
        return convert(value)
    except _WrongError as error:
        raise _WrongError(
            error.code, say("has a part {name} that {error}", name=_shown(name), error=str(error))
        ) from None


def _counts(value: Any) -> tuple[Count, ...]:
    """Also the short form ``{support = 29, abstention = 3}``."""
    if isinstance(value, dict) and not isinstance(value.get("stance"), str):
        items = value.items()
        return tuple([Count(_text(stance), _part(stance, _whole, n)) for stance, n in items])
    return cast("tuple[Count, ...]", _structures(Count, value))


def _attributes(value: Any) -> dict[str, str | int | bool]:
    if not isinstance(value, dict):
        raise _WrongError(
            "wrong-type",
            say("is {what}; write a table: {form}", what=_a(value), form="{weight = 3}"),
        )
    for name, item in value.items():
        if isinstance(item, dict | list):
            message = say(
                "has {what} as {name}; write a text, whole number, true or false",
                what=_a(item),
                name=_shown(name),
            )
            raise _WrongError("wrong-type", message)
    return _plain_table(value)


def _plain_table(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError("wrong-type", say("is {what}; write a table", what=_a(value)))
    _check_plain(value, 1)
    return value


def _check_plain(value: Any, depth: int) -> None:
    """Refuse what the canonical form of an entry cannot hold exactly."""
    if depth > DEEPEST:
        raise _WrongError(
            "too-deep", say("nests more than {deepest} deep; write it flatter", deepest=DEEPEST)
        )
    if isinstance(value, dict):
        for name, item in value.items():
            _text(name)
            _check_plain(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check_plain(item, depth + 1)
    elif type(value) is str:
        _text(value)
    elif type(value) is int:
        _whole(value)
    elif type(value) is not bool:
        hint = say('a text in quotes (a fraction as "2/3"), a whole number, true or false')
        raise _WrongError(
            "wrong-type", say("holds {what}; write {hint}", what=_a(value), hint=hint)
        )


_SIMPLE: Mapping[Any, Converter] = {str: _text, int: _whole, bool: _truth, When: _when}


_VOWELS = ("a", "e", "i", "o", "u")


def _missing(
    shape: Shape, kind: str, data: Mapping[str, Any], place: Place | None
) -> list[Finding]:
    return [
        _finding(
            "missing-field",
            say("an {kind} needs the field '{name}'; add it", kind=kind, name=name)
            if kind[:1] in _VOWELS
            else say("a {kind} needs the field '{name}'; add it", kind=kind, name=name),
            place,
            name,
        )
        for name in sorted(shape.required - data.keys())
    ]


def _unknown_field(shape: Shape, kind: str, name: Any, place: Place | None) -> Finding:
    told = {
        "kind": kind,
        "name": _shown(name),
        "instead": _instead(str(name), shape.converters),
    }
    message = (
        say("an {kind} has no field {name}; {instead}", **told)
        if kind[:1] in _VOWELS
        else say("a {kind} has no field {name}; {instead}", **told)
    )
    return _finding("unknown-field", message, place, str(name))


def unknown_kind(kind: Any, place: Place | None) -> Finding:
    """The finding for an entry of a kind that is none."""
    if kind is None:
        message = say("an entry needs its kind; {instead}", instead=_instead("", KINDS))
        return _finding("missing-field", message, place, "kind")
    message = say(
        "there is no kind {kind}; {instead}", kind=_shown(kind), instead=_instead(str(kind), KINDS)
    )
    return _finding("unknown-kind", message, place, "kind")


def _instead(name: str, known: Iterable[str]) -> str:
    """What to write instead of `name`: the nearest of the known names, or all of them."""
    from difflib import get_close_matches  # seldom needed, and slow to import

    near = get_close_matches(name[:100], list(known), 1)
    return (
        say("did you mean '{near}'?", near=near[0])
        if near
        else say("write one of {known}", known=", ".join(known))
    )


def _finding(code: str, message: str, place: Place | None, name: str) -> Finding:
    shown = field_name(name)
    where = replace(place, field=shown) if place else Place(field=shown)
    return Finding(code, "error", message, place=where)


def _sketch(cls: type) -> str:
    """A table of `cls` as it may be written, such as ``{stance = …, number = …}``."""
    parts = (f"{item.name} = …" for item in fields(cls))
    return f"{{{', '.join(parts)}}}"


def _a(value: Any) -> str:
    """What a value is, in words: ``the text "29"``."""
    for types, words in _WORDS:
        if isinstance(value, types):
            plain = types in (dict, list, NoneType)
            return say(words) if plain else say(words, value=_shown(value))
    return say("a {type}", type=type(value).__name__)


_WORDS: tuple[tuple[Any, str], ...] = (
    *zip(
        (str, bool, int, float, dict, list, date, NoneType),
        marked(
            "the text {value}",
            "the value {value}",
            "the number {value}",
            "the fraction {value}",
            "a table",
            "a list",
            "the date {value}",
            "null",
        ),
        strict=True,
    ),
)


def _shown(value: Any) -> str:
    """A value as a message shows it: short, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and abs(value) > LARGEST:
        return say("of many digits")
    text = str(value)
    if len(text) > 60:
        text = text[:60] + "…"
    return repr(text) if isinstance(value, str) else text
