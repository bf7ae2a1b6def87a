"""Numbers: counts that do not add up, and *n of m* where m is not the roll."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from nemcon import saying
from nemcon.check.checked import Checked
from nemcon.check.words import count, days, quoted, sum_of
from nemcon.entries import AnyEntry, Count, Decision, Membership, Rule, Tally
from nemcon.findings import Finding
from nemcon.saying import plural, say, say_many
from nemcon.worlds.days import Range


def tallies_add_up(checked: Checked) -> Iterator[Finding]:
    """Tallies with a number below zero, a stance counted twice, too many members or too few, or
    nothing counted at all.
    """
    for tally in checked.state.all(Tally):
        if not tally.counts:
            message = say("this tally counts nothing; write the numbers: {form}", form=_FORM)
            yield checked.finding("nothing-counted", "warning", message, [tally], "counts")
        if any(c.number < 0 for c in tally.counts) or tally.of < 0:
            message = say("a tally counts members, and has a number below zero; correct it")
            yield checked.finding("negative-count", "error", message, [tally], "counts")
            continue
        if len({(c.stance, c.group) for c in tally.counts}) < len(tally.counts):
            yield from _counted_twice(checked, tally)
            continue
        for group, counts in _by_group(tally).items():
            yield from _sums(checked, tally, group, counts)


_FORM = "counts = { support = 29, abstention = 3 }"


def _by_group(tally: Tally) -> Mapping[str, list[Count]]:
    groups: dict[str, list[Count]] = defaultdict(list)
    for one in tally.counts:
        groups[one.group].append(one)
    return groups


def _counted_twice(checked: Checked, tally: Tally) -> Iterator[Finding]:
    times = Counter((one.stance, one.group) for one in tally.counts)
    for (stance, group), number in times.items():
        if number > 1:
            what = quoted(stance)
            if group:
                what = say("{stance} of the group {group}", stance=what, group=quoted(group))
            found = saying.listed(
                str(c.number) for c in tally.counts if (c.stance, c.group) == (stance, group)
            )
            message = say(
                "the tally counts {what} more than once ({found}); keep one of them",
                what=what,
                found=found,
            )
            yield checked.finding("counted-twice", "error", message, [tally], "counts")


def _sums(checked: Checked, tally: Tally, group: str, counts: Sequence[Count]) -> Iterator[Finding]:
    numbers = [one.number for one in counts]
    total, shown = sum(numbers), sum_of(numbers)
    if 0 < tally.of < total and tally.bound != "about":
        message = say(
            "the counts of this tally make {shown}, more than the {of} that it is of; "
            "correct a count or 'of'",
            shown=shown,
            of=tally.of,
        )
        yield checked.finding("too-many-counted", "error", message, [tally], "counts")
    elif not group and tally.bound == "exactly" and total < tally.of and len(counts) > 1:
        missing = tally.of - total
        message = say_many(
            "the counts of this tally make {shown} of {of}: {n:,} member is in no count; correct "
            "a number, or count them too (as none, say)",
            "the counts of this tally make {shown} of {of}: {n:,} members are in no count; correct "
            "a number, or count them too (as none, say)",
            missing,
            shown=shown,
            of=tally.of,
            n=missing,
        )
        yield checked.finding("too-few-counted", "warning", message, [tally], "counts")
    elif not tally.of and not group and tally.bound != "about" and checked.roll.stays:
        yield from _more_than_members(checked, tally, total, shown)


def _more_than_members(checked: Checked, tally: Tally, total: int, shown: str) -> Iterator[Finding]:
    when = checked.days(tally)
    most = checked.roll.sizes(when)[1]
    if total > most:
        message = say(
            "the counts of this tally make {shown}, but there were at most {members} on "
            "{when}; correct a count or the date",
            shown=shown,
            members=plural(most, "member"),
            when=days(when),
        )
        yield checked.finding("too-many-counted", "warning", message, [tally], "counts")


def unknown_groups(checked: Checked) -> Iterator[Finding]:
    """Counts of a class of members that no member belongs to."""
    groups = {value for name, value in _attributes(checked) if name == "class"}
    groups |= {name for name, value in _attributes(checked) if value is True}
    for tally in checked.state.all(Tally):
        for group in dict.fromkeys(one.group for one in tally.counts if one.group):
            if group not in groups:
                message = say(
                    "the tally counts members of {group}, but no member has that class, nor an "
                    "attribute of that name that is true; correct the group, or add the "
                    "attribute to memberships",
                    group=quoted(group),
                )
                yield checked.finding("unknown-group", "warning", message, [tally], "counts")


def _attributes(checked: Checked) -> set[tuple[str, object]]:
    changes = checked.state.all(Membership)
    return {pair for change in changes for pair in change.attributes.items()}


def of_the_roll(checked: Checked) -> Iterator[Finding]:
    """Tallies, decisions and rules of so many members, where the roll had another number."""
    if not checked.roll.stays:
        return
    for entry, of, when in _sized(checked):
        if of < 0 and not isinstance(entry, Tally):
            message = say("{of} is no number of members; correct it", of=of)
            yield checked.finding("negative-count", "error", message, [entry], "of")
        elif of > 0 and not checked.roll.may_number(of, when):
            yield _not_the_roll(checked, entry, of, when)


def _sized(checked: Checked) -> Iterator[tuple[AnyEntry, int, Range]]:
    for tally in checked.state.all(Tally):
        if any(not one.group for one in tally.counts):
            yield tally, tally.of, checked.days(tally)
    for decision in checked.state.all(Decision):
        yield decision, decision.of, checked.days(decision)
    for rule in checked.state.all(Rule):
        if rule.of:
            yield rule, rule.of, _in_force(checked, rule)


def _in_force(checked: Checked, rule: Rule) -> Range:
    """The days a rule's number is meant for: while it is in force, else when the source spoke."""
    if rule.start or rule.end:
        return checked.day_range(rule.start)[0], checked.day_range(rule.end)[1]
    if rule.happened or rule.source not in checked.state.sources:
        return checked.days(rule)
    day = checked.days(rule)[1]
    return day, day


def _not_the_roll(checked: Checked, entry: AnyEntry, of: int, when: Range) -> Finding:
    least, most = checked.roll.sizes(when)
    message = say(
        "this {kind} is of {of} members, but the roll of {when} has {size}; check "
        "the number and the date, or add the membership that is missing",
        kind=say(entry.kind),
        of=of,
        when=days(when),
        size=count(least, most),
    )
    return checked.finding("not-the-roll", "warning", message, [entry], "of")
