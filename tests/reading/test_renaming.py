"""The reader knows no name: other names, numbers and dates give the same proposals, renamed.

Every name, country, number and date of the two reports is replaced by another, the same way in
the pack. The new days fall on other weekdays and in another month.
"""

import re
from pathlib import Path
from typing import Any

import pytest

from nemcon.entries import Entry, to_dict
from nemcon.library import pack_text
from nemcon.reading import Document, open_document, read
from nemcon.text import read_toml

SEEDS = ("000_90c7ddf044b3b90c.txt", "003_371900b5f93141b3.txt")

# Longer names first: a name may hold another.
NAMES = {
    "Klaus Iohannis": "Ann Alphas",
    "Mark Rutte": "Bob Bravo",
    "Jens Stoltenberg": "Cy Charlie",
    "Volodymyr Zelenskiy": "Dee Delta",
    "Vladimir Putin": "Eli Echo",
    "Donald Trump": "Fay Foxtrot",
    "North Macedonia": "Lower Minland",
    "United Kingdom": "Joined Realm",
    "United States": "Upper Sands",
    "North Atlantic": "South Pacific",
    "Supreme Defense": "High Safety",
    "White House": "Red Tower",
    "Iohannis": "Alphas",
    "Rutte": "Bravo",
    "Stoltenberg": "Charlie",
    "Trump": "Foxtrot",
    "Mark": "Bob",
    "NATO": "SEDO",
    "Nato": "Sedo",
    "Romania": "Rubland",
    "Romanian": "Rubish",
    "Romanians": "Rubishes",
    "Netherlands": "Nethland",
    "Dutch": "Nethish",
    "Dutchman": "Nethishman",
    "Dutchmen": "Nethishmen",
    "Dutchwoman": "Nethishwoman",
    "Norway": "Nordmark",
    "Norwegian": "Nordish",
    "Norwegians": "Nordishes",
    "Britain": "Bryland",
    "France": "Frisland",
    "Germany": "Gartland",
    "Montenegro": "Monteland",
    "Finland": "Fensland",
    "Sweden": "Swartland",
    "Ukraine": "Ubland",
    "Ukrainian": "Ubish",
    "Kiev": "Kabo",
    "Russia": "Rasland",
    "Russian": "Rasish",
    "Moscow": "Masco",
    "Crimea": "Corland",
    "Patriot": "Guardian",
    "Brussels": "Harbour",
    "BRUSSELS": "HARBOUR",
    "Reuters": "Wirenews",
    "European": "Asian",
    "U.S.": "U.P.",
    "US": "UP",
}
# What the reports write; the second report's day is another one.
WRITTEN = {
    "date 2024-06-20": "date 2033-03-14",
    "date 2024-06-26": "date 2033-03-22",
    "this Thursday (20)": "this Monday (14)",
    "June 26": "March 22",
    "on Wednesday": "on Tuesday",
    "October 1": "November 5",
    "in 2014": "in 2022",
    "32": "17",
    "one of its two": "three of its five",
    "14 years": "11 years",
}
DATES = {
    "2024-06-10/2024-06-16": "2033-03-07/2033-03-13",
    "2024-06-17/2024-06-23": "2033-03-14/2033-03-20",
    "2024-06-20": "2033-03-14",
    "2024-06-26": "2033-03-22",
    "2024-10-01": "2033-11-05",
    "2014": "2022",
    "2024": "2033",
}
NUMBERS = {32: 17, 1: 3, 2: 5}
COUNTED = {"of", "number", "quantity", "stock"}


def replace(text: str, table: dict[str, str]) -> str:
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{words})(?![\w-])", lambda found: table[found[0]], text)


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


IDS = {slug(old): slug(new) for old, new in NAMES.items() if old.isascii()} | {
    "north-atlantic-council": "south-pacific-council",
    "supreme-defense-council": "high-safety-council",
    "nato-secretary-general": "sedo-secretary-general",
    "nato-consensus": "sedo-consensus",
}


def renamed(value: Any, key: str = "") -> Any:
    """The value of an entry's field after the renaming."""
    if isinstance(value, dict):
        return {name: renamed(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, key) for item in value]
    if isinstance(value, str):
        for old, new in DATES.items():
            if re.search(rf"(?<!\d){old}(?!\d)", value) and not value.count(" ") > 3:
                value = re.sub(rf"(?<!\d){old}(?![\d-])", new, value)
        ids = {old: new for old, new in IDS.items() if "-" in old} if " " in value else IDS
        return replace(replace(replace(value, WRITTEN), NAMES), ids)
    return NUMBERS.get(value, value) if key in COUNTED and not isinstance(value, bool) else value


def other_pack() -> tuple[Entry, ...]:
    text = replace(replace(pack_text("nato"), NAMES), IDS)
    text = text.replace('"2014-', '"2022-').replace('"2024-', '"2033-')
    return read_toml(text, "sedo.toml").entries


def proposals(texts: list[str], pack: tuple[Entry, ...]) -> list[tuple[str, Any, list[str]]]:
    documents = []
    for text in texts:
        document = open_document(text, "report.txt")
        assert isinstance(document, Document)
        documents.append(document)
    out = []
    for proposal in read(documents, [pack]).proposals:
        entry = to_dict(proposal.entry)
        entry.pop("source")
        quotes = [span["quote"] for span in entry.pop("spans")]
        out.append((proposal.rule, entry, quotes))
    return out


@pytest.mark.parametrize("names", [SEEDS[:1], SEEDS[1:], SEEDS], ids=["A", "B", "A and B"])
def test_renamed_reports_give_the_renamed_proposals(
    names: tuple[str, ...], shared: Path, nato: tuple[Entry, ...]
) -> None:
    texts = [(shared / "seeds" / name).read_bytes().decode("utf-8") for name in names]
    others = [replace(replace(text, WRITTEN), NAMES) for text in texts]
    assert all(other != text for other, text in zip(others, texts, strict=True))
    wanted = [
        (rule, renamed(entry), [replace(replace(quote, WRITTEN), NAMES) for quote in quotes])
        for rule, entry, quotes in proposals(texts, nato)
    ]
    assert proposals(others, other_pack()) == wanted
