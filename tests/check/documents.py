"""Documents that checks look at: the docstring of a test, after what all of them share."""

import inspect
import shlex
import tomllib

from nemcon.check import check
from nemcon.findings import Finding
from nemcon.rules.procedure import Procedure, read_procedure
from nemcon.state import State, at
from nemcon.text import Loaded, read_toml
from nemcon.when import When

# A club of three that elects a chair; `dee` is no member, `eva` and `fay` stand for office.
BASE = """
[[body]]
name = "club"
title = "The Club"
zone = "Europe/Brussels"

[[organ]]
name = "board"
title = "Board"

[[office]]
name = "chair"
title = "Chair"
short = "ch"
organ = "board"
rule = "unanimity"

[[rule]]
name = "unanimity"
procedure = "unanimity"

[[party]]
name = "ana"
title = "Ana"
aliases = ["Anna"]

[[party]]
name = "bo"
title = "Bo"

[[party]]
name = "cy"
title = "Cy"

[[party]]
name = "dee"
title = "Dee"

[[party]]
name = "eva"
title = "Eva"

[[party]]
name = "fay"
title = "Fay"

[[membership]]
member = "ana"
happened = "2020-01-01"

[[membership]]
member = "bo"
happened = "2020-01-01"

[[membership]]
member = "cy"
happened = "2022-06-01"

[[source]]
name = "wire"
date = "2024-03-01"

[[source]]
name = "post"
date = "2024-03-05"
"""

UNANIMITY = """
id = "unanimity"
stances = ["support", "no-objection", "objection", "abstention", "none"]

[[normalise]]
map = { against = "objection" }

[[outcome]]
when = { cmp = [{ n = "support" }, "=", { n = "all" }] }
is = "agreed"
favourable = true

[[outcome]]
is = "not yet"
"""


def procedures(name: str) -> Procedure | None:
    """The library of these tests: one rule."""
    return read_procedure(tomllib.loads(UNANIMITY)) if name == "unanimity" else None


class Document:
    """A docstring: the TOML file `f.toml`, with `#: on=DATE known=DATE bare` above it if need be.

    `bare` leaves out what all documents share.
    """

    def __init__(self, docstring: str) -> None:
        text = inspect.cleandoc(docstring)
        words = shlex.split(text.split("\n", 1)[0][2:]) if text.startswith("#:") else []
        options = dict(word.partition("=")[::2] for word in words)
        self.on = When.parse(options.get("on", "2025-01-01"))
        self.known = When.parse(options["known"]) if "known" in options else None
        self.loaded: Loaded = read_toml(text, "f.toml")
        assert self.loaded.findings == (), self.loaded.findings
        base = () if "bare" in options else read_toml(BASE, "base.toml").entries
        self.entries = (*base, *self.loaded.entries)

    @property
    def state(self) -> State:
        return at(self.entries, self.on, self.known)

    def check(self, **options) -> tuple[Finding, ...]:
        held = {entry.id for entry in self.entries}
        options = {"places": self.loaded.places, "procedures": procedures, "held": held, **options}
        return check(self.state, **options)
