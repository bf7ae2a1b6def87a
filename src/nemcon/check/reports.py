"""Reports of one event: which of them contradict each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from nemcon.entries import AnyEntry
from nemcon.worlds.days import Range


class Report(NamedTuple):
    """The days on which one entry puts an event."""

    days: Range
    entry: AnyEntry


class Others:
    """The days of events that part two events of one kind, as an end parts two starts."""

    def __init__(self, days: Iterable[Range] = (), margin: int = 0) -> None:
        """`margin` is how many days they must keep from either event."""
        self.margin = margin
        ordered = sorted(days)
        self.lows = [low for low, _ in ordered]
        self.highs = list(accumulate((high for _, high in ordered), max))

    def may_lie_between(self, first: Range, second: Range) -> bool:
        """Whether one of them may be between two events of these days."""
        low, high = first[0] + self.margin, second[1] - self.margin
        begun = bisect_right(self.lows, high) if low <= high else 0
        return begun > 0 and self.highs[begun - 1] >= low


def differ(reports: Sequence[Report]) -> bool:
    """Whether two of these reports have no day in common."""
    return max(one.days[0] for one in reports) > min(one.days[1] for one in reports)


def contradictions(
    reports: Iterable[Report], others: Sequence[Others] = ()
) -> Iterator[tuple[Report, Report]]:
    """Neighbouring reports with no day in common, where no other event can lie between them."""
    held: Report | None = None
    for report in sorted(reports, key=lambda one: (one.days, one.entry.id)):
        if held is not None and held.days[1] < report.days[0]:
            if not any(other.may_lie_between(held.days, report.days) for other in others):
                yield held, report
            held = report
        elif held is None or report.days[1] < held.days[1]:
            held = report
