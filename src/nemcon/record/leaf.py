"""The leaf: what a log makes public about one entry, and what its tree is built over.

The bytes are fixed for good: `docs/format-record.md` describes them one by one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

FORMAT = "nemcon-leaf/1"
RANDOM_SIZE = 16  # bytes

# RFC 8785 leaves one spelling only for an object with these five members, and none of the values
# needs an escape: matching this is parsing and canonicalising again, at a quarter of the
# cost. The hour stops at 23, since newer Pythons also read "T24:00:00".
_LEAF = re.compile(
    rb'\{"commitment":"([0-9a-f]{64})"'
    rb',"format":"nemcon-leaf/1"'
    rb',"random":"([0-9a-f]{32})"'
    rb',"recorded":"(\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d\.\d{6}Z)"'
    rb',"visibility":"([a-z][a-z0-9-]{0,31})"\}'
)
_VISIBILITY = re.compile(r"[a-z][a-z0-9-]{0,31}")


class LeafError(ValueError):
    """The bytes are no leaf, or the values cannot become one; the message says why."""


class Leaf(NamedTuple):
    """The public part of one entry.

    `commitment` is an HMAC-SHA-256 (32 bytes), `random` 16 fresh bytes, `recorded` an aware
    instant, `visibility` a slug of at most 32 characters.
    """

    commitment: bytes
    random: bytes
    recorded: datetime
    visibility: str


def encode(leaf: Leaf) -> bytes:
    """The bytes of a leaf: RFC 8785 canonical JSON. Raises `LeafError` for values out of form."""
    import rfc8785

    _check(leaf)
    return rfc8785.dumps(
        {
            "commitment": leaf.commitment.hex(),
            "format": FORMAT,
            "random": leaf.random.hex(),
            "recorded": format_instant(leaf.recorded),
            "visibility": leaf.visibility,
        }
    )


def decode(data: bytes) -> Leaf:
    """Read the bytes of a leaf. Raises `LeafError` unless they are exactly what `encode` writes."""
    match = _LEAF.fullmatch(data)
    if match is None:
        raise LeafError(f"the bytes are not those of a leaf of format {FORMAT}")
    commitment, random, recorded, visibility = match.groups()
    try:
        instant = datetime.fromisoformat(recorded.decode())
    except ValueError:
        raise LeafError(f"the recorded time {recorded.decode()} does not exist") from None
    return Leaf(
        bytes.fromhex(commitment.decode()),
        bytes.fromhex(random.decode()),
        instant,
        visibility.decode(),
    )


def format_instant(instant: datetime) -> str:
    """An aware instant as RFC 3339 text in UTC with six decimals: 2024-06-20T12:00:00.000000Z.

    Raises `LeafError` for a time without a zone.
    """
    if instant.utcoffset() is None:
        raise LeafError(f"the time {instant} has no time zone; pass an aware datetime")
    text = instant.astimezone(UTC).isoformat(timespec="microseconds")
    return text.removesuffix("+00:00") + "Z"


def _check(leaf: Leaf) -> None:
    if not _VISIBILITY.fullmatch(leaf.visibility):
        raise LeafError(
            f"the visibility class {leaf.visibility!r} cannot be recorded: use a lower-case letter,"
            " then at most 31 lower-case letters, digits and hyphens, such as 'members'"
        )
    if (len(leaf.commitment), len(leaf.random)) != (32, RANDOM_SIZE):
        raise LeafError(
            f"a commitment has 32 bytes and a random number {RANDOM_SIZE}, "
            f"not {len(leaf.commitment)} and {len(leaf.random)}"
        )
