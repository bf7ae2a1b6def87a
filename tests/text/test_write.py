"""Entries to text and back: nothing is lost, and people can read it."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import (
    AnyEntry,
    Count,
    Entry,
    Membership,
    Position,
    Remark,
    Rule,
    Source,
    Span,
    Tally,
    to_dict,
)
from nemcon.text import (
    Loaded,
    from_dict,
    read_json,
    read_json_lines,
    read_toml,
    write_json,
    write_json_lines,
    write_logged,
    write_toml,
)
from nemcon.when import When
from tests.random_entries import any_entry

several = st.lists(any_entry(), max_size=4, unique_by=lambda entry: entry.id)


def assert_same(loaded: Loaded, entries: Sequence[Entry]) -> None:
    assert loaded.findings == ()
    assert loaded.entries == tuple(entries)
    assert set(loaded.places) == {entry.id for entry in entries}


@given(several)
def test_toml_loses_nothing(entries: list[AnyEntry]):
    assert_same(read_toml(write_toml(entries), "f"), entries)


@given(several)
def test_json_loses_nothing(entries: list[AnyEntry]):
    assert_same(read_json(write_json(entries), "f"), entries)
    assert_same(read_json_lines(write_json_lines(entries), "f"), entries)


@given(several, st.data())
def test_json_lines_of_a_record_lose_nothing(entries: list[AnyEntry], data: st.DataObject):
    ids = [entry.id for entry in entries]
    proposed = data.draw(st.frozensets(st.sampled_from(ids)) if ids else st.just(frozenset()))
    by = {ident: data.draw(st.text(min_size=1, max_size=9)) for ident in proposed}
    unreadable = data.draw(st.integers(0, 2))
    loaded = read_json_lines(write_logged(entries, proposed, by, unreadable), "f")
    assert_same(loaded, entries)
    assert (loaded.proposed, loaded.by, loaded.unreadable) == (proposed, by, unreadable)


def test_an_id_that_is_not_that_of_its_entry_is_told():
    text = write_logged([Remark(text="a")]).replace('"text": "a"', '"text": "b"')
    loaded = read_json_lines(text, "f")
    assert (loaded.entries, [each.code for each in loaded.findings]) == ((), ["other-id"])
    odd = '{"entry": {"kind": "remark", "text": "a"}, "colour": "red"}'
    assert [each.code for each in read_json_lines(odd, "f").findings] == ["unknown-key"]


@given(any_entry())
def test_the_plain_form_loses_nothing(entry: AnyEntry):
    assert from_dict(json.loads(json.dumps(to_dict(entry)))) == entry


@given(st.text())
def test_any_text_survives(text: str):
    remark = Remark(text=text, note=f"{text}\n\n{text}", quote=text + '"""')
    for entries in ([remark], [Membership(member=text, attributes={text: text})]):
        assert_same(read_toml(write_toml(entries), "f"), entries)
        assert_same(read_json(write_json(entries), "f"), entries)


def test_toml_is_pleasant_to_read():
    common: Any = {"body": "nato", "source": "wire"}
    entries = [
        Position(
            members=("romania",),
            claim="changes",
            candidate="mark-rutte",
            happened=When.parse("2024-06-20"),
            spans=(Span("wire", 10, 17, 'Romania "backs" Rutte'),),
            including=True,
            **common,
        ),
        Tally(counts=(Count("support", 29), Count("no-objection", 3, "eastern")), of=32, **common),
        Membership(member="sweden", attributes={"weight": 3, "share of all": "1/32"}, **common),
        Remark(text='He said:\n"It is done."\n', speaker="x\ty\x00\u202e", **common),
        Position(members=tuple(f"member-number-{n}" for n in range(8)), **common),
        Rule(algebra={"outcome": [{"is": "adopted", "favourable": True}], "none": {}}, **common),
    ]
    assert (
        write_toml(entries)
        == '''\
body = "nato"
source = "wire"

[[position]]
members = ["romania"]
including = true
claim = "changes"
candidate = "mark-rutte"
spans = [{ source = "wire", start = 10, end = 17, quote = "Romania \\"backs\\" Rutte" }]
happened = "2024-06-20"

[[tally]]
counts = [
  { stance = "support", number = 29 },
  { stance = "no-objection", number = 3, group = "eastern" },
]
of = 32

[[membership]]
member = "sweden"
attributes = { weight = 3, "share of all" = "1/32" }

[[remark]]
text = """
He said:
"It is done."
"""
speaker = "x\\ty\\u0000\\u202e"

[[position]]
members = [
  "member-number-0",
  "member-number-1",
  "member-number-2",
  "member-number-3",
  "member-number-4",
  "member-number-5",
  "member-number-6",
  "member-number-7",
]

[[rule]]
algebra = { outcome = [{ is = "adopted", favourable = true }], none = {} }
'''
    )


def test_a_key_for_all_does_not_meet_a_table_of_its_name():
    entries = [
        Source(name="wire", date=When.parse("2024-06-20"), source="wire", body="nato"),
        Remark(text="a", source="wire", body="nato"),
    ]
    assert write_toml(entries).startswith('body = "nato"\n\n[[source]]\n')
    assert_same(read_toml(write_toml(entries), "f"), entries)


def test_json_has_one_entry_a_line():
    entries = [Remark(text="é"), Position(members=("romania",))]
    assert write_json(entries) == (
        '[\n{"kind": "remark", "text": "é"},\n{"kind": "position", "members": ["romania"]}\n]\n'
    )
    assert write_json_lines(entries) == (
        '{"kind": "remark", "text": "é"}\n{"kind": "position", "members": ["romania"]}\n'
    )


def test_nothing_is_written_for_no_entries():
    assert (write_toml([]), write_json([]), write_json_lines([])) == ("", "[]\n", "")
