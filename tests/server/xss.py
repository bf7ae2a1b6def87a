"""Texts that would do something if a page took them for more than text; a record full of one."""

from __future__ import annotations

from nemcon.entries import (
    AnyEntry,
    Body,
    Matter,
    Membership,
    Organ,
    Party,
    Position,
    Remark,
    Rule,
    Source,
    Span,
)
from nemcon.when import When

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</title><script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=\'owned\'">',
    "' onmouseover='document.title=1' x='",
    "</textarea></option></select></details><svg onload=document.title=1>",
    "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    "<a href='javascript:document.title=1'>click</a>",
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>",
    "{{ page.desk.names }}{% load static %}{% debug %}",
    "{% endblock %}{% include 'nemcon/base.html' %}${7*7}#{7*7}<%= 7*7 %>",
    "<div hx-get='/' hx-trigger='load' hx-on:click='document.title=1'>x</div>",
    "<!--<p><![CDATA[ ]]>--!><style>*{display:none}</style>",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e; \u2028 \u202eevil\u202c",
    "<math><mi//xlink:href='data:x,<script>document.title=1</script>'>",
    "%3Cscript%3Edocument.title=1%3C/script%3E \\u003cscript\\u003e",
)

_RULE = {
    "outcome": [
        {"when": {"none": "objection"}, "is": "<b>adopted</b>", "favourable": True},
        {"is": "<i>not</i>"},
    ]
}


def hostile_entries(text: str = "<b>x</b>", address: str = "") -> list[AnyEntry]:
    """A small record in which every text that somebody may write is `text`."""
    day = When.parse("2024-03-02")
    span = Span("paper", 0, len(text), text)
    return [
        Body(name="b", title=text, member_title=text),
        Organ(name="o", title=text),
        Party(name="m", title=text, sort="person"),
        Party(name="n", title="Plain", sort="person"),
        Membership(member="m", happened=When.parse("2020-01-01")),
        Membership(member="n", happened=When.parse("2020-01-01")),
        Rule(name="r", title=text, clause=text, cite=text, algebra=_RULE),
        Matter(name="x", title=text, organ="o", rule="r"),
        Source(
            name="paper", title=text, publisher=text, place=text, address=address, text=text,
            date=When.parse("2024-03-02"),
        ),
        Position(
            matter="x", members=("m",), claim="changes", happened=day, source="paper",
            spans=(span,), speaker=text, condition=text, cite=text,
        ),
        Remark(matter="x", quote=text, speaker=text, role=text, source="paper", spans=(span,)),
    ]  # fmt: skip
