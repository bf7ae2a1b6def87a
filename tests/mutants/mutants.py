"""Plausible mistakes, seeded one at a time: source text of the engine and what to put in its place.

Each is a mistake of meaning, not of typing: the mutated engine still answers, but wrongly. The text
to replace stands exactly once in its module; where the engine has moved on, seed the mistake anew.
"""

from dataclasses import dataclass

ANSWERS = "nemcon.worlds.answers"
BASIS = "nemcon.worlds.basis"
CANDIDATES = "nemcon.worlds.candidates"
REPORTS = "nemcon.worlds.reports"
ROLL = "nemcon.worlds.roll"
EVENTS = "nemcon.worlds.events"
ATTRIBUTES = "nemcon.worlds.attributes"
CLASHES = "nemcon.worlds.clashes"
CLAIMS = "nemcon.worlds.claims"
CLAIMED = "nemcon.worlds.claimed"
DRAFTS = "nemcon.worlds.drafts"
CONFLICTS = "nemcon.worlds.conflicts"
COURSE = "nemcon.worlds.course"
DAYS = "nemcon.worlds.days"
JOINT = "nemcon.worlds.joint"
KEEPING = "nemcon.worlds.keeping"
MEMBER = "nemcon.worlds.member"
PLACEMENTS = "nemcon.worlds.placements"
PROBLEM = "nemcon.worlds.problem"
STANCES = "nemcon.worlds.stances"
RECKONING = "nemcon.worlds.reckoning"
VERDICT = "nemcon.worlds.verdict"
VARIANT = "nemcon.worlds.variant"
MODES = "nemcon.worlds.modes"
STATE = "nemcon.state"
WHEN = "nemcon.when"
EVALUATE = "nemcon.rules.evaluate"
DECIDE = "nemcon.rules.decide"


class OutOfDateError(ValueError):
    """The text that a mutant replaces does not stand exactly once in its module any more."""


@dataclass(frozen=True)
class Mutant:
    """A mistake: in `module`, `old` (once there) becomes `new`; `breaks` says what that is."""

    name: str
    module: str
    old: str
    new: str
    breaks: str

    def seeded(self, source: str) -> str:
        """The module's source with the mistake in it. Raises `OutOfDateError`."""
        if (times := source.count(self.old)) != 1:
            raise OutOfDateError(
                f"mutant '{self.name}': its text stands {times} times in {self.module}, which has "
                f"moved on; seed the mistake anew in tests/mutants/mutants.py:\n{self.old}"
            )
        return source.replace(self.old, self.new)


WORLDS = [
    Mutant(
        "events-in-any-order",
        PLACEMENTS,
        "        if any(link in placed and point >= placed[link] for link in timing.until):",
        "        if any(link in placed and point > placed[link] for link in timing.until):",
        "two events of one day, each before the other, are taken as possible at one instant",
    ),
    Mutant(
        "contradicted-events-met",
        VARIANT,
        '            return Answer("cannot tell", (), (*claims.findings, no_world())',
        '            return Answer("met", (), (*claims.findings, no_world())',
        "events that contradict each other: met in every world, as there is none",
    ),
    Mutant(
        "possible-is-met",
        ANSWERS,
        '            return "cannot tell" if self.can_fail else "met"',
        '            return "met"',
        "met in some world counts as met",
    ),
    Mutant(
        "somebody-in-each-world",
        ANSWERS,
        '    if any(one.verdict == "met" for one in reckonings):',
        "    if sum(one.can_meet for one in reckonings) > selection:",
        "two candidates, each of them met in some world, count as met",
    ),
    Mutant(
        "unlikely-is-not-met",
        ANSWERS,
        "    if any(one.can_meet for one in reckonings) or (selection and not reckonings):",
        '    if any(one.verdict == "cannot tell" for one in reckonings[:1]):',
        "not met although a candidate other than the first may be met",
    ),
    Mutant(
        "empty-roll-met",
        RECKONING,
        "            if quick is not None and (lows[1] > 0 or not quick):",
        "            if quick is not None:",
        "a rule that asks nothing of nobody is met on an empty roll",
    ),
    Mutant(
        "never-a-member-met",
        RECKONING,
        "            return False, True, Bounds(0, 0), Bounds(0, 0)  # nobody ever joined",
        "            return True, False, Bounds(0, 0), Bounds(0, 0)",
        "a body without members agrees on everything",
    ),
    Mutant(
        "unreadable-ignored",
        VERDICT,
        "    if state.sealed or state.erased:",
        "    if state.sealed and state.erased:",
        "an entry that cannot be read is taken for no entry",
    ),
    Mutant(
        "first-rival-only",
        VERDICT,
        "range(len(state.variants))]\n    named",
        "range(1)]\n    named",
        "of rival corrections the first wins",
    ),
    Mutant(
        "too-hard-is-not-met",
        VARIANT,
        '        return Answer("cannot tell", (), (*claims.findings, too_hard()), exact=False)',
        '        return Answer("not met", (), (*claims.findings, too_hard()))',
        "what is too hard to decide is called not met",
    ),
    Mutant(
        "weights-ignored",
        RECKONING,
        "self.procedure.counts(term, view, attributes) for term",
        'self.procedure.counts(replace(term, weight=""), view, attributes) for term',
        "every member weighs the same",
    ),
    Mutant(
        "withdrawal-moves-support",
        RECKONING,
        "        own = self.problem.claims.own_candidates.get(member, ())\n        if",
        "        own = self.problem.claims.own_candidates.get(member, ())\n"
        '        if candidate and self.standings[candidate].certain == "withdrawn":\n'
        "            held = {OTHER}\n"
        "        if",
        "who supported a candidate that withdrew supports it no more",
    ),
    Mutant(
        "withdrawn-still-eligible",
        RECKONING,
        "            met, failed = met and here.may_run, failed or here.may_be_out",
        "            pass",
        "a candidate that withdrew can still be agreed on",
    ),
    Mutant(
        "nominee-always",
        RECKONING,
        '        if self.conventions.nominee and "support" in held and candidate not in own:',
        '        if "support" in held and candidate not in own:',
        "the convention 'nominee' applies without being asked for",
    ),
    Mutant(
        "completeness-never-dropped",
        MODES,
        "        for p in ([True, False] if position else [False])",
        "        for p in [position]",
        "that the record is complete outweighs every report",
    ),
]

CLAIMING = [
    Mutant(
        "all-at-on",
        CLAIMED,
        "timing, entry.id, dated, if_member=everyone)",
        "timing, entry.id, dated)",
        "'all' is said of whoever is on the roll when asked",
    ),
    Mutant(
        "full-count-at-on",
        CLAIMED,
        '            Atom(p, "holds", stances, timing, entry.id, if_member=True, gate=number)',
        '            Atom(p, "holds", stances, timing, entry.id, gate=number)',
        "'2 of 2' is said of whoever is on the roll when asked",
    ),
    Mutant(
        "full-count-for-any-roll",
        PROBLEM,
        "spoken = [n for n in numbers if atoms[n].gate < 0 or acting.gates[atoms[n].gate]]",
        "spoken = numbers",
        "'3 of 3' is said of everybody on a roll of two",
    ),
    Mutant(
        "except-ignored",
        CLAIMED,
        "[p for p in self._parties if p not in entry.excepted] if everyone",
        "list(self._parties) if everyone",
        "'all except x' speaks of x too",
    ),
    Mutant(
        "tally-for-any-roll",
        CLAIMED,
        "aggregate = Aggregate(parts, exactly, entry.of, timing, entry.id, group)",
        "aggregate = Aggregate(parts, exactly, 0, timing, entry.id, group)",
        "'1 of 2' acts on a roll of three",
    ),
    Mutant(
        "group-ignored",
        CLAIMED,
        "aggregate = Aggregate(parts, exactly, entry.of, timing, entry.id, group)",
        "aggregate = Aggregate(parts, exactly, entry.of, timing, entry.id)",
        "the number of a group is one of all members",
    ),
    Mutant(
        "about-is-exactly",
        CLAIMED,
        "                return\n            slack = self._conventions.tolerance\n",
        "                pass\n            slack = self._conventions.tolerance or 0\n",
        "'about 20' is read as exactly 20",
    ),
    Mutant(
        "at-least-is-exactly",
        CLAIMED,
        'count.number + slack if entry.bound != "at-least" else LAST',
        "count.number + slack",
        "'at least 20' is read as no more than 20",
    ),
    Mutant(
        "exactly-is-at-least",
        CLAIMED,
        '            exactly = entry.bound != "at-least"\n',
        "            exactly = False\n",
        "whoever is not counted may hold the stance all the same",
    ),
    Mutant(
        "planned-is-support",
        CLAIMED,
        '"planned" and not self._is_intent(entry):\n            return\n        negated',
        '"planned" and entry.negated:\n            return\n        negated',
        "'will support' is support",
    ),
    Mutant(
        "denied-is-asserted",
        CLAIMED,
        'negated = entry.negated is not (entry.modality == "denied")',
        "negated = entry.negated",
        "a denial of support is support",
    ),
    Mutant(
        "conditional-is-support",
        CLAIMED,
        "        waits = [entry.condition_met] if conditional else []",
        "        waits = [entry.condition_met] if conditional and entry.condition_met else []",
        "support on a condition is support",
    ),
    Mutant(
        "ad-referendum-is-final",
        CLAIMED,
        'if entry.authority == "ad-referendum" else []',
        'if entry.authority == "ad-referendum" and entry.confirmed else []',
        "agreement ad referendum needs no confirmation",
    ),
    Mutant(
        "reserve-ignored",
        CLAIMED,
        "            case Reserve():",
        "            case Reserve() if not confirmed(entry):",
        "a reserve leaves the support as it was",
    ),
    Mutant(
        "objection-never-ends",
        CLAIMED,
        '"objection", entry.candidate, entry.ended, ended=ended',
        '"objection", entry.candidate',
        "an objection that was withdrawn stands",
    ),
    Mutant(
        "objection-over-by-night",
        CLAIMED,
        "        stays = raised and first == last and ends_later",
        "        stays = raised and first > last and ends_later",
        "an objection of a day need not stand at the day's end",
    ),
    Mutant(
        "ends-before-it-begins",
        CLAIMED,
        "ended_at, entry.id, dated=True, follows=timing",
        "ended_at, entry.id, dated=True",
        "an objection may have ended before it was raised",
    ),
    Mutant(
        "completeness-ignored",
        CLAIMS,
        '        if self.conventions.record == "reported" or self.claimed.unclear:',
        '        if self.conventions.record != "complete":',
        "a complete record is read as any other",
    ),
    Mutant(
        "decision-is-support",
        CLAIMED,
        "            case Tally() if confirmed(entry) or self._is_intent(entry):\n"
        "                self._tally(entry)\n",
        "            case Tally() if confirmed(entry) or self._is_intent(entry):\n"
        "                self._tally(entry)\n"
        '            case _ if entry.kind == "decision" and confirmed(entry):\n'
        '                said = StanceSet(self._stances("support", entry.candidate))\n'
        "                date = self._dates.register(\n"
        '                    entry, entry.happened, "happened", at_end=True\n'
        "                )\n"
        "                self.atoms += [\n"
        '                    Atom(p, "holds", said, date, entry.id, if_member=True)\n'
        "                    for p in self._parties\n"
        "                ]\n",
        "a decision shows that all members supported it",
    ),
    Mutant(
        "expectation-is-no-evidence",
        EVENTS,
        "append((day_range(hope.happened, state.zone)[0] + 1, LAST))",
        "append((FIRST, LAST))",
        "an event may have come before it was expected",
    ),
    Mutant(
        "accession-a-day-early",
        REPORTS,
        "    ranges = [_report_range(entry, when, state) for entry, when in whens]\n",
        '    early = key.startswith("membership")\n'
        "    found = [_report_range(entry, when, state) for entry, when in whens]\n"
        "    ranges = [(low - early, high - early) for low, high in found]\n",
        "who joins is a member from the day before",
    ),
    Mutant(
        "planned-accession-counts",
        ROLL,
        'told = [c for c in changes if confirmed(c) and c.change != "attributes"]',
        'told = [c for c in changes if c.change != "attributes"]',
        "a planned accession becomes a fact by time passing",
    ),
    Mutant(
        "attributes-of-the-future",
        ATTRIBUTES,
        "    return {member: _certain(changes, first, last) for",
        "    first = last = (10**7, 0, 0)\n    return {member: _certain(changes, first, last) for",
        "a change of weight counts before its date",
    ),
    Mutant(
        "drafts-ignored",
        CLAIMS,
        "and entry.draft not in self.drafts:",
        "and not self.drafts:",
        "support of an earlier draft is support of the present one",
    ),
]

TIME = [
    Mutant(
        "silence-is-support",
        PROBLEM,
        "        free = self.labels.every\n",
        '        said = frozenset(("support", name) for name in self.labels.views)\n'
        "        free = self.labels.mask(StanceSet(said))\n",
        "who says nothing agrees",
    ),
    Mutant(
        "silence-of-a-complete-record-is-support",
        PROBLEM,
        "none = self.labels.none if self.complete else 0",
        'said = StanceSet(frozenset({("support", next(iter(self.labels.views)))}))\n'
        "        none = self.labels.mask(said) if self.complete else 0",
        "where the record is complete, who says nothing agrees",
    ),
    Mutant(
        "dropped-whatever-the-counts",
        KEEPING,
        "        if not any(mask & less == less and parts <= more for (less, _), more in found):",
        "        if not any(mask & less == less for (less, _), more in found):",
        "what a member could keep is dropped or kept whatever the counts say of it",
    ),
    Mutant(
        "apart-through-the-roll",
        CLASHES,
        "        yield sorted(bound.union(users[move]) if bound else ())",
        "        yield sorted(bound & touched)",
        "counts that only the date of an accession sets against each other are both kept",
    ),
    Mutant(
        "group-of-the-day-asked",
        PROBLEM,
        "        told = self.claims.told.get(member, ())\n        ways",
        "        told, point = self.claims.told.get(member, ()), self.point({})\n        ways",
        "a tally of a group counts those who are of it on the day asked about",
    ),
    Mutant(
        "drafts-to-come-count",
        DRAFTS,
        "    begun = [d for d in drafts if spans[d.id][0] <= last]",
        "    begun = list(drafts)",
        "what is said of a draft counts before any draft has begun",
    ),
    Mutant(
        "draft-after-the-decision",
        DRAFTS,
        "    if not event:\n        point",
        "    if True:\n        point",
        "a draft that begins after the decision takes from it what was said of the one before",
    ),
    Mutant(
        "public-when-told",
        CANDIDATES,
        "        if since is None or since > high:",
        "        if since is None:",
        "who says that a withdrawal was public is not heard where another says it was told later",
    ),
    Mutant(
        "dateless-draft-may-be-to-come",
        DRAFTS,
        "    dated = [d for d in chain if not _dateless(d, state)] if _dateless(draft, state) else",
        "    dated =",
        "a draft of which nobody says when it began may not have begun yet",
    ),
    Mutant(
        "one-last-draft",
        DRAFTS,
        "    return tuple(dict.fromkeys(chain & named for chain in chains)) or (frozenset(),)",
        "    return tuple(dict.fromkeys(chain & named for chain in chains))[-1:] or (frozenset(),)",
        "of two drafts that may each be the last, what is said of the likelier one alone counts",
    ),
    Mutant(
        "first-of-two-waits",
        CLAIMED,
        "        return later([taken, *past], self._dates.zone)",
        "        return past[-1]",
        "of a condition and an ad referendum only the latter is waited for",
    ),
    Mutant(
        "met-before-it-was-said",
        CLAIMED,
        "        if all(surely_by(when, taken, self._dates.zone) for when in past):",
        "        if not past:",
        "a condition met before the stance was taken dates the stance",
    ),
    Mutant(
        "revived-by-a-condition",
        CLAIMS,
        "            if True not in between:",
        "            if between is not None:",
        "a condition that is met brings back whoever has objected since",
    ),
    Mutant(
        "denied-is-raised",
        CLAIMED,
        '        if entry.modality == "denied":\n            self.atoms',
        '        if entry.modality == "never":\n            self.atoms',
        "an objection that is denied is an objection",
    ),
    Mutant(
        "days-between-reports",
        CANDIDATES,
        "    several = tuple(parts) if len(parts) > 1 else ()",
        "    several = ()",
        "a step told of on two dates may have been between them",
    ),
    Mutant(
        "decision-of-one-correction",
        COURSE,
        "        taken.pop() if len(taken) == 1 else None,",
        "        taken.pop(),",
        "of rival corrections of a decision one is asked whether it is in",
    ),
    Mutant(
        "decision-apart-from-claims",
        COURSE,
        "    if taken is not None or procedure is None or not tied:",
        "    if taken is not None or procedure is None or tied or not tied:",
        "what a claim tells of the date of the decision does not bear on the stage",
    ),
    Mutant(
        "completeness-dropped-by-exchange",
        CONFLICTS,
        "    if not less - exchanged <= more - exchanged:",
        "    if not less <= more:",
        "completeness is dropped for subsets that come to others by exchanging members",
    ),
    Mutant(
        "ends-before-what-it-ends",
        CLASHES,
        "        if point < points.get(problem.claims.atoms[n].follows, point):",
        "        if point < points.get(problem.claims.atoms[n].timing, point):",
        "an end before what it ends contradicts nothing",
    ),
    Mutant(
        "dates-of-events-all-kept",
        KEEPING,
        "timings[n].just_before or (timings[n].links and n in shared))",
        "timings[n].links and n in timings[n].links)",
        "claims that events date are never dropped together",
    ),
    Mutant(
        "roll-of-the-day-asked",
        MEMBER,
        "    seated = plan.on_roll if station.seats else state.seated",
        "    seated = plan.on_roll if station.asked else state.seated",
        "the roll is always that of the day asked about",
    ),
    Mutant(
        "candidates-apart-from-claims",
        PROBLEM,
        "    return step.at(placement[step.event]) if step.event in placement else step",
        "    return step",
        "what a claim tells of the date of a withdrawal does not bear on the candidate",
    ),
    Mutant(
        "a-count-persists",
        STANCES,
        "yield from ((bit, 0, here) for bit in bits_of(self.free))",
        "yield from ((bit, 0, here) for bit in bits_of(here))",
        "whoever was not among those counted does not come to support later",
    ),
    Mutant(
        "nothing-persists",
        STANCES,
        "            if held & fits:\n                yield held, 0, held\n            moved",
        "            yield from ((bit, 0, bit) for bit in bits_of(fits & self.free))\n"
        "            moved",
        "a stance is forgotten after its day",
    ),
    Mutant(
        "moves-at-the-next-claim",
        STANCES,
        "if moved and (asked or self.found != self.every):",
        "if moved and self.found != self.every:",
        "a stance stays until the day of the claim that shows another",
    ),
    Mutant(
        "change-from-the-same-stance",
        STANCES,
        "        elif held & self.leaves:",
        "        elif not held:",
        "who supports can come to support",
    ),
    Mutant(
        "who-left-stays",
        MEMBER,
        "        roll = moves.pop() if len(moves) == 1 else state.on_roll",
        "        roll = any(moves) or state.on_roll",
        "a member that left is still on the roll",
    ),
    Mutant(
        "moves-by-date-alone",
        ROLL,
        "next((move for move in may if move.joins is joins), may[0])",
        "may[0]",
        "comings and goings do not take turns where their dates leave the order open",
    ),
    Mutant(
        "turns-without-a-link",
        ROLL,
        "        if before and chosen.joins is joins and _takes_its_turn(before, chosen):",
        "        if False:",
        "a member may be back before it was suspended",
    ),
    Mutant(
        "dated-by-no-member",
        BASIS,
        "told.of_the_roll(), procedure",
        "told, procedure",
        "what is said of a party that never joined dates an event",
    ),
    Mutant(
        "withdrawn-before-told",
        REPORTS,
        "(max(low, since), high) if since <= high else (low, high)",
        "(low, high)",
        "what is dated by a withdrawal may come before the body was told of it",
    ),
    Mutant(
        "extreme-dates-only",
        MEMBER,
        "is not act.at_end or not in_domain(point[0], act.domain):",
        "is not act.at_end or point[0] not in (act.domain[0][0], act.domain[-1][1]):",
        "of a member's own date only the earliest and the latest day are tried",
    ),
    Mutant(
        "extreme-shared-dates-only",
        PLACEMENTS,
        "    return sorted(set(days))\n",
        "    return sorted({*days[:1], *days[-1:]})\n",
        "of a date that several members share only the earliest and the latest day are tried",
    ),
    Mutant(
        "same-day-order-ignored",
        PLACEMENTS,
        "    for sequence in steps:\n",
        "    for sequence in steps[:1]:\n",
        "the events of one day come in one order only",
    ),
    Mutant(
        "before-is-end-of-day",
        PLACEMENTS,
        "        placed[name] = (anchor[0], anchor[1], anchor[2] - 1)",
        "        placed[name] = end_of_day(anchor[0])",
        "'before E' is the end of the day of E",
    ),
    Mutant(
        "after-ignored",
        PLACEMENTS,
        "if any(link in placed and point < placed[link] for link in timing.after):",
        "if any(link in placed and point < placed[link] for link in timing.after[1:]):",
        "what is said to come after an event may come before it",
    ),
    Mutant(
        "asked-at-midnight-before",
        DAYS,
        "    return end_of_day(last.toordinal() if last else LAST)",
        "    return (last.toordinal() if last else LAST), 0, 0",
        "a day means its first instant",
    ),
    Mutant(
        "last-report-wins",
        DAYS,
        "    return tuple(sorted(parts))\n",
        "    return (max(parts),)\n",
        "of reports that disagree on the day of an event the latest is right",
    ),
]

CONFLICTING = [
    Mutant(
        "conflict-drops-everything",
        CONFLICTS,
        "    return [units_in(kinds, one) for one in found], exchanged",
        "    return [part], exchanged",
        "reports that contradict each other are all left out",
    ),
    Mutant(
        "conflict-drops-one-only",
        CONFLICTS,
        "        if any(drops_less(smaller, candidate) for smaller in found):",
        "        if how_many_dropped(candidate) > 1 and found:",
        "once one report can be left out, two others never are",
    ),
    Mutant(
        "conflict-first-way-only",
        CONFLICTS,
        "            found.append(candidate)\n",
        "            return [units_in(kinds, candidate)], set()\n",
        "of the ways to resolve a conflict the first is taken",
    ),
    Mutant(
        "conflict-drops-too-much",
        CONFLICTS,
        "        if any(drops_less(smaller, candidate) for smaller in found):\n"
        "            continue\n",
        "",
        "more reports are left out than needed",
    ),
    Mutant(
        "no-tally-conflicts-alone",
        CLASHES,
        "if len(group) > 1 or group & ",
        "if len(group) > 1 and group | ",
        "a tally beyond the roll is not left out",
    ),
]

CANDIDACIES = [
    Mutant(
        "steps-of-one-day-in-order",
        CANDIDATES,
        "if all(other.first <= min(step.last, point) for other in sure if other is not step):",
        "if step is max(begun, key=lambda s: (s.last, s.change)):",
        "of two steps of one day the last in the alphabet came last",
    ),
    Mutant(
        "told-is-public",
        CANDIDATES,
        "            parts.append(((since, -1, 0), (high, END_OF_DAY, -1)))",
        "            parts.append(((max(low, since), -1, 0), (high, END_OF_DAY, -1)))",
        "a withdrawal that was told cannot count before it is public",
    ),
    Mutant(
        "declined-still-eligible",
        CANDIDATES,
        'OUT = frozenset({"withdrawn", "declined", "eliminated"})',
        'OUT = frozenset({"withdrawn"})',
        "who declined or was eliminated can still be agreed on",
    ),
    Mutant(
        "carried-at-on",
        COURSE,
        'conventions, "decision", whom, kept)',
        'conventions, "", whom, kept)',
        "whether a decision was carried is asked at `on`, not at its own instant",
    ),
    Mutant(
        "decided-when-possible",
        COURSE,
        "    return found.pop() if len(found) == 1 else None\n",
        "    return True in found\n",
        "a decision counts from the first day on which it may have been taken",
    ),
]

RULES = [
    Mutant(
        "strict-is-not",
        EVALUATE,
        "return True if low > 0 else (False if high <= 0 else None)",
        "return True if low >= 0 else (False if high < 0 else None)",
        "a tie is a majority",
    ),
    Mutant(
        "floats",
        EVALUATE,
        "return _times((node.factor, node.factor), measure(node.measure, totals))",
        "return _times((float(node.factor),) * 2, measure(node.measure, totals))",
        "55 of 100 is less than 55 % of 100",
    ),
    Mutant(
        "rounded-down",
        EVALUATE,
        "return _times((node.factor, node.factor), measure(node.measure, totals))",
        "ends = _times((node.factor, node.factor), measure(node.measure, totals))\n"
        "            return floor(ends[0]), floor(ends[1])",
        "55 % of three members is one",
    ),
    Mutant(
        "perhaps-is-no",
        EVALUATE,
        "return True if low >= 0 else (False if high < 0 else None)",
        "return low >= 0",
        "a comparison that the ranges leave open is false",
    ),
    Mutant(
        "perhaps-is-yes",
        EVALUATE,
        "    return None if open_ else True\n",
        "    return True\n",
        "conditions of which one is open are all true",
    ),
    Mutant(
        "ladder-skips-open-lines",
        DECIDE,
        "        if answer is not False:",
        "        if answer:",
        "a line that may be true is passed over",
    ),
]

RECORDS = [
    Mutant(
        "known-is-exclusive",
        STATE,
        "if day is None or day <= limit]",
        "if day is None or day < limit]",
        "what became known on a day is not known on that day",
    ),
    Mutant(
        "known-of-the-first-day",
        STATE,
        "        return sources[entry.source].date.last_day(zone)",
        "        return sources[entry.source].date.first_day(zone)",
        "a source of an uncertain date is known from the earliest",
    ),
    Mutant(
        "corrections-of-corrections-ignored",
        STATE,
        "    standing = [c for c in corrections if status.get(c.id)]",
        "    standing = list(corrections)",
        "a correction that was corrected still applies",
    ),
    Mutant(
        "replacement-known-too-soon",
        STATE,
        "(tuple(e for e in entries if e.id not in replacements),), ()",
        "(tuple(entries),), ()",
        "what replaces an entry counts before the correction is known",
    ),
    Mutant(
        "rejected-counts",
        STATE,
        "        if (answer and isinstance(answer.entry, Confirmation)) or (",
        "        if answer or (",
        "a proposal that was rejected is in",
    ),
    Mutant(
        "first-answer-counts",
        STATE,
        "    return yes if yes.sequence > no.sequence else no",
        "    return yes if yes.sequence < no.sequence else no",
        "of a confirmation and a rejection the earlier counts",
    ),
    Mutant(
        "half-open-terms",
        STATE,
        "    return _last(when, zone) <= day",
        "    return _last(when, zone) < day",
        "who starts on a day holds the office from the next",
    ),
    Mutant(
        "old-term-ends-new-one",
        STATE,
        "            if ends and (_last(other.end, self.zone) > start or other is term):",
        "            if ends:",
        "who once left an office never comes back to it",
    ),
    Mutant(
        "zone-ignored",
        WHEN,
        "        return bound.astimezone(zone).date()",
        "        return bound.date()",
        "an instant is on the day of its own offset, not of the body's zone",
    ),
    Mutant(
        "range-is-its-first-day",
        WHEN,
        "        return _day(self.latest, zone)",
        "        return _day(self.earliest, zone)",
        "a range of days is its first day",
    ),
    Mutant(
        "month-is-its-first-day",
        WHEN,
        "            return _month(int(year), int(month))",
        "            return _month(int(year), int(month))[:1] * 2",
        "a month is its first day",
    ),
    Mutant(
        "overlapping-is-before",
        WHEN,
        "        if _less(mine[1], theirs[0]):",
        "        if _less(mine[0], theirs[0]):",
        "of two ranges that overlap the one that starts first comes first",
    ),
]

MUTANTS = [
    *WORLDS,
    *CLAIMING,
    *TIME,
    *CONFLICTING,
    *CANDIDACIES,
    *RULES,
    *RECORDS,
]
