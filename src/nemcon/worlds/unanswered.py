"""Why a question has no certain answer, as findings."""

from __future__ import annotations

from nemcon.findings import Finding
from nemcon.rules.procedure import Procedure, RuleError
from nemcon.saying import say
from nemcon.state import State


def too_hard() -> Finding:
    """There are too many ways to look at."""
    return Finding(
        "too-hard",
        "warning",
        say(
            "too many ways in which the reports may fit together to decide this exactly; "
            "the answer is 'cannot tell': date the entries more closely, or correct "
            "those that contradict each other"
        ),
    )


def no_world() -> Finding:
    """No course of events is possible."""
    return Finding(
        "no-world",
        "error",
        say(
            "the roll, the links between dates and the rule leave no possible course of "
            "events: check the dates of memberships and the 'before' and 'after' of "
            "entries"
        ),
    )


def unknown_roll() -> Finding:
    """Nobody knows which day's roll decides."""
    return Finding(
        "unknown-roll",
        "warning",
        say(
            "this matter is decided by the roll of a day that is not known exactly, and "
            "members may have come or gone on the possible days; the answer is 'cannot "
            "tell': date 'roll_on'"
        ),
    )


def no_ladder(procedure: Procedure) -> Finding:
    """The rule counts votes, not stances."""
    return Finding(
        "no-ladder",
        "warning",
        say(
            "rule '{id}' decides by votes that are counted, not by stances: 'nemcon "
            "rules decide' works them out from the ballots",
            id=procedure.id,
        ),
    )


def rule_error(error: RuleError) -> Finding:
    """The rule cannot be worked out."""
    return Finding("rule", "error", str(error))


def unreadable(state: State) -> Finding:
    """Entries that cannot be read could say anything (SEMANTICS 15)."""
    return Finding(
        "unreadable-entries",
        "warning",
        say(
            "{sealed} sealed and {erased} erased entries cannot be read, and could say "
            "anything; the verdict is 'cannot tell'",
            sealed=state.sealed,
            erased=state.erased,
        ),
    )
