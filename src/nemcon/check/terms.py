"""Terms of office: ends before starts, and two holders of one office at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple

from nemcon.check.checked import Checked
from nemcon.check.words import A_DAY, moments
from nemcon.entries import Term
from nemcon.findings import Finding, Severity
from nemcon.saying import say
from nemcon.state import confirmed
from nemcon.worlds.days import LAST, Range


class Stint(NamedTuple):
    """One holder's time in an office: when it started, and when it ended, in moments.

    `ended` is None if no end is recorded; `entries` are the start and the end.
    """

    start: Range
    ended: Range | None
    holder: str
    entries: tuple[Term, ...]

    @property
    def until(self) -> int:
        """The first moment at which the office may be somebody else's."""
        return self.ended[0] if self.ended else (LAST + 1) * A_DAY

    @property
    def acting(self) -> bool:
        """Whether the holder only stands in."""
        return self.entries[0].acting


def terms_in_order(checked: Checked) -> Iterator[Finding]:
    """Terms that end before they start, in one entry or in the only two there are."""
    pairs = [(term, term) for term in checked.state.all(Term) if term.start and term.end]
    for terms in _by_holder(checked).values():
        starts = [t for t in terms if t.start and not t.end]
        ends = [t for t in terms if t.end and not t.start]
        if len(starts) == len(ends) == 1 and len(terms) == 2:
            pairs.append((starts[0], ends[0]))
    for first, last in pairs:
        if checked.moments(last.end)[1] < checked.moments(first.start)[0]:
            yield _backwards(checked, first, last)


def _by_holder(checked: Checked) -> Mapping[tuple[str, str], list[Term]]:
    """The confirmed terms of each office and holder; what is planned may still change."""
    found: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in checked.state.all(Term):
        if confirmed(term):
            found[term.office, term.holder].append(term)
    return found


def _backwards(checked: Checked, first: Term, last: Term) -> Finding:
    one = first is last
    message = say(
        "the term of {holder} as {office} ends on {end}, before it starts on "
        "{start}; correct one of the two",
        holder=checked.title(first.holder),
        office=checked.title(first.office),
        end=last.end,
        start=first.start,
    )
    if not one:
        message = say("{message}, or add the start of the earlier term", message=message)
    entries = [first] if one else [first, last]
    severity: Severity = "error" if one else "warning"
    return checked.finding("term-ends-before-start", severity, message, entries, "end")


def overlapping_terms(checked: Checked) -> Iterator[Finding]:
    """Two holders of one office at once; one may leave it on the day the other enters, and
    somebody may stand in for its holder.
    """
    offices: dict[str, list[Stint]] = defaultdict(list)
    for (office, holder), terms in _by_holder(checked).items():
        offices[office] += _stints(checked, holder, terms)
    for office, stints in offices.items():
        for earlier, later in _overlaps(stints):
            yield _overlap(checked, office, earlier, later)


def _stints(checked: Checked, holder: str, terms: Sequence[Term]) -> Iterator[Stint]:
    """The stints of one holder, each with the first end on record that may be its own."""
    ends = sorted((checked.day_range(t.end)[1], t.id, t) for t in terms if t.end)
    # From each end on, the one that comes first where dates are uncertain.
    soonest = list(accumulate((t for *_, t in reversed(ends)), partial(_sooner, checked)))[::-1]
    for reports in _starts(checked, terms):
        ranges = [checked.moments(term.start) for term in reports]
        low, high = sorted((max(low for low, _ in ranges), min(high for _, high in ranges)))
        own = [term for term in reports if term.end]
        later = soonest[bisect_left(ends, (low // A_DAY,)) :][:1]
        last = (
            min(own, key=lambda t: (checked.day_range(t.end), t.id)) if own else (*later, None)[0]
        )
        ended = checked.moments(last.end) if last else None
        entries = {term.id: term for term in (reports[0], last) if term}
        yield Stint((low, high), ended, holder, tuple(entries.values()))


def _sooner(checked: Checked, a: Term, b: Term) -> Term:
    return min(a, b, key=lambda term: checked.day_range(term.end))


def _starts(checked: Checked, terms: Sequence[Term]) -> Iterator[list[Term]]:
    """The reports of each start: those that have a day in common, one after another."""
    started = [(checked.day_range(term.start), term.id, term) for term in terms if term.start]
    group: list[Term] = []
    until = LAST
    for (low, high), _, term in sorted(started):
        if group and low > until:
            yield group
            group, until = [], LAST
        group.append(term)
        until = min(until, high)
    if group:
        yield group


def _overlaps(stints: Iterable[Stint]) -> Iterator[tuple[Stint, Stint]]:
    """Each stint with the longest earlier one of another holder, if that one is not over.

    A stint with no end on record is told once, with the first that follows it.
    """
    longest: list[Stint] = []  # of two different holders, so that one of them is always another's
    told: set[Stint] = set()
    for stint in sorted(stints, key=lambda s: (s.start[1], s.start[0], s.holder, s.until)):
        earlier = next((other for other in longest if other.holder != stint.holder), None)
        if earlier and stint.start[1] < earlier.until and earlier.start[1] < stint.until:
            stands_in = stint.acting and not earlier.acting
            if not stands_in and (earlier.ended or earlier not in told):
                yield earlier, stint
                told.add(earlier)
        longest = _two_longest([*longest, stint])


def _two_longest(stints: Sequence[Stint]) -> list[Stint]:
    ordered = sorted(stints, key=lambda stint: -stint.until)
    others = [stint for stint in ordered if stint.holder != ordered[0].holder]
    return [ordered[0], *others[:1]]


def _overlap(checked: Checked, office: str, earlier: Stint, later: Stint) -> Finding:
    first, second = checked.title(earlier.holder), checked.title(later.holder)
    began = say("{second} took office on {start}", second=second, start=moments(later.start))
    if earlier.ended is None:
        code = "term-without-end"
        message = say(
            "the term of {first} as {office} has no end on record, and {began}; add the end",
            first=first,
            office=checked.title(office),
            began=began,
        )
    else:
        code = "overlapping-terms"
        message = say(
            "two holders of {office} at once: the term of {first} ends on {ended}, and "
            "{began}; correct a date",
            office=checked.title(office),
            first=first,
            ended=moments(earlier.ended),
            began=began,
        )
    return checked.finding(code, "warning", message, [*earlier.entries, *later.entries])
