"""Problems in what entries say: ids that nothing declares, dates and numbers that cannot be.

`check` runs every one of `CHECKS` over a state; each yields findings and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from nemcon.check.attributes import attributes_agree
from nemcon.check.candidates import candidates_running, support_after_departure
from nemcon.check.checked import AS_STATED, Checked, Procedures
from nemcon.check.complete import acts_recorded
from nemcon.check.counts import of_the_roll, tallies_add_up, unknown_groups
from nemcon.check.dates import contradicting_reports
from nemcon.check.decisions import carried, decisions_carried
from nemcon.check.empty import names_given
from nemcon.check.groups import groups_named
from nemcon.check.links import unknown_entries, unknown_events
from nemcon.check.members import (
    memberships_in_order,
    no_members,
    nobody_on_the_day,
    outside_membership,
)
from nemcon.check.moves import contradicting_moves
from nemcon.check.order import (
    dates_in_order,
    memberships_after_their_source,
    told_before_it_happened,
)
from nemcon.check.outcomes import decisions_agree
from nemcon.check.plans import unconfirmed_changes
from nemcon.check.references import unknown_references
from nemcon.check.reserves import reserves_read
from nemcon.check.rules import (
    entries_without_matter,
    rules_found,
    rules_readable,
    stances_known,
)
from nemcon.check.silence import silences_in_order
from nemcon.check.spans import spans_hold
from nemcon.check.terms import overlapping_terms, terms_in_order
from nemcon.check.weekdays import weekdays_fit
from nemcon.check.zones import zones_known
from nemcon.entries import Draft
from nemcon.findings import Finding, Place, Severity
from nemcon.saying import say
from nemcon.state import State
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.kept import Kept

__all__ = ["CHECKS", "Checked", "Procedures", "carried", "check"]

CHECKS: Final[tuple[Callable[[Checked], Iterable[Finding]], ...]] = (
    names_given,
    unknown_references,
    unknown_events,
    unknown_entries,
    zones_known,
    no_members,
    nobody_on_the_day,
    outside_membership,
    memberships_in_order,
    attributes_agree,
    tallies_add_up,
    unknown_groups,
    of_the_roll,
    groups_named,
    terms_in_order,
    overlapping_terms,
    unconfirmed_changes,
    support_after_departure,
    candidates_running,
    contradicting_reports,
    contradicting_moves,
    decisions_agree,
    dates_in_order,
    told_before_it_happened,
    memberships_after_their_source,
    silences_in_order,
    spans_hold,
    weekdays_fit,
    rules_found,
    rules_readable,
    entries_without_matter,
    stances_known,
    reserves_read,
    acts_recorded,
    decisions_carried,
)

# What these find depends on the date that is asked about.
_OF_THE_DAY: Final = frozenset(
    {nobody_on_the_day, reserves_read, unconfirmed_changes, stances_known}
)
# These tell nothing but notes, or what an answer about one matter need not repeat.
_NOTES: Final = frozenset({acts_recorded, memberships_after_their_source})
_ORDER: Final[Mapping[Severity, int]] = {"error": 0, "warning": 1, "note": 2}
# What these miss may stand in an entry that is sealed or was erased.
_ABSENT: Final = frozenset(
    {
        *(
            "act-missing",
            "no-candidacy",
            "no-matter",
            "no-members",
            "no-rule",
            "not-a-member",
            "not-the-roll",
        ),
        *("outside-membership", "term-without-end", "unconfirmed-change", "unknown-body"),
        *("unknown-candidate", "unknown-draft", "unknown-entry", "unknown-event", "unknown-group"),
        *("unknown-matter", "unknown-member", "unknown-office", "unknown-organ", "unknown-party"),
        *("unknown-rule", "unknown-source", "withdrawal-without-accession"),
    }
)


def check(
    state: State,
    texts: Mapping[str, str] = {},
    places: Mapping[str, Place] = {},
    *,
    procedures: Procedures | None = None,
    conventions: Conventions = AS_STATED,
    held: Collection[str] = (),
    matter: str = "",
    notes: bool = True,
    kept: Kept | None = None,
) -> tuple[Finding, ...]:
    """Every problem that the checks find in a state, errors first, in an order of their own.

    With `matter`, nothing is said about what bears on other declared matters only; without `notes`,
    only errors and warnings are told.

    `texts` gives sources' texts by name, `places` where entries stand, by id. Without `procedures`
    (a rule by its id in the library) nothing is said about stances and decisions of rules that no
    entry spells out. `held` are the ids of all entries that were read, also of those that are
    corrected or rejected; without it, nothing is said about ids in corrections. Where rival
    corrections leave alternatives, the first is checked. Findings of the state itself and of the
    verdict are not repeated here. `kept` is for whoever asks on many dates, and all else the same:
    few checks depend on the date.
    """
    checked = Checked(state, texts, places, procedures, conventions, held, matter, kept)
    checks = (one for one in CHECKS if notes or one not in _NOTES)
    found = dict.fromkeys(finding for one in checks for finding in _found(checked, one, kept))
    told = [_softened(checked, finding) for finding in _bearing(checked, found)]
    return tuple(sorted((f for f in told if notes or f.severity != "note"), key=_key))


def _found(
    checked: Checked, one: Callable[[Checked], Iterable[Finding]], kept: Kept | None
) -> Iterable[Finding]:
    """What a check finds, kept where it is the same for every date."""
    of_the_day = one in _OF_THE_DAY or (one is decisions_carried and checked.all(Draft))
    if kept is None or of_the_day:
        return one(checked)
    return kept.whenever(checked.state, (one, checked.matter), lambda: tuple(one(checked)))


def _bearing(checked: Checked, found: Iterable[Finding]) -> Iterator[Finding]:
    """The findings but those that rest only on entries which cannot bear on what is asked about."""
    if len(checked.entries) == len(checked.state.entries):
        yield from found
        return
    here = {entry.id for entry in checked.entries}
    yield from (f for f in found if not f.entries or not here.isdisjoint(f.entries))


def _softened(checked: Checked, finding: Finding) -> Finding:
    """The finding; no error, and saying so, where what it misses may only be unreadable."""
    if finding.code in _ABSENT and (checked.state.sealed or checked.state.erased):
        message = say(
            "{message} (or an entry that cannot be read says it)", message=finding.message
        )
        severity = "warning" if finding.severity == "error" else finding.severity
        return replace(finding, severity=severity, message=message)
    return finding


def _key(finding: Finding) -> tuple[int, str, tuple[str, ...], str]:
    return _ORDER[finding.severity], finding.code, finding.entries, finding.message
