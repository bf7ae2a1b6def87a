"""The answer: verdict, bounds, stage and decision over all worlds (ADR 0002, 22-25)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from nemcon.entries import AnyEntry
from nemcon.when import When
from tests.oracle.axis import Range, as_range
from tests.oracle.claims import Case, Reader, candidates_of, zone_of
from tests.oracle.drafts import of_drafts
from tests.oracle.filter import alternatives, of_matter
from tests.oracle.rules import BOTH, Roll, Rule
from tests.oracle.search import Box, Search
from tests.oracle.seats import ENDED, Attributes
from tests.oracle.strangers import still_stands
from tests.oracle.trajectory import bits

MET, NOT_MET, CANNOT_TELL = "met", "not met", "cannot tell"
CARRIED = {MET: "carried", NOT_MET: "not carried", CANNOT_TELL: "not shown to be carried"}
Seat = tuple[Attributes, str] | None  # attributes and stance; None: not on the roll


@dataclass(frozen=True)
class Tells:
    """What the worlds say of one candidate ("" in a motion)."""

    verdict: str
    least: int
    most: int
    roll_least: int
    roll_most: int
    certain: frozenset[str]
    open: frozenset[str]
    against: frozenset[str]
    status: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """The whole answer; `no_world` if roll, links and rule data alone allow none."""

    verdict: str
    candidates: Mapping[str, Tells] = field(default_factory=dict)
    stages: frozenset[str] = frozenset()
    carried: str | None = None
    no_world: bool = False


def answer(
    entries: Sequence[AnyEntry],
    matter: str,
    on: When,
    known: When | None = None,
    conventions: Mapping[str, object] | None = None,
    *,
    rule: Rule | Callable[[Roll], bool],
) -> Answer:
    """Whether the matter is agreed `on` that day or instant, as `known` then, under the rule.

    A bare predicate is taken to tell support and objection apart.
    """
    rule = rule if isinstance(rule, Rule) else Rule("given", BOTH, rule)
    zone = zone_of(entries)
    every = [of_matter(some, matter) for some in alternatives(entries, known, zone)]
    candidates = candidates_of(every)
    when = as_range(on, zone)

    def read(record: Sequence[AnyEntry]) -> Case:
        return Reader(record, candidates, on, conventions or {}, rule.reads, zone).case

    cases = [read(way) for some in every for way in of_drafts(some, matter, when, zone)]
    assert when.high is not None
    asked = [Asked(case, Search(case, when).worlds(), rule, when.high) for case in cases]
    if any(not one.boxes for one in asked):
        return Answer(CANNOT_TELL, no_world=True)
    tells = {candidate: _tells(asked, candidate) for candidate in candidates}
    verdict = _overall([one.verdict for one in tells.values()])
    stages = _stages(asked, [one.verdict for one in tells.values()], verdict)
    then = [
        read(way)
        for some in every
        for span in _decided_between(read(some))
        for way in of_drafts(some, matter, span, zone, decision=True)
    ]
    carried = _carried(then, when, rule) if "decided" in stages else None
    return Answer(verdict, tells, stages, carried)


@dataclass(frozen=True)
class Asked:
    """The worlds of one record, at the instant asked about."""

    case: Case
    boxes: set[Box]
    rule: Rule
    until: int

    def met(self, candidate: str) -> set[bool]:
        """Whether the rule is met for an eligible candidate: the answers of all worlds."""
        index = self.case.candidates.index(candidate)
        out: set[bool] = set()
        if still_stands(self.case.strangers, self.case.denials, candidate, self.until):
            out.add(False)
        for box in self.boxes:
            eligible = {status not in ENDED for status in box.statuses[index]}
            if False in eligible:
                out.add(False)
            if True in eligible:
                out |= self._rule_met(candidate, box)
        return out

    def _rule_met(self, candidate: str, box: Box) -> set[bool]:
        options = self.box_seats(candidate, box)
        rolls = (zip(options, seats, strict=True) for seats in product(*options.values()))
        return {
            self.rule([(m, dict(seat[0]), seat[1]) for m, seat in roll if seat is not None])
            for roll in rolls
        }

    def status(self, candidate: str) -> frozenset[str]:
        """The statuses that the candidate may have."""
        index = self.case.candidates.index(candidate)
        return frozenset().union(*(box.statuses[index] for box in self.boxes))

    def box_seats(self, candidate: str, box: Box) -> dict[str, frozenset[Seat]]:
        """For each member the seats that it may have in the worlds of the box."""
        stances = sorted(self.case.universe)
        out = {}
        for member, (seats, mask) in zip(self.case.members, box.members, strict=True):
            towards_it = (towards(stances[bit.bit_length() - 1], candidate) for bit in bits(mask))
            held = {
                told for held in towards_it for told in self._counted(member, held, candidate, box)
            }
            options: set[Seat] = {None} if None in seats else set()
            options |= {(seat, stance) for seat in seats if seat is not None for stance in held}
            out[member] = frozenset(options)
        return out

    def _counted(self, member: str, stance: str, candidate: str, box: Box) -> set[str]:
        """Rule 21: support for another counts as none while a candidate of one's own is running."""
        own = self.case.nominees.get(member, set())
        if stance != "support" or not own or candidate in own:
            return {stance}
        mine = [s for c, s in zip(self.case.candidates, box.statuses, strict=True) if c in own]
        return {"none" if "running" in states else stance for states in product(*mine)}


def towards(stance: tuple[str, str], candidate: str) -> str:
    """The stance towards a candidate; an objection to none in particular is to all (rule 10)."""
    if stance[1] == candidate or stance == ("objection", ""):
        return stance[0]
    return "none"


def _tells(asked: Sequence[Asked], candidate: str) -> Tells:
    boxes = [one.box_seats(candidate, box) for one in asked for box in one.boxes]
    members = {member for box in boxes for member in box}
    can = {m: {_supports(seat) for box in boxes for seat in box.get(m, {None})} for m in members}
    seated = {m for m in members if any(box.get(m, {None}) - {None} for box in boxes)}
    supports = [[{_supports(seat) for seat in seats} for seats in box.values()] for box in boxes]
    rolls = [[{seat is not None for seat in seats} for seats in box.values()] for box in boxes]
    return Tells(
        _verdict(set().union(*(one.met(candidate) for one in asked))),
        min(sum(map(min, box)) for box in supports),
        max(sum(map(max, box)) for box in supports),
        min(sum(map(min, box)) for box in rolls),
        max(sum(map(max, box)) for box in rolls),
        frozenset(m for m in members if can[m] == {True}),
        frozenset(m for m in members if can[m] == {True, False}),
        frozenset(m for m in seated if can[m] == {False}),
        frozenset().union(*(one.status(candidate) for one in asked)),
    )


def _supports(seat: Seat) -> bool:
    return seat is not None and seat[1] == "support"


def _verdict(answers: set[bool]) -> str:
    if answers == {True}:
        return MET
    return NOT_MET if answers == {False} else CANNOT_TELL


def _overall(verdicts: Iterable[str]) -> str:
    """Rule 12: the same candidate in every world, or nobody in any."""
    some = set(verdicts)
    if MET in some:
        return MET
    return NOT_MET if some == {NOT_MET} else CANNOT_TELL


def _stages(asked: Sequence[Asked], verdicts: Sequence[str], verdict: str) -> frozenset[str]:
    """Rule 23."""
    decided = {flag for one in asked for box in one.boxes for flag in box.decided}
    if decided == {True}:
        return frozenset({"decided"})
    stages = {"decided"} if True in decided else set()
    if any(one != NOT_MET for one in verdicts):
        stages.add("consensus")
    return frozenset(stages if verdict == MET else stages | {"open"})


def _decided_between(case: Case) -> list[Range]:
    """The days from the first to the last on which it may have been decided."""
    spans = case.events["decision"].spans if "decision" in case.events else ()
    if not spans:
        return []
    lows, highs = {span.low for span in spans}, {span.high for span in spans}
    clock = spans[0].clock if len(spans) == 1 else None
    low = None if None in lows else min(low for low in lows if low is not None)
    return [Range(low, None if None in highs else max(h for h in highs if h is not None), clock)]


def _carried(cases: Sequence[Case], on: Range, rule: Rule) -> str | None:
    """Rule 14: the rule at the decision's own instant, for whom it was decided.

    Of several who are said to have been chosen, for each; and where a report says that it was
    refused, it may have been.
    """
    decided = [case for case in cases if "decision" in case.events]
    assert on.high is not None
    lasts = [span.high for case in decided for span in case.events["decision"].spans]
    ends = [day for day in lasts if day is not None]
    until = min([on.high, *([max(ends)] if len(ends) == len(lasts) and ends else [])])
    asked = [Asked(c, Search(c, on, at_decision=True).worlds(), rule, until) for c in decided]
    told = {one for case in decided for one in case.decided}
    chosen = {candidate for in_favour, candidate in told if in_favour}
    if not chosen:
        return None
    each = {
        candidate: _verdict(set().union(*(a.met(candidate) for a in asked)))
        for candidate in cases[0].candidates
    }
    found = {each[candidate] for candidate in chosen - {""}} or {_overall(each.values())}
    refused = any(not in_favour for in_favour, _ in told)
    if len(found) > 1 or (refused and found == {MET}):
        return CARRIED[CANNOT_TELL]
    return CARRIED[found.pop()]
