"""Words for messages: ids, names, numbers and lists, short and on one line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches
from typing import Final

from nemcon import saying
from nemcon.saying import say
from nemcon.worlds.days import FIRST, LAST, Range, as_when

LONGEST = 60
A_DAY: Final = 24 * 60 * 60 * 1_000_000  # in microseconds
# Looking for the nearest of many names is slow; who has more wrong ones sees the pattern soon.
MOST_COMPARISONS = 10_000


def quoted(text: str) -> str:
    """A text of the record as a message shows it: in quotes, short, on one line."""
    short = text if len(text) <= LONGEST else text[:LONGEST] + "…"
    return f"'{short}'" if short.isprintable() else repr(short)


def plain(text: str, longest: int = LONGEST) -> str:
    """A text of the record without quotes, short, on one line."""
    line = "".join(c if c.isprintable() else " " for c in text)
    return line if len(line) <= longest else line[:longest] + "…"


def nearest(name: str, known: Collection[str], number: int = 0, cutoff: float = 0.6) -> str | None:
    """The known name most like this one, if any is; `number` says how many were asked before."""
    if number * len(known) > MOST_COMPARISONS:
        return None
    found = get_close_matches(name[:LONGEST], sorted(known), 1, cutoff)
    return found[0] if found else None


def alike(name: str, other: str) -> bool:
    """Whether a name is most probably another one misspelt."""
    return nearest(name, [other], cutoff=0.75) is not None


def listed(names: Iterable[str], most: int = 5) -> str:
    """*A*, *A and B*, *A, B and C*; past `most`, how many more."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], say("{number} more", number=len(names) - most + 1)]
    return saying.listed(names)


def days(span: Range) -> str:
    """A range of days as a date: *2024-06-20*, *2024-06-17/2024-06-23*, *../2024-06-20*."""
    return say("no date") if span == (FIRST, LAST) else as_when((span,)).text


def moments(span: Range) -> str:
    """A range of moments as a date, an instant with its time: *2024-06-20 09:00*."""
    first, last = span
    if first < last:
        return days((first // A_DAY, last // A_DAY))
    seconds = first % A_DAY // 1_000_000
    return f"{days((first // A_DAY,) * 2)} {seconds // 3600:02}:{seconds // 60 % 60:02}"


def count(least: int, most: int) -> str:
    """*31*, *31 to 32*."""
    return str(least) if least == most else say("{least} to {most}", least=least, most=most)


def sum_of(numbers: Sequence[int]) -> str:
    """*20 + 5 = 25*; a single number stands alone."""
    terms = [str(number) for number in numbers]
    if len(terms) > 8:
        terms = [*terms[:7], "…"]
    return " + ".join(terms) + (f" = {sum(numbers)}" if len(numbers) > 1 else "")
