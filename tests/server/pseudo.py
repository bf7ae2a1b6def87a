"""A language that nobody speaks: every message with accents and brackets, to see what has none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tools.messages import Message, compiled, messages

OPEN, CLOSE = "⟦", "⟧"
PLURALS = {
    "eo": (2, "n != 1"),
    "ar": (6, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"),
}
_ACCENTS = str.maketrans("aeiouycnsAEIOUYCNS", "áéíóúýçñšÁÉÍÓÚÝÇÑŠ")
_KEPT = re.compile(r"(%\(\w+\)[sd]|\{\w+(?:![rsa])?(?::[^}]*)?\}|%%)")


def said(text: str, form: int = 0) -> str:
    """A message in this language; `form` numbers the one for a number."""
    parts = [
        part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text)
    ]
    return f"{OPEN}{'·' * form}{''.join(parts)}{CLOSE}"


def catalogue(code: str) -> dict[str, str]:
    """Every message there is, translated."""
    number, rule = PLURALS[code]
    head = (
        "Content-Type: text/plain; charset=UTF-8\n"
        f"Plural-Forms: nplurals={number}; plural=({rule});\n"
    )
    return {"": head, **dict(_pair(message, number) for message in messages())}


def _pair(message: Message, number: int) -> tuple[str, str]:
    if not message.plural:
        return message.text, said(message.text)
    forms = [said(message.plural if form else message.text, form) for form in range(number)]
    return f"{message.text}\0{message.plural}", "\0".join(forms)


def write(folder: Path) -> Path:
    """A folder with the catalogues of both."""
    for code in PLURALS:
        place = folder / code / "LC_MESSAGES"
        place.mkdir(parents=True)
        (place / "django.mo").write_bytes(compiled(catalogue(code)))
    return folder


def unmarked(text: str, ids: Iterable[str] = ()) -> str:
    """What of a text on the page is in no brackets, and looks like English; `ids` are let be."""
    before = ""
    while before != text:
        before, text = text, re.sub(rf"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}", "", text)
    left = re.sub(r"\b(Nemcon|UTC)\b|https?://\S+", "", text)
    for each in ids:
        left = left.replace(each, "")
    return text.strip() if re.search(r"[A-Za-zÀ-ž]{2,}", left) else ""
