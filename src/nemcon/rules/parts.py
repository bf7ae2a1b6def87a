"""The parts of a procedure file that surround its formulas: clauses, roll, cases and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nemcon.rules.algebra import Both, Everyone, Having, Members
from nemcon.rules.names import Value, as_value, canonical, shown
from nemcon.rules.place import Place
from nemcon.rules.read import SETS, read_members
from nemcon.rules.scope import Scope
from nemcon.saying import say
from nemcon.when import When, WhenError

CONFIDENCE = ("seen", "memory")
ADOPTED_BY = ("vote", "consensus", "acclamation", "silence", "recorded vote", "secret vote")
FORMS = (
    *("ballots", "rounds", "rows", "rankings", "approvals", "scores", "totals", "steps"),
    *("winner", "declared", "reports"),
)
"""The forms in which ballots come in."""
BESIDE = ("roll", "params", "closed", "on", "attestations", "objections", "clock")
"""What may stand beside ballots."""
FURTHER = (
    *("appointed", "options", "default_option", "seats", "tiebreak", "tie_break", "lot"),
    *("candidates", "outstanding", "limit_kept", "quorum", "majority", "developers"),
    *("casting_vote", "agreement"),
)
"""What some forms need besides."""

# Parts that are kept as they are: only their keys are checked here.
_CLOCK = (
    *("discussion", "minimum", "length", "deadline", "extend", "restart_on", "early_close"),
    *("cool_off", "lapse", "business_days", "blackout", "sunset", "note"),
)
_STEP = (
    *("step", "body", "organ", "rule", "attest", "same_rule", "roll", "on", "select", "params"),
    *("title", "note"),
)
_OBJECTIONS = ("who", "needs", "open", "closed", "note")
_ATTEST = ("finding", "by", "appeal", "note")


@dataclass(frozen=True, slots=True)
class Clause:
    """What the rule's text says, in our words, with its citation and the part it speaks of."""

    text: str
    cite: str
    confidence: str
    part: str = ""


@dataclass(frozen=True)
class Seats:
    """Who may act: the pack and organ of the roll, or a fixed number of seats of some classes."""

    pack: str = ""
    organ: str = ""
    size: int | None = None
    classes: Mapping[str, Mapping[Value, int]] = field(default_factory=dict)
    eligible: Members | None = None


@dataclass(frozen=True)
class Case:
    """A real case: ballots in one of the forms, and the outcome that they had."""

    title: str
    date: str
    ballots: Mapping[str, Any]
    expected: Any
    cite: str = ""
    confidence: str = "seen"
    near_miss: bool = False


def read_clauses(data: Any, at: Place) -> tuple[Clause, ...]:
    """The clauses. Raises `RuleError`."""
    found = []
    for n, row in enumerate(at.items(data, say("[[clause]] tables"))):
        here = at / n
        table = here.table(row, "{ text = …, cite = … }")
        here.known_keys(table, ("text", "cite", "confidence", "for", "note"))
        texts = {
            key: (here / key).text(table[key], say("a text in quotes"))
            for key in ("text", "cite", "for", "note")
            if key in table
        }
        found.append(
            Clause(
                texts.get("text", ""),
                texts.get("cite", ""),
                _confidence(table, here),
                texts.get("for", ""),
            )
        )
    return tuple(found)


def _confidence(table: Mapping[str, Any], at: Place) -> str:
    value = table.get("confidence", "seen")
    if value not in CONFIDENCE:
        raise (at / "confidence").error(
            say("{value} is no confidence; write seen or memory", value=shown(value))
        )
    return str(value)


def read_in_force(data: Any, at: Place) -> tuple[tuple[When | None, When | None], ...]:
    """When the rule has been in force. Raises `RuleError`."""
    rows = [data] if isinstance(data, Mapping) else data
    return tuple(
        _period(row, at / n) for n, row in enumerate(at.items(rows, say("[[in_force]] tables")))
    )


def _period(row: Any, at: Place) -> tuple[When | None, When | None]:
    table = at.table(row, '{ from = "1965-08-31" }')
    at.known_keys(table, ("from", "to", "note"))
    return _when(table, "from", at), _when(table, "to", at)


def _when(table: Mapping[str, Any], key: str, at: Place) -> When | None:
    if key not in table:
        return None
    value = table[key]
    try:
        # TOML has dates of its own; a year may be a number.
        return When.parse(value if isinstance(value, str) else str(value))
    except WhenError as error:
        raise (at / key).error(str(error)) from None


def read_seats(data: Any, at: Place, scope: Scope) -> Seats:
    """`[roll]`. Raises `RuleError`."""
    table = at.table(data, say('{ pack = "nato" }, or { size = 15 }'))
    at.known_keys(table, ("pack", "organ", "size", "classes", "eligible", "note"))
    size = (at / "size").count(table["size"], 1) if "size" in table else None
    classes: dict[str, Mapping[Value, int]] = {}
    here = at / "classes"
    for name, values in here.table(
        table.get("classes", {}), "{ permanent = { true = 5 } }"
    ).items():
        inner = here / name
        numbers = {
            as_value(value): (inner / value).count(number)
            for value, number in inner.table(values, "{ true = 5, false = 10 }").items()
        }
        if size is None:
            raise here.error(
                say("classes are of seats, whose number 'size' does not say; write size")
            )
        if sum(numbers.values()) > size:
            raise inner.error(
                say("these are {values} seats, more than 'size' has", values=sum(numbers.values()))
            )
        classes[scope.attribute(name, inner)] = numbers
    return Seats(
        pack=(at / "pack").text(table["pack"], say("the name of a pack"))
        if "pack" in table
        else "",
        organ=(at / "organ").text(table["organ"], say("the name of an organ"))
        if "organ" in table
        else "",
        size=size,
        classes=classes,
        eligible=(
            read_members(table["eligible"], at / "eligible", scope) if "eligible" in table else None
        ),
    )


def read_aggregates(data: Any, at: Place, scope: Scope) -> Mapping[str, Members]:
    """`[aggregates]`: classes of members that tables of results count by themselves.

    Each is a set by attributes, or a table of attributes and values. Raises `RuleError`.
    """
    found: dict[str, Members] = {}
    for name, value in at.table(data, "{ p5 = { permanent = true } }").items():
        here = at / name
        table = here.table(value, say("{ permanent = true }, or a set of members"))
        if len(table) == 1 and next(iter(table)) in SETS:
            found[canonical(name)] = read_members(value, here, scope)
            continue
        parts: list[Members] = []
        for key, wanted in table.items():
            if not isinstance(wanted, bool | int | str):
                raise (here / key).error(
                    say("{wanted} is no value of an attribute", wanted=shown(wanted))
                )
            parts.append(Having(scope.attribute(key, here / key), as_value(wanted)))
        found[canonical(name)] = Both(tuple(parts)) if parts else Everyone()
    return found


def read_cases(data: Any, at: Place) -> tuple[Case, ...]:
    """`[[case]]`: what they hold is checked where they are run. Raises `RuleError`."""
    found = []
    about = ("title", "date", "expected", "cite", "confidence", "near_miss", "note")
    for n, row in enumerate(at.items(data, say("[[case]] tables"))):
        here = at / n
        table = here.table(row, "{ title = …, ballots = […], expected = … }")
        here.known_keys(table, (*about, *FORMS, *BESIDE, *FURTHER))
        if "expected" not in table:
            raise here.error(say("'expected' is missing; write what the outcome was"))
        if not any(form in table for form in FORMS):
            raise here.error(say("it has no ballots; write one of {forms}", forms=", ".join(FORMS)))
        texts = {
            key: (here / key).text(table[key], say("a text in quotes"))
            for key in ("title", "cite", "note")
            if key in table
        }
        when = _when(table, "date", here)
        found.append(
            Case(
                texts.get("title", f"case {n + 1}"),
                when.text if when else "",
                {key: value for key, value in table.items() if key not in about},
                table["expected"],
                texts.get("cite", ""),
                _confidence(table, here),
                (here / "near_miss").flag(table.get("near_miss", False)),
            )
        )
    return tuple(found)


def read_parts(table: Mapping[str, Any], at: Place) -> dict[str, Any]:
    """The parts that are kept as they are, with their keys checked. Raises `RuleError`."""
    found: dict[str, Any] = {
        "aka": _texts(table, "aka", at),
        "adopted_by": _texts(table, "adopted_by", at, ADOPTED_BY),
        "model": (at / "model").flag(table.get("model", False)),
        "comparison": (at / "comparison").flag(table.get("comparison", False)),
        "each_candidate": (at / "each_candidate").flag(table.get("each_candidate", False)),
    }
    if "note" in table:
        (at / "note").text(table["note"], say("a text in quotes"))
    for key, known in (
        ("rounds", None),
        ("choose", None),
        ("clock", _CLOCK),
        ("objections", _OBJECTIONS),
    ):
        if key in table:
            found[key] = (at / key).table(table[key], say("a table [{key}]", key=key))
            if known:
                (at / key).known_keys(found[key], known)
    for key, each in (("chain", _STEP), ("attest", _ATTEST)):
        if key in table:
            found[key] = tuple(
                _row(row, at / key / n, each)
                for n, row in enumerate(
                    (at / key).items(table[key], say("[[{key}]] tables", key=key))
                )
            )
    return found


def _row(value: Any, at: Place, known: Sequence[str]) -> Mapping[str, Any]:
    table = at.table(value, say("a table"))
    at.known_keys(table, known)
    return table


def _texts(
    table: Mapping[str, Any], key: str, at: Place, known: Sequence[str] = ()
) -> tuple[str, ...]:
    value = table.get(key, [])
    names = [value] if isinstance(value, str) else (at / key).items(value, say("a text, or a list"))
    found = tuple((at / key).text(name, say("a text in quotes")) for name in names)
    for name in found:
        if known and name not in known:
            raise (at / key).error(
                say("{name} is none of {known}", name=shown(name), known=", ".join(known))
            )
    return found
