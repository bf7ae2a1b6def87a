import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from hypothesis import given
from hypothesis import strategies as st

from nemcon.record.content import (
    LARGEST_CONTENT,
    CommitmentError,
    UnsealError,
    canonical,
    commitment,
    padded_size,
    seal,
    unseal,
)
from nemcon.record.leaf import decode
from tests.record.contract import contents, flipped
from tests.record.doubles import (
    GOLDEN_CONTENT,
    GOLDEN_LEAF,
    GOLDEN_SEALED_SHA256,
    START,
    Golden,
    Random,
    content,
)


def test_the_bytes_of_an_entry() -> None:
    """The example of `docs/format-record.md`, from fixed random numbers to the stored bytes."""
    random = Golden()
    random(16)  # the log's id
    entry = seal(GOLDEN_CONTENT, "public", START, random)
    assert entry.leaf == GOLDEN_LEAF
    assert entry.secret == bytes(range(16, 80))
    assert entry.sealed[:12] == bytes(range(80, 92))
    assert hashlib.sha256(entry.sealed).hexdigest() == GOLDEN_SEALED_SHA256


def test_another_implementation_reads_an_entry() -> None:
    """Step by step as `docs/format-record.md` tells it, with no code of the package."""
    entry = seal(content(1), "members", START, Random())
    commitment_key, encryption_key = entry.secret[:32], entry.secret[32:]
    padded = AESGCM(encryption_key).decrypt(entry.sealed[:12], entry.sealed[12:], entry.leaf)
    length = int.from_bytes(padded[:4], "big")
    data = padded[4 : 4 + length]
    assert padded == padded[: 4 + length] + bytes(1024 - 4 - length)
    assert json.loads(data) == content(1)
    mac = HMAC(commitment_key, hashes.SHA256())
    mac.update(data)
    assert mac.finalize().hex() == json.loads(entry.leaf)["commitment"]


def test_the_commitment_key_alone_proves_the_content_and_opens_nothing() -> None:
    entry = seal(content(1), "members", START, Random())
    commitment_key, encryption_key = entry.secret[:32], entry.secret[32:]
    committed = decode(entry.leaf).commitment
    assert commitment(commitment_key, canonical(content(1))) == committed
    assert commitment(commitment_key, canonical(content(2))) != committed
    assert commitment_key != encryption_key
    with pytest.raises(UnsealError):
        unseal(entry.leaf, committed, entry.sealed, commitment_key * 2)


@pytest.mark.parametrize("size", [0, 31, 33, 64])
def test_a_commitment_key_has_exactly_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="exactly 32 bytes"):
        commitment(bytes(size), b"{}")


def test_no_two_entries_share_anything() -> None:
    random = Random()
    one, two = (seal(content(1), "members", START, random) for _ in range(2))
    assert decode(one.leaf).commitment != decode(two.leaf).commitment
    assert decode(one.leaf).random != decode(two.leaf).random
    assert one.sealed[:12] != two.sealed[:12]
    assert not {one.secret[:32], one.secret[32:]} & {two.secret[:32], two.secret[32:]}


@given(contents)
def test_any_json_comes_back(value: dict[str, Any]) -> None:
    entry = seal(value, "members", START, Random())
    leaf = decode(entry.leaf)
    assert unseal(entry.leaf, leaf.commitment, entry.sealed, entry.secret) == value
    assert len(entry.sealed) == 12 + padded_size(len(canonical(value))) + 16


def test_the_largest_content_comes_back() -> None:
    value = {"x": "a" * (LARGEST_CONTENT - len('{"x":""}'))}
    entry = seal(value, "members", START, Random())
    assert len(entry.sealed) == 12 + 16 * 1024 * 1024 + 16
    commitment_value = decode(entry.leaf).commitment
    assert unseal(entry.leaf, commitment_value, entry.sealed, entry.secret) == value


@pytest.mark.parametrize(
    ("size", "padded"),
    [(0, 1024), (2, 1024), (1020, 1024), (1021, 2048), (2044, 2048), (2045, 4096), (5000, 8192)],
)
def test_lengths_are_padded(size: int, padded: int) -> None:
    assert padded_size(size) == padded


@pytest.mark.parametrize("part", ["leaf", "commitment", "sealed", "secret"])
def test_every_changed_byte_is_noticed(part: str) -> None:
    entry = seal(content(1), "members", START, Random())
    parts = {
        "leaf": entry.leaf,
        "commitment": decode(entry.leaf).commitment,
        "sealed": entry.sealed,
        "secret": entry.secret,
    }
    for at in range(len(parts[part])):
        changed = {**parts, part: flipped(parts[part], at)}
        with pytest.raises(UnsealError):
            unseal(changed["leaf"], changed["commitment"], changed["sealed"], changed["secret"])


@pytest.mark.parametrize("plain", [canonical(content(2)), b"", b"[]", b'"text"', b"{", b"\xff"])
def test_a_content_that_the_leaf_does_not_commit_to_is_noticed(plain: bytes) -> None:
    """Whoever holds the keys can encrypt something else, but not commit to it afterwards."""
    entry = seal(content(1), "members", START, Random())
    padded = len(plain).to_bytes(4, "big") + plain + bytes(100)
    sealed = bytes(12) + AESGCM(entry.secret[32:]).encrypt(bytes(12), padded, entry.leaf)
    with pytest.raises(CommitmentError, match="not the one that the leaf commits to"):
        unseal(entry.leaf, decode(entry.leaf).commitment, sealed, entry.secret)


@pytest.mark.parametrize("plain", [b"[]", b'"text"', b"{", b"\xff", b"[" * 100_000])
def test_a_committed_content_that_is_no_object_is_noticed(plain: bytes) -> None:
    entry = seal(content(1), "members", START, Random())
    padded = len(plain).to_bytes(4, "big") + plain
    sealed = bytes(12) + AESGCM(entry.secret[32:]).encrypt(bytes(12), padded, entry.leaf)
    with pytest.raises(CommitmentError, match="no JSON"):
        unseal(entry.leaf, commitment(entry.secret[:32], plain), sealed, entry.secret)


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_no_bytes_open_but_the_right_ones(sealed: bytes, secret: bytes) -> None:
    entry = seal(content(1), "members", START, Random())
    with pytest.raises(UnsealError):
        unseal(entry.leaf, decode(entry.leaf).commitment, sealed, secret)


def test_importing_the_words_loads_neither_sqlite_nor_cryptography() -> None:
    code = (
        "import nemcon.record, sys; print({'apsw', 'cryptography', 'rfc8785'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
