"""What a member gave on a motion that it neither supports nor objects to, in a word."""

from __future__ import annotations

from nemcon.views.tongue import _, marked
from nemcon.worlds.verdict import Reckoning

_GIVEN = {
    **dict.fromkeys(("abstain", "abstention"), "abstained"),
    **dict.fromkeys(("recuse", "recusal"), "recused"),
    **dict.fromkeys(("absent", "absence"), "absent"),
    **dict.fromkeys(("not-voting", "silent"), "did not vote"),
    "hesitation": "hesitates",
    "none": "no position",
}
marked("abstained", "recused", "absent", "did not vote", "hesitates", "no position")

_TOLD = {"support", "objection", "yes", "no", "other"}  # by where the member stands, or untold


def given_words(one: Reckoning, member: str) -> str:
    """The stance of a member where only one is possible, and where it stands does not say it."""
    held = one.views.get(member, frozenset()) - {None}
    if one.candidate or len(held) != 1:
        return ""
    (stance,) = held
    if stance is None or stance in _TOLD:
        return ""
    return _(_GIVEN[stance]) if stance in _GIVEN else f"“{stance}”"
