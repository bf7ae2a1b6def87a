"""JSON and JSON Lines to entries: lines, mistakes, and text that other programs read otherwise."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import KINDS, Position, Remark
from nemcon.findings import Finding, Place
from nemcon.text import Loaded, decode, from_dict, read_json, read_json_lines

KIND_NAMES = ", ".join(KINDS)
FORMS = 'write [{"kind": "position", …}, …] or {"body": "…", "entries": […]}'


def lines(loaded: Loaded) -> list[int | None]:
    return [loaded.places[entry.id].line for entry in loaded.entries]


def told(loaded: Loaded) -> str:
    return "\n".join(str(finding) for finding in loaded.findings)


def test_a_list_of_entries():
    loaded = read_json(
        '[ {"kind": "remark", "text": "], {"}\n\n,{"kind": "remark",\n"text": "b"},\n'
        '{"kind": "position", "members": "romania"}\n]',
        "f.json",
    )
    assert loaded.entries == (
        Remark(text="], {"),
        Remark(text="b"),
        Position(members=("romania",)),
    )
    assert lines(loaded) == [1, 3, 5]
    assert loaded.findings == ()


def test_an_object_with_what_holds_for_all():
    loaded = read_json(
        '\ufeff{"matter": "sg-2024",\n "body": "nato",\n "entries"\n:\n [\n'
        '{"kind": "remark"},\n{"kind": "remark", "matter": "other"}]}',
        "f.json",
    )
    assert loaded.entries == (
        Remark(body="nato", matter="sg-2024"),
        Remark(body="nato", matter="other"),
    )
    assert lines(loaded) == [6, 7]
    assert loaded.findings == ()


def test_one_entry_alone():
    loaded = read_json('\n{"kind": "remark",\n"text": "a"}\n', "f.json")
    assert loaded.entries == (Remark(text="a"),)
    assert lines(loaded) == [2]


def test_no_entries():
    assert read_json("[]", "f") == read_json('{"entries": [ ]}', "f") == Loaded((), {}, ())
    assert read_json_lines("\n\n", "f") == Loaded((), {}, ())


MISTAKES = {
    '[\n  {"kind": "remark"},\n  {"kind": }\n]': (
        "f.json:3: error: this is not JSON: Expecting value (column 12); correct that line "
        "[bad-json]"
    ),
    "[]\nx": (
        "f.json:2: error: this is not JSON: Extra data (column 1); correct that line [bad-json]"
    ),
    "": (
        "f.json:1: error: this is not JSON: Expecting value (column 1); correct that line "
        "[bad-json]"
    ),
    "3": f"f.json:1: error: these are no entries; {FORMS} [bad-json]",
    '{"entries": 3}': f"f.json:1: error: there is no list of entries; {FORMS} [bad-json]",
    '{"bodies": 1, "matter": 3,\n "entries": []}': (
        "f.json:1 (bodies): error: there is no key 'bodies' for a whole file; write one of body, "
        "matter, source, and put the fields of an entry into the entry [unknown-key]\n"
        "f.json:1 (matter): error: 'matter' is for all entries of the file; write its id as a "
        "text in quotes [wrong-type]"
    ),
    '[\n{"kind": "remark"},\n\n{"text": "a"}, 3]': (
        "f.json:4 (kind): error: an entry needs its kind; write one of "
        f"{KIND_NAMES} [missing-field]\n"
        "f.json:4: error: an entry is a table with a kind, not the number 3 [wrong-type]"
    ),
    '[{"kind": 3}]': (
        f"f.json:1 (kind): error: there is no kind 3; write one of {KIND_NAMES} [unknown-kind]"
    ),
    '[{"kind": "remark", "text": null}]': (
        "f.json:1 (text): error: 'text' is null; write a text in quotes [wrong-type]"
    ),
    # what programs read in different ways
    '[\n{"kind": "remark"},\n{"kind": "remark", "text": "a",\n "text": "b"}\n]': (
        "f.json:3: error: the name 'text' stands twice in one object; keep one [bad-json]"
    ),
    '{"entries": [],\n"entries": []}': (
        "f.json:1: error: the name 'entries' stands twice in one object; keep one [bad-json]"
    ),
    '[\n{"kind": "decision", "of": NaN}]': (
        "f.json:2: error: NaN is no JSON; write a whole number, or a text in quotes [bad-json]"
    ),
    '[{"kind": "decision", "of": 1e3}]': (
        "f.json:1 (of): error: 'of' is the fraction 1000.0; write a whole number without quotes "
        "[wrong-type]"
    ),
    r'[{"kind": "remark", "text": "ab\ud83d"}]': (
        r"f.json:1 (text): error: 'text' has half a character (\ud83d) at position 2; write the "
        "whole character [lone-surrogate]"
    ),
    r'[{"kind": "membership", "member": "a", "attributes": {"\udc00": 1}}]': (
        r"f.json:1 (attributes): error: 'attributes' has half a character (\udc00) at position 0; "
        "write the whole character [lone-surrogate]"
    ),
    r'[{"kind": "remark", "\udc00": 1}]': (
        r"f.json:1 ('\udc00'): error: a remark has no field '\udc00'; write one of body, matter, "
        "source, spans, speaker, happened, basis, modality, before, after, known, received, cite, "
        "confidence, note, quote, text, about, role, channel [unknown-field]"
    ),
    '[\n{"kind": "remark"},\n{"kind": "decision", "of": ' + "9" * 5000 + "}]": (
        "f.json:3: error: a number has too many digits; write a smaller one [too-large]"
    ),
    '[\n{"kind": "rule", "algebra": ' + "[" * 100_000: (
        "f.json:2: error: the values nest too deep to be read; write them flatter [too-deep]"
    ),
    '[\n{"kind": "remark"},\n{"kind": "remark"}]': (
        "f.json:3: warning: the same entry stands in line 2 already; it counts once, so remove "
        "one of the two [duplicate-entry]"
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_every_mistake_is_told_with_its_line_and_what_to_do(text: str, expected: str):
    assert told(read_json(text, "f.json")) == expected


def test_the_place_of_a_finding_can_be_written_as_utf_8():
    for finding in read_json(r'[{"kind": "remark", "\udc00": 1}]', "f").findings:
        str(finding).encode()


def test_a_broken_line_of_json_lines_costs_only_itself():
    text = (
        '{"kind": "remark"}\r\n\n{"kind"\n{"kind": "remark", "text": "a\u2028"}\n3\n'
        '{"kind": "rule", "algebra": ' + "[" * 100_000 + "\n"
    )
    loaded = read_json_lines(text, "f.jsonl")
    assert loaded.entries == (Remark(), Remark(text="a\u2028"))
    assert lines(loaded) == [1, 4]
    assert [(f.code, f.place and f.place.line) for f in loaded.findings] == [
        ("bad-json", 3),
        ("wrong-type", 5),
        ("too-deep", 6),
    ]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
likely = st.dictionaries(
    st.sampled_from(["kind", "members", "happened", "counts", "spans", "attributes", "claim"]),
    st.one_of(anything, st.sampled_from(list(KINDS))),
)


@given(st.one_of(st.text(), st.lists(likely | anything).map(json.dumps), likely.map(json.dumps)))
def test_no_text_raises(text: str):
    for read in (read_json, read_json_lines):
        loaded = read(text, "f")
        assert set(loaded.places) == {entry.id for entry in loaded.entries}


@given(st.one_of(anything, likely))
def test_no_value_raises(data: object):
    read = from_dict(data)
    assert not isinstance(read, tuple) or all(isinstance(item, Finding) for item in read)


def test_a_value_needs_no_place():
    assert from_dict({"kind": "remark", "text": "a"}) == Remark(text="a")
    assert from_dict({"kind": "remark", "text": 1}) == (
        Finding(
            "wrong-type",
            "error",
            "'text' is the number 1; write a text in quotes",
            place=Place(field="text"),
        ),
    )


def test_the_place_of_an_entry_is_that_of_its_findings():
    (finding,) = from_dict({"kind": "confirmation"}, Place("record", 7))  # type: ignore[misc]
    assert finding.place == Place("record", 7, "confirms")


# --- bytes


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"", ""), ("é\r\n€".encode(), "é\r\n€"), (b"\xef\xbb\xbfa", "\ufeffa"), (b"\x0c", "\x0c")],
)
def test_utf_8_is_read_as_it_stands(data: bytes, text: str):
    assert decode(data, "f.txt") == text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a\n\xffb", "f.txt:2: error: the file is not UTF-8 text: byte 2 is 0xFF; "),
        (b"abc\xe2\x82", "f.txt:1: error: the file is not UTF-8 text: byte 3 is 0xE2; "),
        (b"\xed\xa0\x80", "f.txt:1: error: the file is not UTF-8 text: byte 0 is 0xED; "),
        (b"\x89PNG\r\n\x1a\n\0", "f.txt:1: error: the file is not UTF-8 text: byte 0 is 0x89; "),
        (
            "é\n\0".encode(),
            (
                "f.txt:2: error: the file holds a NUL byte at byte 3; it is no text file, or is "
                "UTF-16; "
            ),
        ),
        ("a".encode("utf-16"), "f.txt:1: error: the file is UTF-16 text; "),
    ],
)
def test_other_bytes_are_told(data: bytes, expected: str):
    assert str(decode(data, "f.txt")) == f"{expected}save it as UTF-8 [not-utf-8]"


@given(st.binary())
def test_no_bytes_raise(data: bytes):
    read = decode(data, "f")
    assert isinstance(read, Finding) or read.encode() == data
