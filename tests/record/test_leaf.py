import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from nemcon.record.leaf import Leaf, LeafError, decode, encode, format_instant
from tests.record.contract import visibilities
from tests.record.doubles import START

GOLDEN = (
    b'{"commitment":"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",'
    b'"format":"nemcon-leaf/1",'
    b'"random":"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",'
    b'"recorded":"2024-06-20T12:00:00.000000Z",'
    b'"visibility":"members"}'
)
LEAF = Leaf(bytes(range(32)), bytes(range(240, 256)), START, "members")

leaves = st.builds(
    Leaf,
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=16, max_size=16),
    st.datetimes(timezones=st.just(UTC)),
    visibilities,
)


def test_the_bytes_of_a_leaf() -> None:
    assert encode(LEAF) == GOLDEN
    assert decode(GOLDEN) == LEAF


@given(leaves)
def test_every_leaf_is_canonical_json_and_comes_back(leaf: Leaf) -> None:
    data = encode(leaf)
    assert data == rfc8785.dumps(json.loads(data))
    assert decode(data) == leaf
    assert data.isascii()


@given(leaves, st.data())
def test_other_bytes_are_no_leaf_or_another_one(leaf: Leaf, data: st.DataObject) -> None:
    """One value has one spelling: a tree over the bytes is a tree over the values."""
    changed = bytearray(encode(leaf))
    at = data.draw(st.integers(0, len(changed) - 1))
    changed[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    try:
        found = decode(bytes(changed))
    except LeafError:
        return
    assert encode(found) == changed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/1", b"/2"),
        (b'"members"}', b'"members"}\n'),
        (b'"members"}', b'"members","more":1}'),
        (b'":"', b'": "'),
        (b"0a0b", b"0A0B"),
        (b"12:00:00.000000Z", b"12:00:00.000000+00:00"),
        (b"12:00:00.000000Z", b"12:00:00Z"),
        (b"2024-06-20T12", b"2024-06-20T24"),
        (b"2024-06-20", b"2024-06-31"),
        (b"12:00:00", b"12:00:60"),
        (b"2024", "２０２４".encode()),
    ],
)
def test_near_misses_are_no_leaf(old: bytes, new: bytes) -> None:
    assert old in GOLDEN
    with pytest.raises(LeafError):
        decode(GOLDEN.replace(old, new))


@pytest.mark.parametrize(
    "leaf",
    [
        Leaf(bytes(31), bytes(16), START, "members"),
        Leaf(bytes(32), bytes(17), START, "members"),
        Leaf(bytes(32), bytes(16), START.replace(tzinfo=None), "members"),
        Leaf(bytes(32), bytes(16), START, "Members"),
    ],
)
def test_values_out_of_form_do_not_become_a_leaf(leaf: Leaf) -> None:
    with pytest.raises(LeafError):
        encode(leaf)


def test_an_instant_is_written_in_utc_with_six_decimals() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert format_instant(datetime(987, 1, 1, 8, 0, 0, 5, tokyo)) == "0986-12-31T23:00:00.000005Z"
