"""Declared decisions: which may be recorded, and which get a notice of adoption.

The body decides, not the software: in a matter whose record is complete, a decision that the
computed verdict does not carry is accepted with the chair's stated reason, and without a notice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from nemcon.access.packs import procedure
from nemcon.check import Checked
from nemcon.check import carried as not_carried
from nemcon.check.lookup import procedure_of
from nemcon.entries import Decision
from nemcon.findings import Finding
from nemcon.saying import say
from nemcon.state import State
from nemcon.views.status import titles_of
from nemcon.worlds.conventions import Conventions
from nemcon.worlds.course import Carried, carried, declared
from nemcon.worlds.verdict import answer


@dataclass(frozen=True)
class Judged:
    """The newly declared decisions of one matter, and what the verdict at their instant says."""

    reports: tuple[Decision, ...]
    carried: Carried
    complete: bool
    reasoned: bool
    told: Finding | None

    @property
    def adopted(self) -> tuple[str, ...]:
        """The ids of the decisions, if a complete record carries them."""
        carried = self.complete and self.carried == "carried"
        return tuple(report.id for report in self.reports) if carried else ()

    @property
    def finding(self) -> Finding | None:
        """What is to be said of them; an error, which keeps them out, if a reason is missing."""
        if not self.complete or self.carried == "carried" or self.reasoned:
            return self.told
        return Finding(
            "decision-without-reason",
            "error",
            say(
                "this decision is {carried} by the rule, and the record of the matter is "
                "complete: state the chair's reason in 'reason', or record what is missing",
                carried=say(self.carried),
            ),
            tuple(report.id for report in self.reports),
        )


def judge(state: State, new: Collection[str]) -> Iterator[Judged]:
    """Judge the favourable decisions among the entries `new` of a state, one matter after another.

    Those of a matter without a rule are not judged; `check` tells that the rule is missing.
    """
    fresh = [decision for decision in state.all(Decision) if decision.id in new]
    if not fresh:
        return
    checked, conventions = Checked(state, procedures=procedure), Conventions()
    titles = titles_of(state)
    for matter in sorted({checked.matter_of(decision) for decision in fresh} - {""}):
        made = declared(state, matter, None, conventions)
        if made is None or not made.favourable:
            continue
        rule = procedure_of(checked, matter, checked.day_range(made.decided))
        if rule is not None:
            found = answer(state, matter, rule, conventions, event="decision")
            mine = tuple(each for each in fresh if checked.matter_of(each) == matter)
            reasoned = any(report.reason for report in made.reports)
            told = not_carried(made, found, titles)
            yield Judged(mine, carried(found, made), found.complete, reasoned, told)
