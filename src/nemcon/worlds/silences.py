"""The silence procedures of a matter: until when silence runs or ran, and what became of it.

Only what the record tells: that no word of a break is on record does not say that there was none.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from nemcon.entries import Silence
from nemcon.state import State
from nemcon.when import When
from nemcon.worlds.days import day_range, instant

Became: TypeAlias = Literal[
    "runs", "over", "unsure", "broken", "passed", "suspended", "no deadline"
]


@dataclass(frozen=True)
class Quiet:
    """How one silence procedure stands on a date: when it was opened, its deadline in the end, and
    the step (`by`, `when`) that ended or held it up, if one did. *Unsure*: whether the deadline is
    past cannot be told.
    """

    draft: str
    became: Became
    opened: When | None
    deadline: When | None
    when: When | None = None
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """The line as plain values."""
        return {
            "draft": self.draft or None,
            "became": self.became,
            "opened": str(self.opened) if self.opened else None,
            "deadline": str(self.deadline) if self.deadline else None,
            "when": str(self.when) if self.when else None,
            "by": self.by or None,
        }


def silences(state: State, matter: str) -> tuple[Quiet, ...]:
    """The silence procedures of a matter by the state's `on`, one for each draft."""
    steps: dict[str, list[Silence]] = {}
    for entry in state.of_matter(matter):
        if isinstance(entry, Silence) and not _later(entry.happened, state):
            steps.setdefault(entry.draft, []).append(entry)
    return tuple(
        _quiet(draft, sorted(told, key=lambda step: _order(step, state)), state)
        for draft, told in sorted(steps.items())
    )


def may_run(state: State, matter: str, drafts: Collection[str], day: int) -> bool:
    """Whether silence on the matter, or on one of these drafts, may still run at the end of a day,
    or where that is the day of the state's `on`, then.
    """
    if not any(entry.kind == Silence.kind for entry in state.of_matter(matter)):
        return False
    asked = state if day == day_range(state.on, state.zone)[1] else _at(state, day)
    return any(
        one.draft in ("", *drafts) and one.became not in ("over", "broken", "passed")
        for one in silences(asked, matter)
    )


def _at(state: State, day: int) -> State:
    on = When.day(date.fromordinal(day)) if 0 < day <= date.max.toordinal() else state.on
    return state.moved(on, state.known)


def _later(when: When | None, state: State) -> bool:
    return when is not None and when.after(state.on, state.zone) is True


def _order(step: Silence, state: State) -> tuple[object, ...]:
    point = instant(step.happened, state.zone)
    return day_range(step.happened, state.zone)[1], point or (0, 0, 0), step.id


def _quiet(draft: str, told: list[Silence], state: State) -> Quiet:
    """How the steps of one draft, the earliest first, leave it: since it was last opened."""
    opened = max((n for n, step in enumerate(told) if step.change == "opened"), default=0)
    told = told[opened:]
    first = told[0].happened if told[0].change == "opened" else None
    deadline = next((step.deadline for step in reversed(told) if step.deadline), None)
    ends = [step for step in told if step.change in ("broken", "passed")]
    held = [step for step in told if step.change in ("suspended", "resumed")]
    broken = [step for step in ends if step.change == "broken"]
    for step in (*broken, *ends, *held[-1:]):  # one who broke it is enough
        if step.change == "resumed":
            break
        became: Became = step.change  # type: ignore[assignment]
        by = step.by or (step.members[0] if len(step.members) == 1 else "")
        return Quiet(draft, became, first, deadline, step.happened, by)
    if deadline is None:
        return Quiet(draft, "no deadline", first, None)
    # A deadline on the day asked about is past at its end; whether at an instant of it, is unsure.
    if deadline.after(state.on, state.zone) is True:
        return Quiet(draft, "runs", first, deadline)
    past = deadline.before(state.on, state.zone) is True or instant(state.on, state.zone) is None
    return Quiet(draft, "over" if past and deadline.certain else "unsure", first, deadline)
