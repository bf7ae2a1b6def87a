"""The content of one entry: canonical bytes, the commitment to them, and their encryption.

Pure: keys, nonces and random numbers are handed in. `docs/format-record.md` describes the bytes.
Only library code does cryptography: `hmac` of Python and AES-256-GCM of `cryptography`.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from nemcon.record.errors import ContentError
from nemcon.record.leaf import RANDOM_SIZE, Leaf, LeafError, encode
from nemcon.record.log import Content

KEY_SIZE = 32  # bytes, of the commitment key and of the encryption key alike
SECRET_SIZE = 2 * KEY_SIZE  # commitment key, then encryption key
NONCE_SIZE = 12
LENGTH_SIZE = 4  # big-endian length of the content, before the content
SMALLEST_PADDED = 1024
LARGEST_CONTENT = 16 * 1024 * 1024 - LENGTH_SIZE  # so that no padded size is above 16 MiB


class UnsealError(ValueError):
    """The content cannot be shown; the message says what does not fit."""


class CommitmentError(UnsealError):
    """The content was decrypted, but it is not what the leaf commits to."""


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """One entry ready to be stored: leaf and encrypted content for the log, secret for the keys."""

    leaf: bytes
    sealed: bytes
    secret: bytes


def canonical(content: Content) -> bytes:
    """A content as RFC 8785 bytes. Raises `ContentError` if it is no JSON object of that kind."""
    if not isinstance(content, dict):
        raise ContentError(f"a content is a JSON object (dict), not {type(content).__name__}")
    try:
        data = rfc8785.dumps(content)
        json.loads(data, parse_int=_safe, parse_float=_safe)
    except (ValueError, RecursionError) as error:
        raise ContentError(
            f"the content is no canonical JSON (RFC 8785): {error}. Use text, lists, dicts with "
            "text keys, true, false, null and numbers within ±(2**53 - 1); a larger one as text"
        ) from error
    if len(data) > LARGEST_CONTENT:
        raise ContentError(
            f"the content has {len(data)} bytes; one entry holds at most {LARGEST_CONTENT}: "
            "keep the file outside the record and put its sha256 into the entry"
        )
    return data


def commitment(key: bytes, data: bytes) -> bytes:
    """HMAC-SHA-256 (RFC 2104) of canonical content bytes under a key of exactly 32 bytes.

    The length is checked because HMAC pads short keys with zeros and hashes long ones: keys of
    other lengths would let two keys stand for one.
    """
    if len(key) != KEY_SIZE:
        raise ValueError(f"a commitment key has exactly {KEY_SIZE} bytes, not {len(key)}")
    return hmac.digest(key, data, "sha256")


def padded_size(size: int) -> int:
    """To how many bytes a content of `size` bytes is padded: the next power of two from 1024.

    The four bytes of the length are inside.
    """
    return max(SMALLEST_PADDED, 1 << (size + LENGTH_SIZE - 1).bit_length())


def seal(
    content: Content, visibility: str, recorded: datetime, random: Callable[[int], bytes]
) -> SealedEntry:
    """Make leaf, encrypted content and secret of one entry.

    `random(n)` gives n fresh bytes fit for keys; it is asked for 16 (leaf), 64 (secret) and
    12 (nonce), in this order. Raises `ContentError` for content that is no canonical JSON, a
    visibility class that is no slug, or a time without a zone.
    """
    data = canonical(content)
    public, secret, nonce = random(RANDOM_SIZE), random(SECRET_SIZE), random(NONCE_SIZE)
    commitment_key, encryption_key = _halves(secret)
    try:
        leaf = encode(Leaf(commitment(commitment_key, data), public, recorded, visibility))
    except LeafError as error:
        raise ContentError(str(error)) from error
    padded = (len(data).to_bytes(LENGTH_SIZE) + data).ljust(padded_size(len(data)), b"\0")
    # The leaf is the associated data: a ciphertext opens beside its own leaf only.
    return SealedEntry(leaf, nonce + AESGCM(encryption_key).encrypt(nonce, padded, leaf), secret)


def unseal(leaf: bytes, commitment_value: bytes, sealed: bytes, secret: bytes) -> Content:
    """Decrypt a content and check it against the commitment of its leaf.

    Raises `UnsealError` if leaf, encrypted content and secret do not belong together unchanged,
    `CommitmentError` if they do but the leaf commits to another content.
    """
    if not sealed:
        raise UnsealError("its encrypted content is missing")
    commitment_key, encryption_key = _halves(secret)
    try:
        padded = AESGCM(encryption_key).decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], leaf)
    except (InvalidTag, ValueError):  # ValueError: too short to hold nonce and tag
        raise UnsealError("leaf, encrypted content and key do not belong together") from None
    end = LENGTH_SIZE + int.from_bytes(padded[:LENGTH_SIZE])
    data = padded[LENGTH_SIZE:end]
    if not hmac.compare_digest(commitment(commitment_key, data), commitment_value):
        raise CommitmentError("the decrypted content is not the one that the leaf commits to")
    return _parse(data)


def _halves(secret: bytes) -> tuple[bytes, bytes]:
    if len(secret) != SECRET_SIZE:
        raise UnsealError(f"the key has {len(secret)} bytes instead of {SECRET_SIZE}")
    return secret[:KEY_SIZE], secret[KEY_SIZE:]


def _safe(number: str) -> None:
    # RFC 8785 writes the double 2.0**60 in digits that read back as another integer.
    if abs(float(number)) >= 2**53:
        raise ValueError(f"the number {number} is too large to come back as it was")


_decoder = json.JSONDecoder()


def _parse(data: bytes) -> Content:
    try:
        text = data.decode()
        content, end = _decoder.raw_decode(text)
        if end < len(text):
            raise ValueError("something follows its value")
    except (ValueError, RecursionError) as error:
        raise CommitmentError(f"the content is no JSON: {error}") from error
    if not isinstance(content, dict):
        raise CommitmentError("the content is no JSON object")
    return content
