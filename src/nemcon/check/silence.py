"""Silence that is told to have passed before its deadline."""

from __future__ import annotations

from collections.abc import Iterator

from nemcon.check.checked import Checked
from nemcon.entries import Silence
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import confirmed


def silences_in_order(checked: Checked) -> Iterator[Finding]:
    """Silence that passed certainly before the last deadline that was set by then."""
    told = [entry for entry in checked.state.all(Silence) if confirmed(entry)]
    for passed in told:
        when = passed.happened
        if passed.change != "passed" or when is None:
            continue
        for step in told:
            of_it = checked.matter_of(step) == checked.matter_of(passed)
            before = step.happened is None or step.happened.after(when, checked.zone) is not True
            deadline = step.deadline if of_it and step.draft == passed.draft and before else None
            if deadline is not None and deadline.after(when, checked.zone):
                yield _too_early(checked, passed, step)
                break


def _too_early(checked: Checked, passed: Silence, step: Silence) -> Finding:
    message = say(
        "silence is told to have passed on {when}, before its deadline of {deadline}, and until "
        "then it can be broken; correct one of the two dates",
        when=str(passed.happened),
        deadline=str(step.deadline),
    )
    return checked.finding("silence-before-deadline", "warning", message, [passed], "happened")
