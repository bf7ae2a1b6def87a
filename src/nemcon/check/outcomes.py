"""Decisions of one matter that do not say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from nemcon.check.checked import Checked
from nemcon.check.words import days
from nemcon.entries import Decision
from nemcon.findings import Finding
from nemcon.saying import joined, say
from nemcon.state import confirmed
from nemcon.worlds.outcomes import FAVOURABLE, outcomes

_WORDS = {
    "appointed": say("adopted"),
    "adopted": say("adopted"),
    "not-adopted": say("not adopted"),
    "rejected": say("rejected"),
}


def decisions_agree(checked: Checked) -> Iterator[Finding]:
    """Matters with decisions for different people, or both for and against one draft.

    A matter ends with one decision: all that is told of it counts as reports of that one.
    """
    decided: dict[str, list[Decision]] = defaultdict(list)
    for decision in _in_order(checked, checked.state.all(Decision)):
        matter = checked.matter_of(decision)
        if matter and confirmed(decision):
            decided[matter].append(decision)
    for _, reports in sorted(decided.items()):
        found = outcomes(reports)
        if len(found) > 1:
            yield _disagreeing(checked, _in_order(checked, [some[0] for some in found]))


def _in_order(checked: Checked, decisions: Collection[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda one: (checked.days(one), one.id))


def _disagreeing(checked: Checked, decisions: Sequence[Decision]) -> Finding:
    message = say(
        "the decisions of this matter do not agree: {told}; answers take them for reports of one "
        "decision: correct the one that is wrong, or give a later decision a matter of its own",
        told=joined("; ", (_told(checked, one) for one in decisions)),
    )
    return checked.finding("contradicting-decisions", "warning", message, decisions)


def _told(checked: Checked, decision: Decision) -> str:
    what: str = _WORDS[decision.result]
    if decision.candidate and decision.result in FAVOURABLE:
        what = say("{who} appointed", who=checked.title(decision.candidate))
    when = decision.happened or days(checked.days(decision))
    return say("{what} on {when} ({source})", what=what, when=when, source=checked.told(decision))
