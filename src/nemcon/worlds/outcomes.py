"""What a matter's reports say that was decided, and whether they say the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from nemcon.entries import Decision

Outcome: TypeAlias = tuple[Decision, ...]  # the reports that say one and the same

FAVOURABLE = frozenset({"appointed", "adopted"})
AGAINST = frozenset({"not-adopted", "rejected"})


def outcomes(reports: Iterable[Decision]) -> tuple[Outcome, ...]:
    """The reports of one matter's decision, together those that say the same, in their order.

    A matter ends with one decision, for one draft: reports that appoint different people, or of
    which some are for and some against one draft, contradict each other, and give several outcomes.
    Reports that do not are all of one outcome, also where some tell less than others.
    """
    told = tuple(reports)
    if not _contradicting(told):
        return (told,) if told else ()
    found: dict[tuple[bool, str], list[Decision]] = defaultdict(list)
    for one in told:
        if one.result in FAVOURABLE | AGAINST:
            found[_said(one)].append(one)
    people = any(favourable and candidate for favourable, candidate in found)
    if people:
        found.pop((True, ""), None)  # adopted, whoever it is
    return tuple(tuple(some) for some in found.values())


def _said(report: Decision) -> tuple[bool, str]:
    return report.result in FAVOURABLE, report.candidate


def _contradicting(reports: Iterable[Decision]) -> bool:
    drafts: dict[str, set[bool]] = defaultdict(set)
    people: set[str] = set()
    for one in reports:
        if one.result in FAVOURABLE:
            drafts[one.draft].add(True)
            people |= {one.candidate} - {""}
        elif one.result in AGAINST:
            drafts[one.draft].add(False)
    return len(people) > 1 or any(len(answers) > 1 for answers in drafts.values())
