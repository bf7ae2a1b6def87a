"""The order of names for people: accents and capitals do not part *Åland* from *Albania*."""

from __future__ import annotations

from unicodedata import combining, normalize

# Letters that are no letter with a mark by Unicode, and stand with one in most alphabets.
_ALIKE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe",
                        "ı": "i", "ħ": "h", "ŧ": "t"})  # fmt: skip


def by_name(name: str) -> tuple[str, str]:
    """What names are sorted by: their letters without accents, then as they are written."""
    bare = normalize("NFKD", name.casefold()).translate(_ALIKE)
    return "".join(letter for letter in bare if not combining(letter)), name
