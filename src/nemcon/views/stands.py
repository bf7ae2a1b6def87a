"""Where members stand, in words that fit the rule: where silence counts, nobody who does not object
is *open*, whatever the member thinks of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nemcon.rules.objecting import silence_counts
from nemcon.views.status import StatusView
from nemcon.views.tongue import _, marked
from nemcon.worlds.verdict import Reckoning

Key: TypeAlias = Literal["certain", "open", "objecting", "against", "quiet"]

marked("certain", "open", "objecting", "not supporting")
marked("certain to support", "not objecting", "not known whether they object")


@dataclass(frozen=True)
class Group:
    """Members that stand alike towards a candidate or a motion, under a label."""

    key: Key
    label: str
    members: tuple[str, ...]


def stands(view: StatusView, one: Reckoning) -> Iterator[Group]:
    """Those who do not support for certain, by where they stand. *Quiet*: they do not object, which
    is enough where silence counts, and *open* then means that they may.
    """
    objecting = one.objecting
    if not silence_counts(view.question.procedure):
        yield Group("open", _("open"), one.open)
        yield Group("objecting", _("objecting"), objecting)
        against = tuple(member for member in one.against if member not in objecting)
        yield Group("against", _("not supporting"), against)
        return
    may = may_object(one)
    gone = {*objecting, *may}
    yield Group("objecting", _("objecting"), objecting)
    yield Group("open", _("not known whether they object"), may)
    quiet = tuple(member for member in (*one.open, *one.against) if member not in gone)
    yield Group("quiet", _("not objecting"), quiet)


def may_object(one: Reckoning) -> tuple[str, ...]:
    """Members of whom it is not known whether they object."""
    others = (m for m in (*one.open, *one.against) if m not in one.objecting)
    return tuple(m for m in others if "objection" in one.views.get(m, ("objection",)))


def overturned_by(view: StatusView, one: Reckoning) -> str:
    """What could still overturn a rule that is met, where silence counts; else empty."""
    made = view.declared
    ended = any(quiet.became in ("over", "passed", "unsure") for quiet in view.silences)
    if (
        one.can_fail
        or not one.can_meet
        or view.answer.verdict != "met"
        or (made is not None and made.taken is not False)
        or ended
        or not silence_counts(view.question.procedure)
    ):
        return ""
    return _("one objection would still overturn this, as long as it is not decided")
