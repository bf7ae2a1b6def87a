"""Deciding rounds: every course that the ballots held so far allow, and what they have in common.

A course is one way in which everything may have gone. Each ballot leads from each course to one
or more others: to several where votes are unknown, reports differ or a tie is not settled. A
ballot that a course does not allow (somebody who was eliminated is voted for) ends that course;
where it ends all of them, the ballots contradict the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil, floor
from typing import Any

from nemcon.findings import Finding
from nemcon.rules.answer import Verdict
from nemcon.rules.counted import Counted, each_once, unreadable
from nemcon.rules.courses import (
    ContradictionError,
    Course,
    MayVote,
    Run,
    either,
    exhausted_after,
    how_it_ended,
    onward,
)
from nemcon.rules.names import as_value, listed, shown
from nemcon.rules.one_ballot import OneBallot
from nemcon.rules.phases import Phase, Rounds, read_rounds
from nemcon.rules.tables import Table, TableError, impossible, read_table
from nemcon.rules.ties import said

__all__ = ["ANOTHER", "Rounds", "decide_rounds", "read_rounds"]

ANOTHER = "(someone else)"
"""Stands for whoever may be voted for without having been named."""

MOST_COURSES = 2000


def decide_rounds(
    rounds: Rounds,
    ballots: Mapping[str, Any],
    params: Mapping[str, Any] | None = None,
    groups: Sequence[tuple[Mapping[str, Any], int]] | None = None,
) -> Counted:
    """Decide from the ballots held so far.

    `ballots` holds `rounds`: a table for each ballot, a list of tables where reports differ, or
    null; or `reports`: several whole accounts `{"source", "rounds"}`. Beside it may stand
    `candidates` (a list, or a table of their attributes), `seats`, `closed` (no ballot will
    follow). `params` may name what settles a tie (`lot`, `casting_vote`, `agreement`) and bases
    (`eligible`). `groups`: the roll, as attributes and how many members have them.
    Raises `RuleError` for a parameter that is not known. Bad or contradictory ballots give
    findings of severity error.
    """
    params = said(params or {}, rounds.params)
    if "reports" in ballots:
        return _reports(rounds, ballots, params, groups)
    try:
        may_vote = _electorate(rounds, ballots.get("candidates"), groups)
        tables = _tables(ballots.get("rounds"), params)
        rounds = replace(rounds, seats=_seats(ballots, params, rounds.seats))
        return _Deciding(rounds, ballots, params, may_vote).through(tables)
    except TableError as error:
        return unreadable(str(error), "ballots-unreadable")


def _reports(
    rounds: Rounds, ballots: Mapping[str, Any], params: Mapping[str, Any], groups: Any
) -> Counted:
    """Several accounts of the same ballots: only what all of them give is sure."""
    accounts = ballots["reports"]
    if not isinstance(accounts, list) or not accounts:
        return unreadable('\'reports\' is no list; write [{"source": "...", "rounds": [...]}, ...]')
    rest = {key: value for key, value in ballots.items() if key not in ("reports", "rounds")}
    results = []
    findings: list[Finding] = []
    for number, account in enumerate(accounts, 1):
        if not isinstance(account, Mapping):
            return unreadable(f'report {number} is no table; write {{"source", "rounds"}}')
        name = str(account.get("source", f"report {number}"))
        one = decide_rounds(rounds, {**rest, **account}, params, groups)
        wrong = [each for each in one.findings if each.severity == "error"]
        if wrong and len(accounts) > 1:
            text = f"{name} is left out, since it cannot be true: {wrong[0].message}"
            findings.append(Finding("report-contradicts-rule", "warning", text))
        else:
            results.append((name, one))
            findings += one.findings
    if not results:
        return unreadable("no report can be true under this rule", "ballots-contradict-rule")
    return _common([one for _, one in results], [name for name, _ in results], findings)


def _common(every: Sequence[Counted], names: Sequence[str], findings: list[Finding]) -> Counted:
    first = every[0]
    agreed = all((one.outcome, one.verdict) == (first.outcome, first.verdict) for one in every[1:])
    notes = [note for one in every for note in one.notes]
    if not agreed:
        notes.append(f"the reports differ ({listed(names, 'and')}), and so does what follows")
    return Counted(
        first.outcome if agreed else None,
        each_once(who for one in every for who in one.possible),
        tuple(who for who in first.certain if all(who in one.certain for one in every)),
        first.verdict if agreed else "cannot tell",
        tuple(event for event in first.events if all(event in one.events for one in every)),
        each_once(notes),
        each_once(line for one in every for line in one.arithmetic),
        each_once(findings),
        first.more,
    )


def _tables(data: Any, params: Mapping[str, Any]) -> list[list[Table]]:
    """The tables of each ballot, one for each report; ballots among the tied go with theirs."""
    if not isinstance(data, list):
        raise TableError('no \'rounds\'; write {"rounds": [{"A": 12, "B": 9}, ...]}')
    found: list[list[Table]] = []
    for item in data:
        number = len(found) + 1
        several = item if isinstance(item, list) and item else [item]
        tables = [read_table(each, number) for each in several]
        if any(table.is_run_off for table in tables):
            if not found or len(tables) > 1:
                raise TableError(f"round {number}: a ballot among the tied follows no ballot")
            found[-1] = [replace(each, run_off=tables[0].votes) for each in found[-1]]
        else:
            found.append([_with_bases(table, params) for table in tables])
    return found


def _electorate(
    rounds: Rounds, candidates: Any, groups: Sequence[tuple[Mapping[str, Any], int]] | None
) -> MayVote | None:
    """How many of the roll may vote while these candidates are in the race; None: not known."""
    if groups is None:
        return None
    attribute = rounds.excluded

    def may_vote(race: tuple[str, ...]) -> int | None:
        if not attribute:
            return sum(count for _, count in groups)
        theirs = set()
        for who in race:
            of = candidates.get(who) if isinstance(candidates, Mapping) else None
            if not isinstance(of, Mapping) or attribute not in of:
                return None
            theirs.add(as_value(of[attribute]))
        return sum(
            count
            for attributes, count in groups
            if attribute not in attributes or as_value(attributes[attribute]) not in theirs
        )

    return may_vote


def _with_bases(table: Table, params: Mapping[str, Any]) -> Table:
    told = {
        name: int(str(params[name]))
        for name in ("eligible", "members")
        if str(params.get(name, "")).isdecimal()
    }
    return replace(table, told={**told, **table.told})


def _seats(ballots: Mapping[str, Any], params: Mapping[str, Any], default: int) -> int:
    value = params.get("seats", ballots.get("seats", default))
    if isinstance(value, bool) or not str(value).isdecimal() or int(str(value)) < 1:
        raise TableError(f"'seats' is {shown(value)}; write a whole number from 1 on")
    return int(str(value))


class _Deciding(Run):
    """One run through the ballots."""

    # From ballot to ballot

    def through(self, tables: list[list[Table]]) -> Counted:
        """The result of all ballots."""
        candidates = self.ballots.get("candidates")
        race = tuple(map(str, candidates)) if isinstance(candidates, list | Mapping) else None
        courses = [Course(race=race)]
        for self.number, several in enumerate(tables, 1):
            last = self.number == len(tables)
            courses = self._ballot(courses, several, last)
            if not courses:
                break
        declared = [
            {"who": each[0].declared, "round": n}
            for n, each in enumerate(tables, 1)
            if each[0].declared
        ]
        return self._result(courses, declared[-1] if declared else None)

    def _ballot(self, courses: list[Course], tables: list[Table], last: bool) -> list[Course]:
        found: dict[tuple[Any, ...], Course] = {}
        self.why = []
        for course in courses:
            for table in tables:
                try:
                    for each in self._step(course, table, last):
                        same = each.same()
                        found[same] = either(found[same], each) if same in found else each
                except ContradictionError as reason:
                    self.why.append(reason)
        if self.lost or len(found) > MOST_COURSES:
            self.lost = True
            found = {}
        elif not found:
            message = f"round {self.number}: {self.why[0]}"
            self.findings.append(Finding(self.why[0].code, "error", message))
        return list(found.values())

    def _step(self, course: Course, table: Table, last: bool) -> Iterator[Course]:
        if course.ended or course.level:
            raise ContradictionError(
                "round-after-end", f"it comes after the end: {how_it_ended(course)}"
            )
        course = self._enter(course, table)
        for start in self._starts(course):
            phase = self.rounds.phases[start.phase]
            if start.race is None:
                yield from self._unknown(start, phase, table)
                continue
            filled = self._filled(table.among(start.race), start.race)
            seats = self.rounds.seats - len(start.elected)
            if problem := impossible(filled, phase, seats):
                raise ContradictionError("votes-exceed-base", problem)
            if not filled.votes:
                raise ContradictionError("nobody-in-the-race", "nobody is left to be voted for")
            yield from OneBallot(self, start, phase, filled, seats, last).courses()

    def _starts(self, course: Course) -> Iterator[Course]:
        """The phases in which the first ballot may be."""
        if self.number > 1 or not self.rounds.start:
            yield course
        elif course.race is not None:
            yield replace(course, phase=self.rounds.first(len(course.race)))
        else:
            for phase in sorted({0, *(phase for _, phase in self.rounds.start)}):
                yield replace(course, phase=phase)

    def _enter(self, course: Course, table: Table) -> Course:
        """Who is in the race for this ballot, by its table."""
        names = table.names()
        if self.rounds.phases[course.phase].open and self.number > 0:
            return replace(course, race=names or None, out=frozenset(), shut=False)
        if table.votes is None:
            return course
        new = sorted(set(names) - set(course.race or names))
        if new and course.shut:
            raise ContradictionError(
                "not-in-the-race",
                f"the ballot is restricted to {listed(sorted(course.race or ()), 'and')}; "
                f"{listed(new, 'and')} cannot be voted for",
            )
        if back := sorted(course.out.intersection(names)):
            raise ContradictionError(
                "eliminated-appears-again",
                f"{listed(back, 'and')} had been eliminated before and cannot be voted for again",
            )
        if course.race is None:
            return replace(course, race=names)
        left = sorted(set(course.race) - set(names))
        notes = [f"{who} {_enters(course, who)} before round {self.number}" for who in new]
        notes += [f"{who} is no longer a candidate in round {self.number}" for who in left]
        return replace(
            course,
            race=names,
            gone=(course.gone - set(new)) | set(left),
            notes=(*course.notes, *notes),
        )

    def _filled(self, table: Table, race: tuple[str, ...]) -> Table:
        """The table with what the roll says: all members, and who may vote in this race."""
        if self.may_vote is None:
            return table
        sizes = {"members": self.may_vote(()), "eligible": self.may_vote(race)}
        known = {name: size for name, size in sizes.items() if size is not None}
        return replace(table, told={**known, **table.told})

    def _unknown(self, course: Course, phase: Phase, table: Table) -> Iterator[Course]:
        """A ballot of which not even the candidates are known."""
        if needed := self._needed(phase, table):
            course = replace(course, notes=(*course.notes, needed))
        if self.rounds.seats == 1:
            yield replace(course, ended="elected", elected=(ANOTHER,))
        for ended in exhausted_after(phase, course.held + 1):
            yield from onward(course, phase, ended, self.number)

    def _needed(self, phase: Phase, table: Table) -> str:
        """How many votes were needed, where nobody knows how many there were."""
        of = phase.threshold.of
        if phase.threshold.plurality or of not in table.told:
            return ""
        size = table.told[of]
        exact = phase.threshold.share * size
        least = floor(exact) + 1 if phase.threshold.strict else ceil(exact)
        words = f"{phase.threshold.words()}, which are {size}"
        return f"round {self.number}: the votes are not known; {least} were needed ({words})"

    # The result

    def _result(self, courses: list[Course], declared: Any) -> Counted:
        failed = any(each.severity == "error" for each in self.findings)
        possible = each_once(who for course in courses for who in self._possible(course))
        outcomes = each_once(self._outcome(course) for course in courses)
        outcome = outcomes[0] if len(outcomes) == 1 else None
        events = list(courses[0].events) if courses else []
        events = [one for one in events if all(one in course.events for course in courses)]
        if self.lost:
            text = "too much is unknown to follow every course; nothing is ruled out"
            self.findings.append(Finding("too-many-courses", "warning", text))
            possible = (ANOTHER,)
        if outcome is None and courses and not failed:
            self._ask(courses)
        more = {} if declared is None else {"declared": declared}
        if declared is not None and outcome is not None and declared["who"] != outcome:
            text = f"{declared['who']} was declared elected, but the votes give: {outcome}"
            self.findings.append(Finding("declared-not-computed", "warning", text))
        certain = list(courses[0].elected) if courses else []
        return Counted(
            outcome,
            possible,
            tuple(who for who in certain if all(who in each.elected for each in courses)),
            self._verdict(courses),
            tuple([kind, who, number] for kind, who, number in events),
            each_once(note for course in courses for note in course.notes),
            each_once(self.arithmetic),
            each_once(self.findings),
            more,
        )

    def _verdict(self, courses: list[Course]) -> Verdict:
        if not courses or self.lost:
            return "cannot tell"
        one = len(each_once(self._outcome(each) for each in courses)) == 1
        if one and courses[0].ended == "elected" and ANOTHER not in courses[0].elected:
            return "met"
        closed = self.ballots.get("closed") is True
        over = all(each.ended or (closed and not each.level) for each in courses)
        return "not met" if over and not any(each.elected for each in courses) else "cannot tell"

    def _outcome(self, course: Course) -> Any:
        if course.ended == "elected":
            several = self.rounds.seats > 1
            return list(course.elected) if several else _named(course.elected[0])
        return course.ended or None

    def _possible(self, course: Course) -> Iterable[Any]:
        if course.ended:
            return course.elected if course.ended == "elected" else (course.ended,)
        if course.level:
            return (*course.elected, *sorted(course.level))
        phase = self.rounds.phases[course.phase]
        names = () if phase.open else course.race
        others = (ANOTHER,) if phase.open or names is None else ()
        known = sorted(names or (course.race or ()))
        return (*course.elected, *known, *others, *self.rounds.ends(course.phase))

    def _ask(self, courses: list[Course]) -> None:
        for code, text in each_once(ask for course in courses for ask in course.asks):
            self.findings.append(Finding(code, "warning", text))


def _enters(course: Course, who: str) -> str:
    return "is a candidate again" if who in course.gone else "becomes a candidate"


def _named(who: str) -> str | None:
    return None if who == ANOTHER else who
