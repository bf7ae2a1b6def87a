"""What is wrong with a rule of one's own, in a language that nobody speaks."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from nemcon.check.lookup import spelled_out
from nemcon.entries import Body, Matter, Membership, Position, Rule
from nemcon.saying import Message
from nemcon.text import write_toml
from tests.server.browser import serving
from tests.server.english import content_words
from tests.server.greek import day, greek
from tests.server.walking import NOT_OURS, all_left, fetched, left

NUMBERS = "positions = { number = { low = '0', high = '1' } }\n"
ADOPTED = 'outcome = [{ is = "νόμος" }]\n'
BROKEN = (
    # The rule as a whole, and its parts
    "title = 'νόμος'",
    "id = 3",
    "outcome = []",
    "outcome = 3",
    "outcome = [3]",
    "outcome = [{ when = true }]",
    "outcome = [{ is = '' }]",
    "outcome = [{ is = 'νόμος', favourable = 'ίσως' }]",
    "outcome = [{ is = 'νόμος', effects = [3] }]",
    "outcome = [{ is = 'νόμος', effects = 3 }]",
    "outcome = [{ is = 'νόμος', then = 3 }]",
    "outcome = [{ is = 'νόμος', binding_on = 3 }]",
    "outcom = [{ is = 'νόμος' }]",
    "'ψψψψψψψψ' = 3\n" + ADOPTED,
    "positions = ['ναι']\nstances = ['ναι']\n" + ADOPTED,
    "kind = 'νόμος'\n" + ADOPTED,
    "title = 3\n" + ADOPTED,
    "shows = [{ label = 'νόμος' }]\n" + ADOPTED,
    "shows = [{ label = 3, when = true }]\n" + ADOPTED,
    "shows = 3\n" + ADOPTED,
    "define = 3\n" + ADOPTED,
    "clause = 3\n" + ADOPTED,
    "clause = [{ text = 3 }]\n" + ADOPTED,
    "clause = [{ confidence = 'ίσως' }]\n" + ADOPTED,
    "in_force = [3]\n" + ADOPTED,
    "in_force = [{ from = 'χθες' }]\n" + ADOPTED,
    "in_force = [{ from = '2024-13' }]\n" + ADOPTED,
    "in_force = [{ from = '2024-02-31' }]\n" + ADOPTED,
    "roll = { size = 0 }\n" + ADOPTED,
    "roll = { size = 3, classes = { 'ψ' = { true = 5 } } }\n" + ADOPTED,
    "roll = { classes = { 'ψ' = { true = 5 } } }\n" + ADOPTED,
    "roll = { size = 3, classes = { 'ψ' = 3 } }\n" + ADOPTED,
    "roll = { size = 3, classes = 3 }\n" + ADOPTED,
    "roll = { pack = 3 }\n" + ADOPTED,
    "roll = { organ = 3 }\n" + ADOPTED,
    "roll = { organs = 'νόμος' }\n" + ADOPTED,
    "roll = 3\n" + ADOPTED,
    "aggregates = { 'ψ' = { 'ω' = [] } }\n" + ADOPTED,
    "aggregates = { 'ψ' = 3 }\n" + ADOPTED,
    "case = [{ title = 'νόμος' }]\n" + ADOPTED,
    "case = [{ title = 'νόμος', expected = 'νόμος' }]\n" + ADOPTED,
    "case = 3\n" + ADOPTED,
    "case = [3]\n" + ADOPTED,
    "aka = 3\n" + ADOPTED,
    "adopted_by = ['ψήφος']\n" + ADOPTED,
    "note = 3\n" + ADOPTED,
    "rounds = 3",
    "chain = 3",
    "chain = [3]",
    "attest = [{ 'ψ' = 3 }]\n" + ADOPTED,
    "clock = { minimun = 'PT1H' }\n" + ADOPTED,
    "objections = { 'ψ' = 3 }\n" + ADOPTED,
    "model = 3\n" + ADOPTED,
    # Positions, attributes, parameters
    "positions = 3\n" + ADOPTED,
    "positions = [3]\n" + ADOPTED,
    "positions = { 'ναι' = ['ψ'], 'όχι' = ['ψ'] }\n" + ADOPTED,
    "positions = { 'ναι' = 3 }\n" + ADOPTED,
    "positions = { number = { low = '1' } }\n" + ADOPTED,
    "positions = { number = { low = '1', high = '0' } }\n" + ADOPTED,
    "positions = { number = { low = 0.5, high = '1' } }\n" + ADOPTED,
    "positions = { number = { low = 'ψ', high = '1' } }\n" + ADOPTED,
    "attributes = 3\n" + ADOPTED,
    "attributes = [3]\n" + ADOPTED,
    "attributes = { 'ψ' = ['ω'], 'χ' = ['ω'] }\n" + ADOPTED,
    "attributes = { 'ψ' = 3 }\n" + ADOPTED,
    "attributes = { 'ψ' = { default = [] } }\n" + ADOPTED,
    "params = 3\n" + ADOPTED,
    "params = { 'ψ' = 3 }\n" + ADOPTED,
    "params = { 'ψ' = { values = 3 } }\n" + ADOPTED,
    "params = { 'ψ' = { values = [0.5] } }\n" + ADOPTED,
    "params = { 'ψ' = { values = [[]] } }\n" + ADOPTED,
    "params = { 'ψ' = { about = 3 } }\n" + ADOPTED,
    "params = { 'ψ' = { default = 1, values = [2] } }\n" + ADOPTED,
    # Steps
    "normalise = 3\n" + ADOPTED,
    "normalise = [3]\n" + ADOPTED,
    "normalise = [{ note = 'ψ' }]\n" + ADOPTED,
    "normalise = [{ to = 'ψ', default = 'ψ' }]\n" + ADOPTED,
    "normalise = [{ where = 'all' }]\n" + ADOPTED,
    "normalise = [{ map = 3 }]\n" + ADOPTED,
    "normalise = [{ default = 3 }]\n" + ADOPTED,
    "normalise = [{ bloc = 3 }]\n" + ADOPTED,
    "normalise = [{ bloc = 'ψ', ignore = 3 }]\n" + ADOPTED,
    f"{NUMBERS}normalise = [{{ bloc = 'ψ' }}]\n" + ADOPTED,
)
"""What cannot be read, each in another way; its own words are Greek."""

SETS = (
    "3", "0.5", "{}", "{ pos = 3 }", "{ pos = [3] }", "{ 'ψ' = 3 }", "{ attrs = 3 }",
    "{ attr = 3 }", "{ attr = ['ψ'] }", "{ attr = ['ψ', 0.5] }", "{ attr = ['ψ', []] }",
    "{ attr = ['ψ', '~', 3] }",
    "{ attr = ['ψ', '==', 3] }", "{ attr = ['ψ', '>', 0.5] }", "{ attr = ['ψ', '>', 'ω'] }",
    "{ value = ['>', 1] }", "{ and = 3 }", "{ minus = ['all'] }", "{ minus = 3 }", "{ use = 'ψ' }",
    "{ use = 3 }",
)  # fmt: skip
MEASURES = (
    "[]", "true", "0.5", "'ψ'", "{ n = 'all', w = 3 }", "{ 'ψ' = 3 }", "{ w = 3 }",
    "{ w = [3, 3] }",
    "{ w = ['value', 'all'] }", "{ mul = [1] }", "{ mul = 3 }", "{ add = 3 }", "{ min = [] }",
    "{ param = 3 }", "{ groups = 3 }", "{ groups = { by = 'ψ' } }", "{ fewest = 3 }",
    "{ fewest = ['ψ'] }", "{ fewest = ['ψ', 'all', '<', 1] }", "{ v = 3 }", "{ v = [3, 3] }",
)  # fmt: skip
PREDICATES = (
    "3", "'ψ'", "{}", "{ 'ψ' = 3 }", "{ cmp = 3 }", "{ cmp = [1] }", "{ cmp = [1, '~', 1] }",
    "{ all = 3 }", "{ any = 3 }", "{ if = true, thn = true }", "{ attested = 3 }", "{ param = 3 }",
    "{ param = ['ψ'] }", "{ use = 'ψ' }", "{ nott = true }", "{ param = ['ψ', 0.5] }",
)  # fmt: skip


OF_RULES = """
    algebra left operator where permanent false object objection yes absent option minimum selection
    id title body organ kind aka model comparison note each_candidate in_force clause positions
    stances attributes params roll aggregates define normalise outcome rounds choose clock chain
    objections attest adopted_by shows case ballots rows rankings approvals scores totals steps
    winner declared reports expected cmp none some all any not if param attested use adopted
    sub max square floor finding appeal who needs open closed
    vote consensus acclamation silence recorded secret
"""
"""The words of the language of rules, which no language translates."""


def broken() -> list[str]:
    """Every rule that cannot be read, as TOML."""
    whens = [
        *(f"{{ none = {each} }}" for each in SETS),
        *(f"{{ cmp = [{each}, '=', 1] }}" for each in MEASURES),
        *PREDICATES,
    ]
    ladders = [f"outcome = [{{ is = 'νόμος', when = {each} }}]" for each in whens]
    return [
        *BROKEN,
        *ladders,
        "attributes = ['ψψψψ']\noutcome = [{ is = 'ν', when = { none = { attr = ['ψψψω', 1] } } }]",
        "attributes = []\n" + "outcome = [{ is = 'ν', when = { none = { attr = ['ω', 1] } } }]",
        "positions = ['ναι']\n" + "outcome = [{ is = 'ν', when = { none = 'όχι' } }]",
        "positions = ['ναιναι']\n" + "outcome = [{ is = 'ν', when = { none = 'ναινα' } }]",
        f"{NUMBERS}outcome = [{{ is = 'ν', when = {{ none = '1' }} }}]",
        f"{NUMBERS}outcome = [{{ is = 'ν', when = {{ none = 'όχι' }} }}]",
        "params = { 'ψ' = { values = [1] } }\noutcome = [{ is = 'ν', when = { param = ['ψ', 2]} }]",
        "params = { 'ψψψψ' = {} }\noutcome = [{ is = 'ν', when = { param = 'ω' } }]",
        "params = { 'ψψψψ' = {} }\noutcome = [{ is = 'ν', when = { param = 'ψψψω' } }]",
        "define = { 'ψ' = { use = 'ψ' } }\noutcome = [{ is = 'ν', when = { use = 'ψ' } }]",
        "define = { 'ψψψψ' = true }\noutcome = [{ is = 'ν', when = { use = 'ψψψω' } }]",
        f"outcome = [{{ is = 'ν', when = {'{ not = ' * 110}true{' }' * 110} }}]",
    ]


def rules() -> list[Rule]:
    """Each of them as an entry."""
    return [
        Rule(body="enosi", name=f"kanon-{n}", algebra=tomllib.loads(text))
        for n, text in enumerate(broken())
    ]


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule.name))
def test_what_is_wrong_is_a_message(rule: Rule) -> None:
    told = spelled_out(rule)
    assert isinstance(told, Message), told
    assert told.startswith(f"rule '{rule.name}'")


@pytest.mark.usefixtures("spoken")
def test_on_the_page(tmp_path: Path) -> None:
    """All of them stand in one record, and a matter is decided by each."""
    entries: list[Any] = [entry for entry in greek() if isinstance(entry, Body)]
    entries += [*rules(), Matter(body="enosi", name="allo", title="Άλλο", rule="kanon-0")]
    path = tmp_path / "enosi.toml"
    path.write_text(write_toml(entries), "utf-8")
    content = content_words(entries, [NOT_OURS, OF_RULES])
    with serving(path) as address:
        _, page = fetched(urljoin(address, "eo/"))
        found = left(urljoin(address, "eo/"), content)
    assert found == []
    assert page.count("kanon-") > 10


NOT_APPLIED = {
    "varos": "outcome = [{ is = 'νόμος', favourable = true, when = "
    "{ cmp = [{ w = ['βάρος', 'support'] }, '>', 1] } }]",
    "param": "params = { 'ψ' = { about = 'ω' } }\noutcome = [{ is = 'νόμος', favourable = true, "
    "when = { cmp = [{ n = 'support' }, '>', { param = 'ψ' }] } }]",
    "isos": "params = { 'ψ' = {} }\n"
    "outcome = [{ is = 'νόμος', favourable = true, when = { param = 'ψ' } }]",
    "vrike": "outcome = [{ is = 'νόμος', favourable = true, when = { attested = 'ψ' } }]",
    "omada": "outcome = [{ is = 'νόμος', favourable = true, when = { cmp = "
    "[{ groups = { by = 'ψ', where = true } }, '>', 1] } }]",
    "ligoi": "outcome = [{ is = 'νόμος', favourable = true, when = { cmp = "
    "[{ fewest = ['ψ', 'support', '>', 1] }, '>', 1] } }]",
    "zevgi": "outcome = [{ is = 'νόμος', when = { cmp = [{ v = ['α', 'β'] }, '>', 1] } }]",
    "gyros": "[[rounds.phase]]\nthreshold = { plurality = true }",
    "epilexe": "[choose]\nmethod = 'plurality'",
    "alysida": "[[chain]]\nstep = 'ψ'\nrule = 'ω'\non = { 'ναι' = 'end: ω' }",
}
"""What can be read, and not be applied to the record: *βάρος* is no number there."""


@pytest.mark.usefixtures("spoken")
def test_a_rule_that_cannot_be_applied(tmp_path: Path) -> None:
    odd = {"βάρος": "πολύ"}
    entries: list[Any] = [
        replace(each, attributes=odd) if isinstance(each, Membership) else each for each in greek()
    ]
    for name, text in NOT_APPLIED.items():
        entries.append(Rule(body="enosi", name=f"k-{name}", algebra=tomllib.loads(text)))
        entries.append(Matter(body="enosi", name=name, title="Άλλο", rule=f"k-{name}"))
        entries.append(
            Position(body="enosi", matter=name, members=("alpha",), happened=day("2024-03-01"))
        )
    path = tmp_path / "enosi.toml"
    path.write_text(write_toml(entries), "utf-8")
    content = content_words(entries, [NOT_OURS, OF_RULES])
    pages = [f"?matter={name}&on=2024-03-05&compare=yes" for name in NOT_APPLIED]
    with serving(path) as address:
        assert all_left(address, pages, content) == []
