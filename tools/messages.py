"""Writes the messages that translators translate, and makes ready what they wrote.

`./run python -m tools.messages` writes `src/nemcon/server/locale/nemcon.pot`, every message of the
pages and of the sentences on them, and makes a `django.mo` beside each `django.po` there. A test
fails while one of these files is not what it would write.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "nemcon"
LOCALE = PACKAGE / "server" / "locale"
TEMPLATE = LOCALE / "nemcon.pot"

CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "say"), 1),
    **dict.fromkeys(("ngettext", "numbered", "say_many"), 2),
}
"""What marks a message, and how many of its arguments are words; `marked` marks all of them, and
`marked_each` what stands in the values of a table.
"""

_LITERAL = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_IN_TEMPLATE = re.compile(rf"\b(n?gettext|_)\(\s*{_LITERAL}(?:\s*,\s*{_LITERAL})?", re.DOTALL)

_HEAD = """# Messages of Nemcon's pages. Copy this to CODE/LC_MESSAGES/django.po and fill it in.
msgid ""
msgstr ""
"Project-Id-Version: nemcon\\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"
"""


@dataclass
class Message:
    """A message with its plural, if it tells of a number, and the files that say it."""

    text: str
    plural: str = ""
    places: set[str] = field(default_factory=set)

    @property
    def sort(self) -> str:
        """How its parts are written: in the way of templates, in braces, or not at all."""
        if re.search(r"%\(\w+\)[sd]", self.text):
            return "python-format"
        return "python-brace-format" if re.search(r"\{\w+[:!}]", self.text) else ""


def messages() -> list[Message]:
    """Every message, by its words."""
    found: dict[str, Message] = {}
    for text, plural, place in (*_of_templates(), *_of_code(), *_of_columns(), *_of_stances()):
        message = found.setdefault(text, Message(text))
        message.plural = message.plural or plural
        message.places.add(place)
    return [found[text] for text in sorted(found)]


def _of_templates() -> Iterator[tuple[str, str, str]]:
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    for path in sorted((PACKAGE / "server" / "templates").rglob("*.html")):
        for found in _IN_TEMPLATE.finditer(templatize(path.read_text("utf-8"), path.name)):
            plural = ast.literal_eval(found[3]) if found[1] == "ngettext" and found[3] else ""
            yield ast.literal_eval(found[2]), plural, _place(path)


def _of_code() -> Iterator[tuple[str, str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                for text, plural in _said(node.func.id, node.args):
                    yield text, plural, _place(path)


def _of_columns() -> Iterator[tuple[str, str, str]]:
    """The fields of the form that mends a proposal, with what may stand in them."""
    from nemcon.entries import KINDS
    from nemcon.tables.columns import columns_of
    from nemcon.tables.edited import FIXED, HINTS

    place = "src/nemcon/tables/columns.py"
    for kind in KINDS:
        for name, column in columns_of(kind).items():
            if name not in FIXED:
                yield from ((text, "", place) for text in (column.header, *column.choices) if text)
    yield from ((text, "", place) for text in HINTS.values())


def _of_stances() -> Iterator[tuple[str, str, str]]:
    """The sentences that are put together from verbs."""
    from nemcon.views.sentences import stance_sentences

    yield from ((text, "", "src/nemcon/views/sentences.py") for text in stance_sentences())


def _said(name: str, arguments: Iterable[ast.expr]) -> Iterator[tuple[str, str]]:
    texts = [
        each.value
        for each in arguments
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    ]
    if name == "marked":
        yield from ((text, "") for text in texts)
    elif name == "marked_each":
        yield from ((text, "") for table in arguments for text in _values(table))
    elif name == "plural" and texts:
        one, many = texts[0], texts[1] if texts[1:] else f"{texts[0]}s"
        yield f"{{n:,}} {one}", f"{{n:,}} {many}"
    elif name in CALLS and len(texts) >= CALLS[name]:
        yield texts[0], texts[1] if CALLS[name] == 2 else ""


def _values(table: ast.expr) -> Iterator[str]:
    """The texts in the values of a table that is written out."""
    for value in table.values if isinstance(table, ast.Dict) else ():
        for each in value.elts if isinstance(value, ast.Tuple) else [value]:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield each.value


def _place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def template() -> str:
    """The file of all messages that translators copy."""
    return "\n".join([_HEAD, *(_entry(each) for each in messages())])


def _entry(message: Message) -> str:
    lines = [f"#: {place}" for place in sorted(message.places)]
    lines += [f"#, {message.sort}"] if message.sort else []
    lines.append(f"msgid {_quoted(message.text)}")
    if message.plural:
        lines += [f"msgid_plural {_quoted(message.plural)}", 'msgstr[0] ""', 'msgstr[1] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def read_catalogue(text: str) -> dict[str, str]:
    """The messages of a `.po` file that are translated and not marked as fuzzy.

    Forms for numbers are joined with NUL, and so is a message with its plural: as `.mo` holds them.
    """
    out: dict[str, str] = {}
    for block in re.split(r"\n\s*\n", text):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if re.search(r"^#,.*\bfuzzy\b", block, re.MULTILINE):
            continue
        parts: dict[str, str] = {}
        name = ""
        for line in lines:
            word, space, rest = line.strip().partition(" ")
            if space and word.startswith("msg"):
                name, line = word, rest
            if name and line.strip():
                parts[name] = parts.get(name, "") + ast.literal_eval(line.strip())
        forms = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
        if "msgid" in parts and forms and all(forms):
            key = "\0".join(
                [parts["msgid"], *([plural] if (plural := parts.get("msgid_plural")) else [])]
            )
            out[key] = "\0".join(forms)
    return out


_PART = re.compile(r"%\((\w+)\)[sd]|\{(\w+)[^{}]*\}")


def fitting(catalogue: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The messages whose translation names no part that they do not have; and those that do."""
    wrong = [key for key, value in catalogue.items() if key and not _parts(value) <= _parts(key)]
    return {key: value for key, value in catalogue.items() if key not in wrong}, wrong


def _parts(text: str) -> set[str]:
    return {one or other for one, other in _PART.findall(text)}


def _made(path: Path) -> bytes:
    """A catalogue made ready; what does not fit is told, and stays English."""
    catalogue, wrong = fitting(read_catalogue(path.read_text("utf-8")))
    for key in wrong:
        text = key.partition("\0")[0]
        print(f"{path}: left in English, as it names a part that it has not: {text!r}")
    return compiled(catalogue)


def compiled(catalogue: Mapping[str, str]) -> bytes:
    """A catalogue as the `.mo` file that gettext reads."""
    pairs = sorted((key.encode(), value.encode()) for key, value in catalogue.items())
    start = 28 + 16 * len(pairs)
    ids = b"".join(key + b"\0" for key, _ in pairs)
    texts = b"".join(value + b"\0" for _, value in pairs)
    tables = [bytearray(), bytearray()]
    places = [start, start + len(ids)]
    for pair in pairs:
        for table, part in enumerate(pair):
            tables[table] += struct.pack("<II", len(part), places[table])
            places[table] += len(part) + 1
    head = struct.pack(
        "<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start + len(ids) + len(texts)
    )
    return head + bytes(tables[0]) + bytes(tables[1]) + ids + texts


def files() -> dict[Path, bytes]:
    """Every file that this program writes, with what is to be in it."""
    out = {TEMPLATE: template().encode()}
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        out[path.with_suffix(".mo")] = _made(path)
    return out


def main() -> None:
    """Write the files; with folders as arguments, only make the catalogues in those ready."""
    if sys.argv[1:]:
        for folder in sys.argv[1:]:
            for path in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                path.with_suffix(".mo").write_bytes(_made(path))
        return
    LOCALE.mkdir(exist_ok=True)
    for path, content in files().items():
        path.write_bytes(content)


if __name__ == "__main__":
    main()
