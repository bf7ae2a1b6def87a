"""Entries: frozen, hashable, and named by their content."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest
from hypothesis import given

from nemcon.entries import (
    KINDS,
    AnyEntry,
    Candidacy,
    Count,
    Decision,
    Membership,
    Objection,
    Position,
    Remark,
    Reserve,
    Tally,
    Term,
    canonical,
    event_key,
    to_dict,
)
from nemcon.when import When
from tests.random_entries import any_entry

DAY = When.parse("2024-06-20")


def changed(entry, name):
    """The entry with another value in the field `name`; None where no other is at hand."""
    value = getattr(entry, name)
    if isinstance(value, bool):
        return replace(entry, **{name: not value})
    if isinstance(value, int):
        return replace(entry, **{name: value + 1})
    if isinstance(value, str):
        return replace(entry, **{name: value + "x"})
    if isinstance(value, tuple):
        return replace(entry, **{name: (*value, Count("x", 1) if name == "counts" else "x")})
    if isinstance(value, dict):
        return replace(entry, **{name: {**value, "another": 1}})
    return replace(entry, **{name: When.parse("1066") if value is None else None})


def without_nested(name):
    return name not in {"spans", "completeness"}


@given(any_entry())
def test_equal_content_has_an_equal_id_and_hash(entry: AnyEntry):
    again = copy.deepcopy(entry)
    assert again == entry
    assert again.id == entry.id
    assert hash(again) == hash(entry)


@given(any_entry())
def test_every_field_changes_the_id(entry: AnyEntry):
    for name in filter(without_nested, (item.name for item in fields(entry))):
        other = changed(entry, name)
        assert other.id != entry.id, name


@given(any_entry())
def test_asking_for_the_id_changes_nothing(entry: AnyEntry):
    again = copy.deepcopy(entry)
    assert entry.id == entry.id
    assert entry == again
    assert pickle.loads(pickle.dumps(entry)) == entry


def test_a_changed_copy_does_not_keep_the_id():
    position = Position(members=("romania",), happened=DAY)
    assert position.id != replace(position, note="x").id


def test_the_kind_is_in_the_id_and_in_what_is_hashed():
    reserve, objection = Reserve(member="a").id, Objection(member="a").id
    assert (reserve.split("-")[0], objection.split("-")[0]) == ("reserve", "objection")
    assert reserve.split("-")[1] != objection.split("-")[1]


def test_the_id_is_the_same_for_ever():
    """Ids stand in records and citations: a change of this test breaks them all."""
    entry = Position(
        body="nato", members=("romania",), candidate="mark-rutte", claim="changes", happened=DAY
    )
    assert entry.id == "position-e3b3779f746bc7546b6e903c"


def test_the_order_of_attributes_is_no_content():
    one = Membership(member="a", attributes={"weight": 1, "class": "b"})
    other = Membership(member="a", attributes={"class": "b", "weight": 1})
    assert one.id == other.id


def test_an_entry_cannot_be_changed():
    position = Position(members=("romania",))
    with pytest.raises(FrozenInstanceError):
        position.stance = "objection"  # type: ignore[misc]


def test_the_plain_form_leaves_defaults_out_and_keeps_what_is_needed():
    assert to_dict(Remark()) == {"kind": "remark"}
    assert to_dict(Tally(counts=())) == {"kind": "tally", "counts": []}
    assert to_dict(Tally(counts=(Count("support", 0),))) == {
        "kind": "tally",
        "counts": [{"stance": "support", "number": 0}],
    }


def test_the_canonical_form_is_rfc_8785():
    content = {"b": "\u20ac\n", "a": [True, 1, {}]}
    assert canonical(content) == '{"a":[true,1,{}],"b":"€\\n"}'.encode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_it_is(kind: str):
    cls = KINDS[kind]
    assert cls.kind == kind == cls.__name__.lower()
    assert cls.__doc__
    assert all(item.kw_only for item in fields(cls))


def test_the_keys_of_events():
    keys = [
        event_key(Candidacy(candidate="a", change="withdrawn")),
        event_key(Membership(member="sweden")),
        event_key(Decision()),
        event_key(Term(office="sg", holder="a", start=DAY, end=DAY)),
        event_key(Term(office="sg", holder="a", end=DAY)),
        event_key(Remark()),
    ]
    assert keys == [
        ("candidacy/a/withdrawn",),
        ("membership/sweden/accession",),
        ("decision",),
        ("term/sg/a/start", "term/sg/a/end"),
        ("term/sg/a/end",),
        (),
    ]
