"""What settles a tie: the policies of a rule in their order, and what is known of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nemcon.rules.names import canonical, listed, nearest, same_name, shown
from nemcon.rules.place import Place, RuleError
from nemcon.saying import marked, say

POLICIES = marked(
    "run-off", "lot", "casting vote", "agreement", "together", "revote", "none",
    "head to head", "score",
)  # fmt: skip
"""How a rule settles a tie: a ballot among the tied; by lot; whoever presides; the tied among
themselves; all of them alike; the same ballot again; not at all. Scored ballots also settle ties
themselves: by who is scored higher on more of them, or by the sum of scores."""

TOLD = {"lot": "lot", "casting vote": "casting_vote", "agreement": "agreement"}
"""The policies that a name settles, and under which key it is told."""


@dataclass(frozen=True, slots=True)
class Ties:
    """The policies for a tie for the first place (or at a cut) and for one for the last."""

    first: tuple[str, ...] = ("none",)
    last: tuple[str, ...] = ("none",)


NOT_SAID = Ties()


def read_ties(data: Any, place: Place) -> Ties:
    """Read `tie`: a policy, a list of them, or a table of `first` and `last`.

    Raises `RuleError`.
    """
    if isinstance(data, Mapping):
        place.known_keys(data, ("first", "last"))
        sides = {side: _policies(data[side], place / side) for side in data}
        return Ties(**sides)
    both = _policies(data, place)
    return Ties(both, both)


def _policies(data: Any, place: Place) -> tuple[str, ...]:
    names = (
        [data] if isinstance(data, str) else place.items(data, say('"lot", or ["run-off", "lot"]'))
    )
    found = []
    for name in names:
        text = place.text(name, '"lot"')
        known = next((each for each in POLICIES if same_name(each, text)), None)
        if known is None:
            near = nearest(text, POLICIES)
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("write {policies}", policies=listed(POLICIES))
            )
            raise place.error(
                say("no way to settle a tie is called {text}; {hint}", text=shown(text), hint=hint)
            )
        found.append(known)
    if not found:
        raise place.error(say("it is empty; write {policies}", policies=listed(POLICIES)))
    return tuple(found)


def told(policy: str, names: Iterable[str], *places: Mapping[str, Any]) -> str | None:
    """Who of these is named as what settles a tie by this policy, in the first of the places."""
    key = TOLD.get(policy)
    for table in places:
        name = None if key is None else table.get(key)
        if isinstance(name, str):
            for each in names:
                if same_name(each, name):
                    return each
    return None


def said(params: Mapping[str, Any], known: Collection[str]) -> dict[str, Any]:
    """The parameters under the names in which a count looks for them.

    Raises `RuleError` for one that is not known.
    """
    names = {canonical(name): name for name in known}
    for name in params:
        if canonical(name) not in names:
            near = nearest(name, names.values())
            hint = (
                say("did you mean '{near}'?", near=near)
                if near
                else say("it takes {known}", known=listed(sorted(known), "and"))
            )
            raise RuleError(
                say("the rule has no parameter {name}; {hint}", name=shown(name), hint=hint)
            )
    return {names[canonical(name)]: value for name, value in params.items()}


def asked(policies: tuple[str, ...]) -> str:
    """How to tell what settles the tie, for a message."""
    ways = [f"--param {TOLD[each]}=NAME" for each in policies if each in TOLD]
    if "run-off" in policies:
        ways.insert(0, say("the votes of the run-off as '_.tiebreak'"))
    if not ways:
        return say("the rule does not say what settles it")
    return say("give {ways}", ways=listed(ways))
