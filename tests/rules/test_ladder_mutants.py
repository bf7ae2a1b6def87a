"""Mistakes seeded in the deciding of ladders: each must change an answer.

A mistake is a text of a module of `nemcon.rules` and what to put in its place. All modules of
rules are loaded anew with it and asked questions whose answers are known.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import nemcon.rules
from tests.mutants.battery import Seeding
from tests.mutants.mutants import Mutant
from tests.rules.ladder_questions import wrong

MISTAKES: dict[str, tuple[str, str, str]] = {
    # Sets
    "everyone is who speaks": (
        "algebra",
        "        case Everyone():\n            return True",
        '        case Everyone():\n            return position != "silent"',
    ),
    "one attribute is enough": (
        "algebra",
        "return all(contains(part, position, attributes) for part in members.parts)",
        "return any(contains(part, position, attributes) for part in members.parts)",
    ),
    "in the whole is in the rest": (
        "algebra",
        "return contains(members.whole, position, attributes) and not contains(",
        "return contains(members.whole, position, attributes) or contains(",
    ),
    "equal is different": ("algebra", "return left != right", "return left == right"),
    # Measures and predicates
    "a tie is more": (
        "evaluate",
        "return True if low > 0 else (False if high <= 0 else None)",
        "return True if low >= 0 else (False if high < 0 else None)",
    ),
    "floats": (
        "evaluate",
        "ends = [a * b for a in one for b in other]",
        "ends = [float(a) * float(b) // 1 for a in one for b in other]",
    ),
    "the least is the greatest": (
        "evaluate",
        'pick = min if node.which == "min" else max',
        "pick = max",
    ),
    "rounded up": (
        "evaluate",
        "return floor(low), floor(high)",
        "return -floor(-low), -floor(-high)",
    ),
    "open is no": ("evaluate", "return None if open_ else True", "return not open_"),
    "else is then": (
        "evaluate",
        "return holds(node.then if condition else node.otherwise, totals)",
        "return holds(node.then, totals)",
    ),
    # Names
    "case matters": (
        "names",
        'return _BLANKS.sub("-", name.strip().casefold())',
        'return _BLANKS.sub("-", name.strip())',
    ),
    "blanks matter": ("names", r're.compile(r"[\s_-]+")', r're.compile(r"[\s-]+")'),
    "silent is absent": ("scope", "    ABSENT: (),\n", '    ABSENT: ("silent",),\n'),
    "recused is not there": (
        "scope",
        '"recused": ("recuse",),',
        '"absent": ("recuse", "recused"),',
    ),
    # Steps
    "steps backwards": (
        "normalise",
        "    for step in steps:\n        match",
        "    for step in reversed(steps):\n        match",
    ),
    "silence stays": (
        "normalise",
        "case Default() if position == SILENT:",
        "case Default() if position == 0:",
    ),
    "who is dropped stays": (
        "normalise",
        "contains(step.members, position, attributes):\n                return None",
        "contains(step.members, position, attributes):\n                break",
    ),
    "a duty is a wish": (
        "normalise",
        "                position = step.to",
        "                position = position",
    ),
    "a split bloc counts": (
        "applied",
        "        if len(certain) > 1:\n            return True",
        "        if len(certain) > 9:\n            return True",
    ),
    "a bloc is of one mind": (
        "applied",
        "return False if len(possible) <= 1 else None",
        "return False",
    ),
    "nothing is ignored": (
        "applied",
        "return here and self.kinds.all[kind].position not in step.ignored",
        "return here",
    ),
    "every ballot counts": ("applied", "blocks = self._one_per(run, blocks)", "pass"),
    "silence counts as one": ("applied", "or position in INPUTS else", "or position is None else"),
    "anyone is eligible": ("applied", "inside = allowed is None or", "inside = True or"),
    # Counting
    "who is not there may be": (
        "counting",
        "    missing, spare = block.low - placed, block.high - placed",
        "    missing, spare = block.low - placed, 0",
    ),
    "groups hold perhaps": (
        "counting",
        "weight if told is True and least > 0 else 0,",
        "weight if told is not False and least > 0 else 0,",
    ),
    "groups hold for certain": (
        "counting",
        "weight if told is not False else 0,",
        "weight if told is True else 0,",
    ),
    "groups weigh one": (
        "counting",
        "        if not node.weight:\n            return 1",
        "        if node.by:\n            return 1",
    ),
    "groups of everyone": (
        "counting",
        "                and self.kinds.inside(node.within, kind)\n",
        "",
    ),
    "the lightest first": (
        "counting",
        "for weight in sorted(weights, reverse=True):",
        "for weight in sorted(weights):",
    ),
    "enough is more": (
        "counting",
        'needed = -(-missing // 1) if node.operator == ">="',
        'needed = missing // 1 + 1 if node.operator == ">="',
    ),
    "too few is all": (
        "counting",
        "min(fewest, least + 1)), most + 1",
        "min(fewest, least)), most",
    ),
    "constants are forgotten": (
        "counting",
        "low, high = low + form.constant, high + form.constant",
        "low, high = low + 0, high + 0",
    ),
    # The search
    "the first outcome": (
        "search",
        "                open_ += self._split(here)",
        "                pass",
    ),
    "half is enough": (
        "search",
        "for part in ((low, middle), (middle + 1, high)):",
        "for part in ((low, middle),):",
    ),
    "what is not found is not": (
        "search",
        "            new = {self._outcome(n) for n in lines} - self.found",
        "            new = {self._outcome(lines[0])} - self.found",
    ),
    "everything that may be is": (
        "search",
        "            if len(lines) == 1 and not self.problem.quotas:",
        "            if lines:",
    ),
    "classes have no size": (
        "search",
        "            for quota in self.problem.quotas:",
        "            for quota in ():",
    ),
    "the ladder upside down": (
        "decide",
        "for line in procedure.ladder:",
        "for line in procedure.ladder[::-1]:",
    ),
    "a line that may be is passed": (
        "decide",
        "        if answer is not False:",
        "        if answer:",
    ),
    # Ballots and seats
    "open is silent": (
        "seating",
        "self.options = (SILENT,) if closed else open_positions(procedure)",
        "self.options = (SILENT,)",
    ),
    "silent is open": (
        "seating",
        "self.options = (SILENT,) if closed else open_positions(procedure)",
        "self.options = open_positions(procedure)",
    ),
    "open members speak": (
        "seating",
        "return tuple(dict.fromkeys([*names, SILENT]))",
        "return tuple(dict.fromkeys([*names]))",
    ),
    "nobody is left": ("seating", "        if taken < size:\n", "        if taken < 0:\n"),
    "unknown is false": (
        "seating",
        "return tuple(value for value, number in numbers.items() if number or value is not False)",
        "return (False,)",
    ),
    "carried is unknown": (
        "seating",
        "for name in self.reads if name in {*told, *held}",
        "for name in self.reads if name in held",
    ),
    "more than there are": (
        "seating",
        "        if taken > size:\n",
        "        if taken > size + 9:\n",
    ),
    "numbers end where they begin": (
        "seating",
        "names += [Between(a, b) for a, b in pairwise(ends)]",
        "names = names[:1]",
    ),
    "a member votes twice": (
        "ballots",
        "if before != group.place or group.voters.count(name) > 1:",
        "if group.voters.count(name) > 1:",
    ),
    "more names than ballots": (
        "ballots",
        "        if count < len(voters):",
        "        if count < 0:",
    ),
    "any position will do": ("ballots", "        if known.declared or slip:", "        if False:"),
    # What is said
    "a finding is made by itself": (
        "given",
        "*([(True, False)] * len(unmade))",
        "*([(True,)] * len(unmade))",
    ),
    "what is unsaid is the first": (
        "given",
        "        return declared.values\n",
        "        return declared.values[:1]\n",
    ),
    "met by any": (
        "polled",
        '"cannot tell" if len(met) > 1 else ("met" if met == {True} else "not met")',
        '"met" if True in met else "not met"',
    ),
}


@contextmanager
def loaded(module: str = "", old: str = "", new: str = "") -> Iterator[None]:
    """All modules of rules, loaded anew, one of them with a mistake."""
    names = [name for name in sys.modules if name.startswith("nemcon.rules.")]
    kept = {name: sys.modules.pop(name) for name in names}
    bound = {
        name: value for name, value in vars(nemcon.rules).items() if f"nemcon.rules.{name}" in kept
    }
    finder = Seeding(Mutant("seeded", f"nemcon.rules.{module}", old, new, "")) if module else None
    if finder:
        sys.meta_path.insert(0, finder)
    try:
        importlib.import_module("nemcon.rules.weigh")
        yield
    finally:
        if finder:
            sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.startswith("nemcon.rules.")]:
            del sys.modules[name]
        sys.modules.update(kept)
        for name, value in bound.items():
            setattr(nemcon.rules, name, value)


def test_the_modules_as_they_are_answer_right() -> None:
    with loaded():
        assert list(wrong()) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_changes_an_answer(name: str) -> None:
    with loaded(*MISTAKES[name]):
        try:
            found = next(wrong(), None)
        except (AssertionError, ValueError, KeyError) as error:
            found = f"{type(error).__name__}: {error}"
    assert found is not None, "no question notices it"
