"""Messages to people: English text that knows what it was made of, so that it can be told in
another language.

A `Message` is a text like any other, and English wherever it is printed, compared or kept. Whoever
shows it in another language takes its template and its parts (`views.tongue.spoken`). So what lies
below the views speaks of no language, and knows none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeVar

_K = TypeVar("_K")
_V = TypeVar("_V")


class Message(str):
    """A text, with the template and the parts that it was made of.

    `many` is the template for a number of things other than one, and `number` how many there are;
    without it the message does not tell of a number. A part may be a message itself.
    """

    __slots__ = ("many", "number", "parts", "template")

    template: str
    many: str
    number: int
    parts: Mapping[str, object]

    def __new__(
        cls, template: str, parts: Mapping[str, object], many: str = "", number: int = 1
    ) -> Message:
        """The message in English."""
        parts = {n: str(v) if isinstance(v, Exception) else v for n, v in parts.items()}
        words = many if many and number != 1 else template
        self = super().__new__(cls, words.format_map(parts) if parts else words)
        self.template, self.parts, self.many, self.number = template, parts, many, number
        return self

    def __str__(self) -> str:
        """Itself, so that the text of an error which was raised with a message still is one."""
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.template, self.parts, self.many, self.number)


def say(text: str, /, **parts: object) -> Message:
    """A message: whole sentences, with the names of its parts in braces.

    `tools/messages.py` finds the text for translators where it stands in the call.
    """
    return Message(text, parts)


def say_many(one: str, many: str, number: int, /, **parts: object) -> Message:
    """A message that tells of `number` things."""
    return Message(one, parts, many, number)


def marked(*texts: str) -> tuple[str, ...]:
    """Messages that are said later: it only lets them be found."""
    return texts


def marked_each(table: Mapping[_K, _V]) -> Mapping[_K, _V]:
    """A table of messages that are said later, in its values or in tuples there."""
    return table


def plural(number: int, one: str, many: str = "") -> Message:
    """*1 member*, *32 members*; `many` for words that do not just take an s."""
    return say_many(f"{{n:,}} {one}", f"{{n:,}} {many or one + 's'}", number, n=number)


def joined(separator: str, texts: Iterable[str]) -> Message:
    """Texts one after the other; those that are messages stay messages."""
    parts = {f"part{n}": text for n, text in enumerate(texts)}
    return Message(separator.join(f"{{{name}}}" for name in parts), parts)


def listed(names: Iterable[str], word: Literal["and", "or", "then"] = "and") -> Message:
    """*A*, *A and B*, *A, B and C*; also with *or* and *then*."""
    *head, last = [*names] or [""]
    if not head:
        return joined("", [last])
    some = joined(", ", head)
    match word:
        case "or":
            return say("{some} or {last}", some=some, last=last)
        case "then":
            return say("{some} then {last}", some=some, last=last)
        case "and":
            return say("{some} and {last}", some=some, last=last)
