"""The words of rosters: above their columns, for what a member is, and in rows that are no member.

English, German and French, as in the other sheets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nemcon.tables.columns import ATTRIBUTE, SOURCE_DATE, plain

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": (
        *("member", "members", "member state", "member states", "name", "country", "state"),
        *("mitglied", "mitglieder", "mitgliedstaat", "mitgliedsstaat", "mitgliedstaaten"),
        *("membre", "membres", "état membre", "états membres", "pays", "land", "staat"),
    ),
    "name": ("short name", "short", "code", "slug", "kürzel", "kurzname", "sigle"),
    "sort": ("sort", "type", "typ", "art"),
    "aliases": ("aliases", "also called", "other names"),
    "joined": (
        *("joined", "accession", "since", "from", "member since"),
        *("beitritt", "beitrittsdatum", "mitglied seit", "seit", "adhésion", "depuis"),
    ),
    "left": (
        *("left", "withdrawal", "until", "to"),
        *("austritt", "austrittsdatum", "bis", "retrait", "sortie", "jusqu'à"),
    ),
    SOURCE_DATE: ("source date", "as of", "reported", "published"),
    f"{ATTRIBUTE}weight": (
        *("weight", "votes", "shares", "gewicht", "stimmen", "anteile", "poids", "voix"),
    ),
    f"{ATTRIBUTE}population": ("population", "einwohner", "bevölkerung"),
    f"{ATTRIBUTE}class": ("class", "group", "chamber"),
}
"""The columns of a roster, and the headers by which each is known."""

SORTS: Mapping[str, str] = {
    **dict.fromkeys(("state", "country", "nation", "staat", "land", "etat", "pays"), "state"),
    **dict.fromkeys(("person", "individual", "mensch", "personne"), "person"),
    **dict.fromkeys(("organisation", "organization", "company", "firma", "verein"), "organisation"),
}
"""What a member may be called, made plain, and its sort."""

_KNOWN = {plain(word): name for name, words in FIELDS.items() for word in words}
_TOTAL = re.compile(
    r"(?:[Σ∑]|(?:(?:grand|sub)[ -]?)?totals?|sum|summe|gesamt(?:summe|zahl)?|insgesamt|zusammen|"
    r"zwischensumme|somme|totale|suma|sous-total|итого|всего)"
    r"(?:\s+(?:members?|mitglieder|membres?))?\s*(?:[:=(\d].*)?",
    re.IGNORECASE | re.DOTALL,
)
_FOOTNOTE = re.compile(
    r"(?:sources?|notes?|footnotes?|quellen?|anmerkung(?:en)?|hinweise?|stand|remarques?|as of)"
    r"\s*[:.]\s.*|(?:\*|†|‡|¹|²|³|\(\d\)|\[\d\])\s*\w.*",
    re.IGNORECASE | re.DOTALL,
)


def field_of(header: object) -> str | None:
    """The column of a roster that a header stands for; None if none."""
    if not isinstance(header, str):
        return None
    word = header.strip()
    if word.casefold().startswith(ATTRIBUTE.strip()):
        return ATTRIBUTE + word[len(ATTRIBUTE.strip()) :].strip()
    return _KNOWN.get(plain(word))


def no_member(title: str) -> str:
    """What a name looks like that is likely no member's; "" if it is like one."""
    if _TOTAL.fullmatch(title.strip()):
        return "a total"
    return "a footnote" if _FOOTNOTE.fullmatch(title.strip()) else ""
