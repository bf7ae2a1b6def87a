"""TOML to entries: what is accepted, what each mistake is told, and in which line."""

import inspect
import tomllib
from collections.abc import Callable
from datetime import date
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nemcon.entries import (
    KINDS,
    Body,
    Completeness,
    Count,
    Matter,
    Membership,
    Objection,
    Position,
    Remark,
    Rule,
    Source,
    Span,
    Tally,
)
from nemcon.findings import Place
from nemcon.text import Loaded, read_toml
from nemcon.text.toml_scan import headers
from nemcon.when import When

Reader = Callable[[], Loaded]


@pytest.fixture
def loaded(request: pytest.FixtureRequest) -> Loaded:
    """The test's docstring is the TOML file it is about."""
    return read_toml(inspect.cleandoc(request.function.__doc__ or ""), "f.toml")


def lines(loaded: Loaded) -> list[int | None]:
    return [loaded.places[entry.id].line for entry in loaded.entries]


# --- what is accepted


def test_entries_come_in_the_order_of_the_file(loaded: Loaded):
    """
    body = "nato"
    matter = "sg-2024"

    [[position]]
    members = "romania"
    happened = "2024-06-20"

    [source]
    name = "wire"
    date = 2024-06-20

    [[position]]
    members = ["hungary", "slovakia"]
    matter = ""
    source = "other"
    """
    common: Any = {"body": "nato", "matter": "sg-2024", "source": "wire"}
    assert loaded == Loaded(
        entries=(
            Position(members=("romania",), happened=When.parse("2024-06-20"), **common),
            Source(name="wire", date=When.parse("2024-06-20"), **common),
            Position(members=("hungary", "slovakia"), body="nato", source="other"),
        ),
        places={
            entry.id: Place("f.toml", line)
            for entry, line in zip(loaded.entries, (4, 8, 12), strict=True)
        },
        findings=(),
    )


def test_a_file_about_one_body_says_so_once(loaded: Loaded):
    """
    [body]
    name = "nato"
    title = "NATO"

    [[membership]]
    member = "sweden"
    """
    assert [entry.body for entry in loaded.entries] == ["nato", "nato"]
    assert lines(loaded) == [1, 5]


def test_a_body_among_others_is_no_default(loaded: Loaded):
    """
    [[body]]
    name = "nato"
    title = "NATO"

    [[membership]]
    member = "sweden"
    """
    assert [entry.body for entry in loaded.entries] == ["", ""]


def test_everything_that_may_stand_in_a_field(loaded: Loaded):
    """
    [[tally]]
    counts = { support = 29, "no objection" = 3 }
    happened = 2024
    known = 2024-06-20T09:00:00Z
    received = 2024-06-20T11:00:00+02:00
    spans = { source = "a", start = 0, end = 2, quote = "ab" }

    [[tally]]
    counts = [{ stance = "support", number = 15, group = "permanent" }]

    [[tally]]
    counts = { stance = "support", number = 15 }

    [[matter]]
    name = "sg-2024"
    completeness = [{ what = "position", end = 2024-06-20 }, { what = "objection" }]

    [[membership]]
    member = "a"
    attributes = { weight = 3, "share of all" = "1/3", founder = true }

    [[rule]]
    [rule.algebra]
    outcome = [{ when = { none = "objection" }, is = "adopted" }]

    [[objection]]
    member = "a"
    admitted = false
    """
    assert loaded.findings == ()
    first, second, third, matter, membership, rule, objection = loaded.entries
    assert first == Tally(
        counts=(Count("support", 29), Count("no objection", 3)),
        happened=When.parse("2024"),
        known=When.parse("2024-06-20T09:00:00Z"),
        received=When.parse("2024-06-20T11:00:00+02:00"),
        spans=(Span("a", 0, 2, "ab"),),
    )
    assert second == Tally(counts=(Count("support", 15, "permanent"),))
    assert third == Tally(counts=(Count("support", 15),))
    assert matter == Matter(
        name="sg-2024",
        completeness=(
            Completeness("position", end=When.day(date(2024, 6, 20))),
            Completeness("objection"),
        ),
    )
    assert membership == Membership(
        member="a", attributes={"weight": 3, "share of all": "1/3", "founder": True}
    )
    assert rule == Rule(algebra={"outcome": [{"when": {"none": "objection"}, "is": "adopted"}]})
    assert objection == Objection(member="a", admitted=False)
    assert lines(loaded) == [1, 8, 11, 14, 18, 22, 26]


def test_a_byte_order_mark_and_the_line_ends_of_windows_change_nothing():
    text = '[body]\nname = "nato"\ntitle = """\na\nb"""\n\n[[remark]]\ntext = "x"\n'
    assert read_toml("\ufeff" + text.replace("\n", "\r\n"), "f") == read_toml(text, "f")


def test_an_empty_file_holds_nothing():
    assert read_toml("", "f") == Loaded((), {}, ())
    assert read_toml("# nothing yet\n", "f") == Loaded((), {}, ())


# --- what is wrong


def told(loaded: Loaded) -> str:
    return "\n".join(str(finding) for finding in loaded.findings)


KIND_NAMES = ", ".join(KINDS)
DATE_FORMS = (
    "2024, 2024-06, 2024-06-20, 2024-06-20T09:00Z, 2024-06-10/2024-06-16, ../2024-06-20, 2014/.."
)
COUNT = "{stance = …, number = …, group = …}"

MISTAKES = {
    # the text is no TOML
    '[[position]]\nmembers = ["romania"\nhappened = "2024"\n': (
        "f.toml:3: error: this is not TOML: Unclosed array (column 1); correct that line "
        "(texts stand in quotes, a table starts with [[kind]]) [bad-toml]"
    ),
    "[[position]]\nstance = support\n": (
        "f.toml:2: error: this is not TOML: Invalid value (column 10); correct that line "
        "(texts stand in quotes, a table starts with [[kind]]) [bad-toml]"
    ),
    "[[rule]]\nalgebra = { share = 3/4 }\n": (
        "f.toml:2: error: this is not TOML: Unclosed inline table (column 22); write a fraction as "
        'a text, in quotes: "3/4" [bad-toml]'
    ),
    "[[position]]\nhappened = 2024-02-30\n": (
        "f.toml:2: error: this is not TOML: Invalid date or datetime (column 12); correct that "
        "line (texts stand in quotes, a table starts with [[kind]]) [bad-toml]"
    ),
    'body = "nato"\n\n[[body]]\nname = "nato"\n': (
        "f.toml:3: error: this is not TOML: Cannot overwrite a value (column 7); a file that says "
        "body = … at its top can hold no [[body]]: move one of them to another file, or write "
        "[body] once and leave out body = … [bad-toml]"
    ),
    f"a = 1\nb = {'9' * 5000}\n": (
        "f.toml:2: error: a number has too many digits; write a smaller one [too-large]"
    ),
    f"a = 1\nb = {'[' * 5000}\n": (
        "f.toml:2: error: the values nest too deep to be read; write them flatter [too-deep]"
    ),
    f"a = 1\n{'.'.join('b' * 100)} = 1\n": (
        "f.toml:2: error: a key has more parts than can be read; write at most 64, joined by dots "
        "[too-deep]"
    ),
    # kinds and keys
    '[[positon]]\nmembers = "romania"\n\n[[positon]]\n': (
        "f.toml:1 (kind): error: there is no kind 'positon'; did you mean 'position'? "
        "[unknown-kind]"
    ),
    "\n[[zzzz]]\n": (
        f"f.toml:2 (kind): error: there is no kind 'zzzz'; write one of {KIND_NAMES} [unknown-kind]"
    ),
    'matters = "x"\nsource = 3\nposition = "x"\n\norgan = [1]\n': (
        "f.toml:1 (matters): error: there is no key 'matters' for a whole file; write one of "
        "body, matter, source, and put the fields of an entry into the entry [unknown-key]\n"
        "f.toml:2 (source): error: 'source' is for all entries of the file; write its id as a "
        "text in quotes [wrong-type]\n"
        "f.toml:3 (position): error: 'position' is a kind of entry; write its fields below a "
        "line [[position]] [wrong-type]\n"
        "f.toml:5 (organ): error: 'organ' is a kind of entry; write its fields below a line "
        "[[organ]] [wrong-type]"
    ),
    '[[position]]\nkind = "reserve"\n': (
        "f.toml:1 (kind): error: 'kind' differs from the header [[position]]; leave it out "
        "[wrong-type]"
    ),
    # fields
    '[[remark]]\n\n[[position]]\nmembers = "romania"\nstanc = "support"\n': (
        "f.toml:3 (stanc): error: a position has no field 'stanc'; did you mean 'stance'? "
        "[unknown-field]"
    ),
    '[[confirmation]]\nconfirms = "x"\n"q\\nq" = 1\n': (
        "f.toml:1 ('q\\nq'): error: a confirmation has no field 'q\\nq'; write one of body, "
        "matter, source, spans, speaker, happened, basis, modality, before, after, known, "
        "received, cite, confidence, note, confirms, by [unknown-field]"
    ),
    '[[source]]\ntitle = "A report"\n': (
        "f.toml:1 (date): error: a source needs the field 'date'; add it [missing-field]\n"
        "f.toml:1 (name): error: a source needs the field 'name'; add it [missing-field]"
    ),
    # texts, numbers, choices
    '[[position]]\nmembers = 3\nexcepted = ["a", 4]\nstance = true\ncandidate = 2024-06-20\n'
    "draft = []\nnote = { a = 1 }\ncite = 1.5\n": (
        "f.toml:1 (members): error: 'members' is the number 3; write a text in quotes or a list: "
        '["a", "b"] [wrong-type]\n'
        "f.toml:1 (excepted): error: 'excepted' holds an item that is the number 4; write a text "
        "in quotes [wrong-type]\n"
        "f.toml:1 (stance): error: 'stance' is the value true; write a text in quotes "
        "[wrong-type]\n"
        "f.toml:1 (candidate): error: 'candidate' is the date 2024-06-20; write a text in quotes "
        "[wrong-type]\n"
        "f.toml:1 (draft): error: 'draft' is a list; write a text in quotes [wrong-type]\n"
        "f.toml:1 (note): error: 'note' is a table; write a text in quotes [wrong-type]\n"
        "f.toml:1 (cite): error: 'cite' is the fraction 1.5; write a text in quotes [wrong-type]"
    ),
    '[[position]]\nclaim = "hold"\nbasis = 3\n': (
        "f.toml:1 (claim): error: 'claim' is the text 'hold'; write one of \"holds\", \"changes\" "
        "[bad-choice]\n"
        'f.toml:1 (basis): error: \'basis\' is the number 3; write one of "stated", "relative", '
        '"inferred-year", "report-date" [wrong-type]'
    ),
    '[[tally]]\ncounts = []\nof = "32"\nround = 9007199254740992\n': (
        "f.toml:1 (of): error: 'of' is the text '32'; write a whole number without quotes "
        "[wrong-type]\n"
        "f.toml:1 (round): error: 'round' is a number beyond 9007199254740991, which other "
        "programs would round; write a smaller one [too-large]"
    ),
    "[[decision]]\nof = 0xffffffffffffffffffffffff\n": (
        "f.toml:1 (of): error: 'of' is a number beyond 9007199254740991, which other programs "
        "would round; write a smaller one [too-large]"
    ),
    '[[position]]\nincluding = "yes"\nnegated = 1\n': (
        "f.toml:1 (including): error: 'including' is the text 'yes'; write true or false without "
        "quotes [wrong-type]\n"
        "f.toml:1 (negated): error: 'negated' is the number 1; write true or false without quotes "
        "[wrong-type]"
    ),
    # dates
    '[[position]]\nhappened = "June"\nreceived = 2024-06-20T09:00:00\ncondition_met = 20.5\n': (
        "f.toml:1 (happened): error: 'happened' is no usable date: 'June' is no date; write one "
        f"of {DATE_FORMS} [bad-date]\n"
        "f.toml:1 (received): error: 'received' is a time without its offset; write "
        "2024-06-20T09:00:00Z or 2024-06-20T09:00:00+02:00 [bad-date]\n"
        "f.toml:1 (condition_met): error: 'condition_met' is the fraction 20.5; write a date: "
        f"{DATE_FORMS} [wrong-type]"
    ),
    '[[position]]\nhappened = 123456\nknown = 09:00:00\nconfirmed = "2025/2024"\n': (
        f"f.toml:1 (happened): error: 'happened' is the number 123456; write a date: {DATE_FORMS} "
        "[wrong-type]\n"
        f"f.toml:1 (known): error: 'known' is a time; write a date: {DATE_FORMS} [wrong-type]\n"
        "f.toml:1 (confirmed): error: 'confirmed' is no usable date: '2025/2024' ends before it "
        "starts; write the earlier date first [bad-date]"
    ),
    # tables in entries
    '[[tally]]\ncounts = { support = "29" }\n[[tally]]\ncounts = { stance = "support", nr = 3 }\n'
    '[[tally]]\ncounts = [{ stance = "support" }]\n[[tally]]\ncounts = [3]\n'
    "[[tally]]\ncounts = 29\n": (
        "f.toml:1 (counts): error: 'counts' has a part 'support' that is the text '29'; write a "
        "whole number without quotes [wrong-type]\n"
        f"f.toml:3 (counts): error: 'counts' has no part 'nr'; write {COUNT} [unknown-field]\n"
        f"f.toml:5 (counts): error: 'counts' lacks the part 'number'; write {COUNT} "
        "[missing-field]\n"
        f"f.toml:7 (counts): error: 'counts' holds the number 3; write tables: {COUNT} "
        "[wrong-type]\n"
        "f.toml:9 (counts): error: 'counts' is the number 29; write a list of tables: "
        f"{COUNT} [wrong-type]"
    ),
    '[[membership]]\nmember = "a"\nattributes = { weight = 0.5 }\n'
    '[[membership]]\nmember = "a"\nattributes = { weight = [1] }\n'
    '[[membership]]\nmember = "a"\nattributes = 3\n'
    "[[rule]]\nalgebra = []\n": (
        "f.toml:1 (attributes): error: 'attributes' holds the fraction 0.5; write a text in "
        'quotes (a fraction as "2/3"), a whole number, true or false [wrong-type]\n'
        "f.toml:4 (attributes): error: 'attributes' has a list as 'weight'; write a text, whole "
        "number, true or false [wrong-type]\n"
        "f.toml:7 (attributes): error: 'attributes' is the number 3; write a table: "
        "{weight = 3} [wrong-type]\n"
        "f.toml:10 (algebra): error: 'algebra' is a list; write a table [wrong-type]"
    ),
    f"[[rule]]\nalgebra.{'.'.join('a' * 40)} = 1\n": (
        "f.toml:1 (algebra): error: 'algebra' nests more than 32 deep; write it flatter [too-deep]"
    ),
    # entries
    '[[remark]]\ntext = "a"\n\n[[remark]]\n# the same\ntext = "a"\n': (
        "f.toml:4: warning: the same entry stands in line 1 already; it counts once, so remove "
        "one of the two [duplicate-entry]"
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_every_mistake_is_told_with_its_line_and_what_to_do(text: str, expected: str):
    assert told(read_toml(text, "f.toml")) == expected


def test_a_text_that_never_ends_is_told_at_the_end():
    (finding,) = read_toml('[[remark]]\ntext = """never closed\n', "f").findings
    assert finding.code == "bad-toml"
    assert finding.place is not None
    assert finding.place.line is not None


def test_a_bad_entry_costs_only_itself(loaded: Loaded):
    """
    [[remark]]
    text = "first"

    [[remark]]
    text = 2

    [[remark]]
    text = "third"

    [[remrk]]

    [[remark]]
    text = "first"
    """
    assert [(type(entry), lines(loaded)[n]) for n, entry in enumerate(loaded.entries)] == [
        (Remark, 1),
        (Remark, 7),
    ]
    codes = [(finding.code, finding.severity) for finding in loaded.findings]
    assert codes == [
        ("wrong-type", "error"),
        ("unknown-kind", "error"),
        ("duplicate-entry", "warning"),
    ]
    assert loaded.findings[-1].entries == (loaded.entries[0].id,)


@given(
    st.one_of(
        st.text(),
        st.text("[]{}\"'#=.\n\\ abposition0123456789-:_", max_size=80),
        st.lists(st.sampled_from(list(MISTAKES)), max_size=4).map("".join),
    )
)
def test_no_text_raises(text: str):
    loaded = read_toml(text, "f")
    assert set(loaded.places) == {entry.id for entry in loaded.entries}


# --- in which line: the scan against tomllib

INSIDE = (
    '"[[position]]"',
    "'[position]'",
    '"""\n[[position]]\n""\\"\n[body]"""',
    '""""[[position]]"""""',
    "'''\n[[position]]\n''[position]\n'''",
    "''''[position]'''''",
    '[\n[1, 2],\n["position"],\n# [[position]]\n]',
    "[\"\"\"\n[position]\"\"\", '''\n[[body]]''']",
    '{ a = "[", b = [1, "]"] }',
    '"a # [[position]]" # [[position]]',
    "1 # \"\"\" '''",
    '"\\"\\\\" # "',
)
HEADERS = (
    "[[{}]]",
    "[[ {} ]]",
    "  [[\t{}]] # [[x]]",
    '[["{}"]]',
    "[['{}']]",
    '[[ "{}" ]] # "',
)
SUBTABLES = ("[{}.part]", '[ {} . "a]b" ]', "[[{}.parts]]", "['{}'.\"x.y\"]")


@st.composite
def documents(draw: st.DrawFn) -> str:
    """TOML whose every ``[[kind]]`` has a field `line` with the line of its header."""
    out = ["x0 = 1", f"x1 = {draw(st.sampled_from(INSIDE))}"]
    for number in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["position", "body", "remark"]))
        out.append(draw(st.sampled_from(["", "# [[position]]", '# """', " "])))
        header = draw(st.sampled_from(HEADERS)).format(kind)
        line = sum(text.count("\n") + 1 for text in out) + 1
        out += [header, f"line = {line}"]
        for name in draw(st.lists(st.sampled_from("abc"), unique=True)):
            out.append(f"{name} = {draw(st.sampled_from(INSIDE))}")
        if draw(st.booleans()):
            out.append(draw(st.sampled_from(SUBTABLES)).format(kind))
            out.append(f"y = {draw(st.sampled_from(INSIDE))}")
        out.append(f"z{number} = 1")
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join(out).split("\n"))


@given(documents())
def test_the_scan_and_tomllib_agree_on_every_table(text: str):
    expected = {
        kind: [table["line"] for table in tables]
        for kind, tables in tomllib.loads(text).items()
        if isinstance(tables, list) and kind in KINDS
    }
    found: dict[str, list[int]] = {}
    for header in headers(text):
        if header.whole:
            found.setdefault(header.name, []).append(header.line)
    assert found == expected


def test_the_names_of_headers_are_read_as_tomllib_reads_them(loaded: Loaded):
    r"""
    [[ "\u0070osition" ]]
    stance = "a"
    ["body"]
    name = "b"
    title = "b"
    [ 'matter' ]
    name = "c"
    [['position']]
    stance = "d"
    """
    assert lines(loaded) == [1, 3, 6, 8]


def test_tables_without_a_header_have_the_line_of_their_key(loaded: Loaded):
    """
    x = '''
    remark = 3
    '''
    remark = [{ text = "a" },
      { text = "b" }]
    body.name = "n"
    body.title = "t"

    [rule.algebra]
    a = 1
    """
    assert [
        (entry.kind, line) for entry, line in zip(loaded.entries, lines(loaded), strict=True)
    ] == [
        ("remark", 4),
        ("remark", 4),
        ("body", 6),
        ("rule", 9),
    ]
    assert isinstance(loaded.entries[2], Body)
    assert told(loaded).startswith("f.toml:1 (x): error: there is no key 'x'")


def strange_keys(many: int) -> str:
    return "".join(f"a{n} = 1\n" for n in range(many))


def positions(many: int) -> str:
    return 'body = "nato"\n' + "".join(
        f'[[position]]\nmembers = ["m{n % 32}"]\nhappened = "2024-06-{n % 28 + 1:02}"\n'
        f'candidate = "mark-rutte"\nsource = "report-{n}"\nnote = "entry {n}, said at noon"\n\n'
        for n in range(many)
    )


def spent(text: str) -> float:
    """The least processor time of a few readings, in which others on the machine do not show."""

    def once() -> float:
        start = process_time()
        read_toml(text, "f")
        return process_time() - start

    return min(once() for _ in range(3))


@pytest.mark.parametrize(("written", "few"), [(strange_keys, 500), (positions, 250)])
def test_eight_times_as_much_takes_about_eight_times_as_long(
    written: Callable[[int], str], few: int
) -> None:
    assert spent(written(8 * few)) < 24 * spent(written(few))  # 64 times, were it to grow squared


def test_all_of_much_is_read() -> None:
    assert len(read_toml(strange_keys(3000), "f").findings) == 3000
    assert len(read_toml(positions(2000), "f").entries) == 2000
