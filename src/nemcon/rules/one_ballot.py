"""One ballot on one course: who is elected, who falls out, what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import Any, TypeAlias

from nemcon.rules.answer import Comparison, range_text
from nemcon.rules.counted import each_once
from nemcon.rules.courses import (
    ContradictionError,
    Course,
    Run,
    elected_to,
    eliminated,
    exhausted_after,
    onward,
)
from nemcon.rules.names import listed
from nemcon.rules.orders import TooManyError, cuts, highest, lowest
from nemcon.rules.phases import Cut, Phase
from nemcon.rules.tables import MANY, Span, Table, firsts, reaches
from nemcon.rules.ties import TOLD, asked, told

Pick: TypeAlias = Callable[[Mapping[str, Span]], Iterator[tuple[str, ...]]]


@dataclass
class OneBallot:
    """One ballot on one course: who is elected, who falls out, what follows."""

    run: Run
    course: Course
    phase: Phase
    table: Table
    seats: int
    last: bool

    def courses(self) -> Iterator[Course]:
        """Every course that may follow."""
        for elected, level in self._winners():
            course = self.course
            for who in elected:
                course = course.with_event("elected", who, self.run.number)
            left = tuple(who for who in course.race or () if who not in elected)
            course = replace(course, elected=(*course.elected, *elected), race=left)
            if len(elected) == self.seats:
                if self._untied():
                    yield replace(course, ended="elected")
            elif level:
                yield from self._level_first(course, level)
            else:
                yield from self._without(course)

    # Who is elected

    def _winners(self) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Who may be elected, and who may be level for a seat."""
        votes = self._counted()
        reach = {who: self._reach(who, votes[who]) for who in votes}
        able = [who for who in votes if reach[who] is not False]
        sure = [who for who in votes if reach[who]]
        self._write(votes, reach)
        if self.seats > 1:
            yield from self._several(votes, able, sure)
            return
        if not sure:
            yield (), ()
        try:
            for top in highest(votes) if len(votes) > 1 else [tuple(votes)]:
                if len(top) == 1 and top[0] in able:
                    yield top, ()
                elif len(top) > 1 and all(who in able for who in top) and self._many(top):
                    yield (), top
        except TooManyError:
            self.run.lost = True

    def _several(
        self, votes: Mapping[str, Span], able: list[str], sure: list[str]
    ) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """As `_winners`, for several seats: those who reach it, as many as there are seats."""
        if any(low != high for low, high in votes.values()):
            self.run.lost = True
            return
        doubtful = sorted((who for who in able if who not in sure), key=lambda who: -votes[who][0])
        for number in range(len(doubtful) + 1):
            reached = [*sure, *doubtful[:number]]
            if doubtful[number:] and number and _equal(votes, doubtful[number - 1 : number + 1]):
                continue
            reached.sort(key=lambda who: (-votes[who][0], who))
            if len(reached) <= self.seats:
                yield tuple(reached), ()
                continue
            for above, level in cuts({who: votes[who] for who in reached}, self.seats):
                fits = len(above) + len(level) == self.seats
                winners = [who for who in reached if who in above or (fits and who in level)]
                yield tuple(winners), () if fits else level

    def _counted(self) -> dict[str, Span]:
        """The votes that are measured: first preferences, where voters give points."""
        votes = dict(self.table.votes or {})
        if not self.phase.points:
            return votes
        voters = self._base("voters")
        return {who: firsts(self.table, self.phase, who, voters) for who in votes}

    def _base(self, name: str) -> Span:
        points = self.phase.points
        each, top = (sum(points), points[0]) if points else (self.seats, 1)
        return self.table.base(name, each, top)

    def _measured(self) -> Span:
        threshold = self.phase.threshold
        if threshold.number is not None:
            return _whole(threshold.number)
        if threshold.param:
            value = str(self.run.params.get(threshold.param, ""))
            return (int(value), int(value)) if value.isdecimal() else (0, MANY)
        return self._base(threshold.of)

    def _reach(self, who: str, votes: Span) -> bool | None:
        """Whether votes are enough; none never are, however small the base is."""
        if votes[1] == 0:
            return False
        enough = self._enough(who, votes)
        return None if enough and votes[0] == 0 else enough

    def _enough(self, who: str, votes: Span) -> bool | None:
        threshold = self.phase.threshold
        if threshold.plurality:
            return True
        base = self._measured()
        if threshold.of in ("cast", "valid") and self.seats == 1 and not self.phase.points:
            return self._of_cast(who, votes, base)
        answer = reaches(votes, base, threshold.share, threshold.strict)
        if answer is None and base[0] != base[1]:
            self._ask_base(who, threshold.param or threshold.of)
        return answer

    def _of_cast(self, who: str, votes: Span, base: Span) -> bool | None:
        """The share of a sum that the votes are themselves part of."""
        threshold = self.phase.threshold
        if threshold.of in self.table.told:
            return reaches(votes, base, threshold.share, threshold.strict)
        others = [span for name, span in (self.table.votes or {}).items() if name != who]
        least, most = (sum(span[side] for span in others) for side in (0, 1))
        limit = base[1]
        worst = min(votes[0] + most, limit)
        low = reaches((votes[0], votes[0]), (worst, worst), threshold.share, threshold.strict)
        best = votes[1] + least
        high = reaches((votes[1], votes[1]), (best, best), threshold.share, threshold.strict)
        return True if low else (None if high else False)

    def _many(self, level: tuple[str, ...]) -> bool:
        """Whether so many can reach the threshold with equal votes."""
        threshold = self.phase.threshold
        if threshold.plurality or threshold.number is not None or threshold.param:
            return True
        needed = threshold.share * len(level)
        return needed < 1 or (needed == 1 and not threshold.strict)

    # Who is level

    def _level_first(self, course: Course, level: tuple[str, ...]) -> Iterator[Course]:
        open_seats = self.seats - (len(course.elected) - len(self.course.elected))
        policies = self.run.rounds.ties.first
        names = tuple(sorted(level))
        for policy in policies:
            if policy == "run-off" and self.table.run_off is not None and open_seats == 1:
                top = self._run_off(names, highest)
                if len(top) == 1:
                    yield elected_to(course, top[0], self.run.number)
                if len(top) <= 1:
                    return
                names = top
            elif policy in TOLD and (who := self._told(policy, names)) and open_seats == 1:
                tie = course.with_event("tie", list(names), self.run.number)
                yield elected_to(tie, who, self.run.number)
                return
        tie = course.with_event("tie", list(names), self.run.number)
        if {"revote", "run-off"} & set(policies) and not self.last:
            stays = names if "run-off" in policies else tie.race
            yield replace(tie, race=stays, shut=tie.shut or "run-off" in policies)
        elif "revote" in policies:
            yield tie
        else:
            ask = f"round {self.run.number}: {listed(names, 'and')} are level; {asked(policies)}"
            yield replace(tie, level=names, asks=(*tie.asks, ("tie-open", ask)))

    def _told(self, policy: str, names: tuple[str, ...]) -> str | None:
        places = [self.table.settled, *([self.run.params, self.run.ballots] if self.last else [])]
        return told(policy, names, *places)

    def _run_off(self, names: tuple[str, ...], pick: Pick) -> tuple[str, ...]:
        """Whom a ballot among the tied picks: one, or those who are tied again, or nobody.

        Nobody, where it was a ballot among others: this is not how it went.
        """
        votes = self.table.run_off or {}
        if set(votes) != set(names):
            given = listed(sorted(votes), "and")
            self._not_so(f"the run-off is among {given}, but {listed(names, 'and')} are tied")
            return ()
        found = list(pick(votes))
        return tuple(sorted(found[0])) if len(found) == 1 else names

    def _not_so(self, why: str) -> None:
        self.run.why.append(ContradictionError("run-off-not-of-the-tied", why))

    def _untied(self) -> bool:
        """Whether it may be that nobody is tied: no ballot among the tied was held."""
        if self.table.run_off is not None:
            self._not_so("a run-off was held, but nobody is tied")
        return self.table.run_off is None

    # Who falls out

    def _without(self, course: Course) -> Iterator[Course]:
        """After a ballot that did not fill all seats."""
        held = course.held + 1
        for exhausted in exhausted_after(self.phase, held):
            cut = self.phase.after if exhausted else self.phase.eliminate
            for each in self._fall(course, cut):
                yield from onward(each, self.phase, exhausted, self.run.number)

    def _fall(self, course: Course, cut: Cut) -> Iterator[Course]:
        race = course.race or ()
        votes = {who: self._short(span) for who, span in self._votes() if who in race}
        seats = self.seats - (len(course.elected) - len(self.course.elected))
        try:
            if cut.kind == "lowest" and len(race) > 1:
                for level in lowest(votes):
                    yield from self._out_lowest(course, level)
            elif cut.kind == "keep" and len(race) > cut.number(seats):
                for above, level in cuts(votes, cut.number(seats)):
                    yield from self._kept(course, cut, seats, above, level)
            else:
                yield replace(course, shut=course.shut or cut.kind == "keep")
        except TooManyError:
            ask = f"round {self.run.number}: too many votes are unknown to say who falls out"
            yield replace(course, race=None, asks=(*course.asks, ("votes-unknown", ask)))

    def _votes(self) -> Iterable[tuple[str, Span]]:
        return (self.table.votes or {}).items()

    def _short(self, votes: Span) -> Span:
        """The votes of somebody who was not elected: fewer than that takes, if it is known."""
        low, high = self._measured()
        threshold = self.phase.threshold
        if threshold.plurality or self.phase.points or self.seats > 1 or low != high:
            return votes
        needed = threshold.share * low
        most = floor(needed) if threshold.strict else ceil(needed) - 1
        return votes[0], max(votes[0], min(votes[1], most))

    def _out_lowest(self, course: Course, level: tuple[str, ...]) -> Iterator[Course]:
        names = tuple(sorted(level))
        if len(names) == 1:
            if self._untied():
                yield eliminated(course, names, self.run.number)
            return
        policies = self.run.rounds.ties.last
        spare = len(course.race or ()) > len(names)
        for policy in policies:
            if policy == "run-off" and self.table.run_off is not None:
                names = self._run_off(names, lowest)
                if len(names) == 1:
                    yield eliminated(course, names, self.run.number)
                if len(names) <= 1:
                    return
            elif policy in TOLD and (who := self._told(policy, names)):
                tie = course.with_event("tie", list(names), self.run.number)
                yield eliminated(tie, (who,), self.run.number)
                return
            elif policy == "together" and spare:
                yield eliminated(course, names, self.run.number)
                return
            elif policy == "revote":
                yield course.with_event("tie", list(names), self.run.number)
                return
        ask = f"round {self.run.number}: {listed(names, 'and')} are level for last; "
        tie = course.with_event("tie", list(names), self.run.number)
        tie = replace(tie, asks=(*tie.asks, ("tie-open", ask + asked(policies))))
        for who in names:
            yield eliminated(tie, (who,), self.run.number)
        if set(policies) <= {"none", "together"}:
            yield tie
            if spare:
                yield eliminated(tie, names, self.run.number)

    def _kept(
        self, course: Course, cut: Cut, seats: int, above: tuple[str, ...], level: tuple[str, ...]
    ) -> Iterator[Course]:
        places = cut.number(seats) - len(above)
        names = tuple(sorted(level))
        policies = self.run.rounds.ties.first
        if len(names) == places and not self._untied():
            return
        if len(names) == places or cut.ties_stay or "together" in policies:
            yield self._restrict(course, cut, (*above, *names))
            return
        if places == 1:
            if "run-off" in policies and self.table.run_off is not None:
                top = self._run_off(names, highest)
                if len(top) == 1:
                    yield self._restrict(course, cut, (*above, *top))
                if len(top) <= 1:
                    return
            for policy in policies:
                if who := self._told(policy, names):
                    tie = course.with_event("tie", list(names), self.run.number)
                    yield self._restrict(tie, cut, (*above, who))
                    return
        ask = f"round {self.run.number}: {listed(names, 'and')} are level for the cut; "
        tie = course.with_event("tie", list(names), self.run.number)
        tie = replace(tie, asks=(*tie.asks, ("tie-open", ask + asked(policies))))
        yield from (
            self._restrict(tie, cut, (*above, *some)) for some in combinations(names, places)
        )
        yield self._restrict(tie, cut, (*above, *names))

    def _restrict(self, course: Course, cut: Cut, kept: tuple[str, ...]) -> Course:
        race = course.race or ()
        stay = tuple(who for who in race if who in kept)
        out = course.out | (set(race) - set(kept))
        course = replace(course, race=stay, out=out, shut=True)
        return (
            course if cut.silent else course.with_event("restrict", sorted(stay), self.run.number)
        )

    # What is told

    def _ask_base(self, who: str, base: str) -> None:
        number = self.run.number
        text = (
            f"round {number}: whether {who} has {self.phase.threshold.words()} depends on "
            f'\'{base}\', which is not told; add "_": {{"{base}": N}} to the round'
            + (f" or --param {base}=N" if base not in ("voters", "valid", "cast") else "")
        )
        self.course = replace(
            self.course, asks=each_once([*self.course.asks, ("base-not-told", text)])
        )

    def _write(self, votes: Mapping[str, Span], reach: Mapping[str, bool | None]) -> None:
        """The comparisons that matter: of whoever has most, and of all who may be elected."""
        most = max((low for low, _ in votes.values()), default=0)
        threshold = self.phase.threshold
        of = f"round {self.run.number}"
        ranked = sorted(votes, key=lambda who: (-votes[who][0], who))
        if threshold.plurality:
            for who in ranked[1:2]:
                left, right = votes[ranked[0]], votes[who]
                holds = True if left[0] > right[1] else (False if left[1] <= right[0] else None)
                about = f"{ranked[0]} has more votes than {who}"
                self._line(of, about, _text(left), ">", _text(right), holds)
            return
        low, high = self._measured()
        right_text = _text((low, high), threshold.share)
        for who in ranked:
            if votes[who][0] == most or reach[who] is not False:
                what = "first preferences for" if self.phase.points else "votes for"
                about = f"{what} {who}: {threshold.words()}"
                left_text = _text(votes[who])
                self._line(of, about, left_text, threshold.operator, right_text, reach[who])

    def _line(self, *parts: Any) -> None:
        self.run.arithmetic.append(Comparison(*parts))


def _equal(votes: Mapping[str, Span], names: list[str]) -> bool:
    return len({votes[who] for who in names}) == 1


def _whole(number: Fraction) -> Span:
    return int(number), int(number)


def _text(span: Span, share: Fraction = Fraction(1)) -> str:
    """A range as the arithmetic shows it."""
    low, high = span
    if high >= MANY:
        return f"{share * low} or more"
    return range_text(share * low, share * high)
