"""Mistakes seeded in the counting of rounds and choices: each must change an answer below.

A mistake is a text of a module and what to put in its place. The modules are loaded anew with it,
asked everything, and the answers compared with those of the modules as they are.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import nemcon.rules
from tests.rules.counting_questions import questions

RULES = "nemcon.rules."
FAMILY = (
    *("ties", "phases", "tables", "orders", "courses", "one_ballot", "rounds"),
    *("ranked", "condorcet", "scores", "seats", "counts", "choose"),
)
MISTAKES = {
    "strict is not": (
        "tables",
        "return votes > needed if strict",
        "return votes >= needed if strict",
    ),
    "reached is exceeded": ("tables", "else votes >= needed", "else votes > needed"),
    "base from below": ("tables", "_is_share(low, base[1], share", "_is_share(low, base[0], share"),
    "others forgotten": (
        "tables",
        'others = table.told.get("invalid", 0)',
        'others = 0 * table.told.get("invalid", 0)',
    ),
    "points are votes": ("tables", "min(high // top, voters[1])", "min(high, voters[1])"),
    "points need no voters": ("tables", "low - second * voters[1]", "low - top * voters[1]"),
    "seats bound nothing": ("tables", "-(-low // each)", "low"),
    "first of equals": ("orders", "if votes[name][0] == cut)", "if votes[name][0] == cut)[:1]"),
    "tied for less": ("orders", "return least <= most", "return least < most"),
    "above includes equal": (
        "orders",
        "votes[name][1] - 1 for name in above",
        "votes[name][1] for name in above",
    ),
    "highest falls": ("orders", "{name: (-high, -low)", "{name: (low, high)"),
    "out may return": (
        "rounds",
        "if back := sorted(course.out.intersection(names)):",
        "if back := sorted(course.out.intersection(())):",
    ),
    "anyone enters": ("rounds", "if new and course.shut:", "if new and course.shut and False:"),
    "after the end": ("rounds", "if course.ended or course.level:", "if course.level:"),
    "open stays shut": (
        "rounds",
        "race=names or None, out=frozenset(), shut=False",
        "race=names or None",
    ),
    "start is first": ("rounds", "phase=self.rounds.first(len(course.race))", "phase=0"),
    "compatriots vote": ("rounds", "not in theirs", "not in set()"),
    "met while open": (
        "rounds",
        'if one and courses[0].ended == "elected"',
        "if one and courses[0].elected",
    ),
    "some courses agree": (
        "rounds",
        "if all(one in course.events for course in courses)",
        "if any(one in course.events for course in courses)",
    ),
    "declared decides": ("rounds", 'declared["who"] != outcome', 'declared["who"] == outcome'),
    "reports need not agree": ("rounds", "first.outcome if agreed else None", "first.outcome"),
    "phase never ends": (
        "courses",
        "if phase.most is None or phase.least is None or held < phase.least:",
        "if True:",
    ),
    "phase ends early": ("courses", "held < phase.least", "held + 1 < phase.least"),
    "phase ends late": ("courses", "if held >= phase.most else", "if held > phase.most else"),
    "held goes on": ("courses", "phase=phase.following, held=0", "phase=phase.following"),
    "merged keeps all": (
        "courses",
        "tuple(event for event in one.events if event in other.events)",
        "one.events",
    ),
    "nobody is met": (
        "one_ballot",
        "if not sure:\n            yield (), ()",
        "if not able:\n            yield (), ()",
    ),
    "no votes elect": (
        "one_ballot",
        "if votes[1] == 0:\n            return False",
        "if votes[1] < 0:\n            return False",
    ),
    "run-off upside down": (
        "one_ballot",
        "names = self._run_off(names, lowest)",
        "names = self._run_off(names, highest)",
    ),
    "cut without ties": ("one_ballot", "or cut.ties_stay", "or not cut.ties_stay"),
    "together leaves none": (
        "one_ballot",
        'elif policy == "together" and spare:',
        'elif policy == "together":',
    ),
    "lot for anybody": ("ties", "if same_name(each, name):", "if True:"),
    "after is each": (
        "one_ballot",
        "cut = self.phase.after if exhausted else self.phase.eliminate",
        "cut = self.phase.after",
    ),
    "unranked is first": ("ranked", "UNRANKED = 127", "UNRANKED = 0"),
    "equal is before": (
        "ranked",
        "raised = [(number | high) - ones for",
        "raised = [(number | high) for",
    ),
    "one digit only": ("ranked", "row[j] += number << digit", "row[j] += number"),
    "one weakest": (
        "ranked",
        "if strength((x, y)) == weakest:",
        "if (x, y) == next(each for each in defeats if strength(each) == weakest):",
    ),
    "strongest dropped": ("ranked", "weakest = min(map", "weakest = max(map"),
    "least opposed": (
        "ranked",
        "return matrix[x][y], -matrix[y][x]",
        "return matrix[x][y], matrix[y][x]",
    ),
    "direct defeats": ("ranked", "reach[option] |= reach[through]", "reach[option] |= 0"),
    "draws defeat": (
        "ranked",
        "if x != y and matrix[x][y] > matrix[y][x]",
        "if x != y and matrix[x][y] >= matrix[y][x]",
    ),
    "margin reached": (
        "ranked",
        "matrix[x][y] - matrix[y][x] > outstanding",
        "matrix[x][y] - matrix[y][x] >= outstanding",
    ),
    "quorum exceeded": ("condorcet", "holds = left >= needed", "holds = left > needed"),
    "root not squared": ("condorcet", "rule.quorum.number**2 * size", "rule.quorum.number * size"),
    "default drops": (
        "condorcet",
        "if x == asked_for.default:\n            continue",
        "if x == -1:\n            continue",
    ),
    "one to one reached": ("condorcet", "and votes > against", "and votes >= against"),
    "always strict": (
        "condorcet",
        "votes > times * against if strict else votes >= times * against",
        "votes > times * against",
    ),
    "never strict": (
        "condorcet",
        "votes > times * against if strict else votes >= times * against",
        "votes >= times * against",
    ),
    "unknown date is new": (
        "condorcet",
        "return found or {False, True}",
        "return found or {False}",
    ),
    "default is met": (
        "condorcet",
        'verdict = "not met" if outcome == default else "met"',
        'verdict = "met"',
    ),
    "outstanding cannot drop": (
        "condorcet",
        "worst[default][winner] += count",
        "worst[default][winner] += 0",
    ),
    "limit one more": ("seats", "return alike >= limit.at_most", "return alike > limit.at_most"),
    "level in order": (
        "seats",
        "for who in [each for each in group if each in left]:",
        "for who in [each for each in group if each in left][:1]:",
    ),
    "unchecked is met": (
        "counts",
        'verdict = "cannot tell"\n    if filling.passed',
        "pass\n    if filling.passed",
    ),
    "outstanding for one": (
        "counts",
        "spans = {who: (number, number + outstanding * each)",
        "spans = {who: (number, number)",
    ),
    "certain when level": (
        "counts",
        "spans[other][1] >= spans[who][0]",
        "spans[other][1] > spans[who][0]",
    ),
    "fewer go on": ("counts", "{*above, *level} for above", "{*above, *level[:1]} for above"),
    "cast is base": (
        "counts",
        'if rule.of != "cast":\n        return reaches',
        "if False:\n        return reaches",
    ),
    "run-off by points": (
        "scores",
        "left, right = preferring(self.ballots, one, other)",
        "left, right = [*sums(self.ballots, [one, other]).values()]",
    ),
    "least points": (
        "scores",
        "second = sorted(points.values())[-2]",
        "second = sorted(points.values())[0]",
    ),
}


@contextmanager
def loaded(module: str = "", old: str = "", new: str = "") -> Iterator[None]:
    """The family of modules loaded anew, one of them with a mistake; then as they were."""
    names = [RULES + name for name in FAMILY]
    kept = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    bound = {name: getattr(nemcon.rules, name) for name in FAMILY if hasattr(nemcon.rules, name)}
    try:
        for name in FAMILY:
            if name == module:
                _seed(name, old, new)
            else:
                importlib.import_module(RULES + name)
        yield
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(kept)
        for name, value in bound.items():
            setattr(nemcon.rules, name, value)


def _seed(name: str, old: str, new: str) -> None:
    spec = importlib.util.find_spec(RULES + name)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text("utf-8")
    assert source.count(old) == 1, f"{name} has moved on; seed the mistake anew: {old}"
    mutant = ModuleType(RULES + name)
    mutant.__spec__ = spec
    mutant.__file__ = spec.origin
    sys.modules[RULES + name] = mutant
    setattr(nemcon.rules, name, mutant)
    exec(compile(source.replace(old, new), spec.origin, "exec"), mutant.__dict__)


def answers() -> dict[str, Any]:
    """What the modules answer to every question below; a crash is an answer too."""
    found = {}
    for name, question in questions():
        assert name not in found, f"two questions are called '{name}'"
        try:
            found[name] = repr(question())
        except Exception as error:
            found[name] = f"{type(error).__name__}: {error}"
    return found


@pytest.fixture(scope="module")
def right() -> dict[str, Any]:
    with loaded():
        return answers()


def test_the_modules_as_they_are_answer_alike(right):
    with loaded():
        assert answers() == right
    assert not [name for name, answer in right.items() if answer.startswith("TypeError")]


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_changes_an_answer(name, right):
    module, old, new = MISTAKES[name]
    with loaded(module, old, new):
        assert answers() != right
