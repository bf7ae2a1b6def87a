"""Hypothesis strategies for what stands around the claims of a record, each drawn now and then.

Events told twice or dated by each other, drafts, another matter, sources and dates from which
entries are known, corrections of corrections, the zone of the body.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from hypothesis import strategies as st

from nemcon.entries import (
    AnyEntry,
    Body,
    Candidacy,
    Decision,
    Draft,
    Membership,
    Objection,
    Party,
    Position,
    Reserve,
    Tally,
    event_key,
)
from nemcon.when import When
from tests.oracle.build import MATTER, corrects, motion, on, report

LONG_AGO = on("2020-01-01")
OF_A_MATTER = (Position, Reserve, Objection, Tally, Candidacy, Decision)
CLAIMS = (Position, Reserve, Objection, Tally)


def one_in(n: int) -> st.SearchStrategy[bool]:
    """True once in `n` draws or so."""
    return st.sampled_from([False] * (n - 1) + [True])


def moved(event: AnyEntry) -> tuple[str, ...]:
    """What an entry can be dated by; changes of attributes are no event of that sort."""
    if isinstance(event, Membership) and event.change == "attributes":
        return ()
    return event_key(event)


@st.composite
def spans(draw: st.DrawFn, days: int) -> When:
    """A day or a range of days."""
    first = draw(st.integers(1, days))
    last = draw(st.integers(first, min(days, first + 2)))
    return on(f"{first}/{last}") if last > first else on(first)


def _may_move(entry: AnyEntry) -> bool:
    """Whether another day for it has a meaning: not where somebody would have left before it had
    joined.
    """
    when = entry.happened
    if isinstance(entry, Membership) and entry.change in ("suspension", "resumption"):
        return False  # two reports of one may be of two
    return not (when is None or when == LONG_AGO or isinstance(when.earliest, datetime))


@st.composite
def told_twice(draw: st.DrawFn, events: Sequence[AnyEntry], days: int) -> list[AnyEntry]:
    """A second report of one of the events, of another source: not always of the same day."""
    loose = [event for event in events if _may_move(event) and moved(event)]
    if not loose or not draw(one_in(4)):
        return []
    again = replace(draw(st.sampled_from(loose)), happened=draw(spans(days)), speaker="other")
    return [again]


@st.composite
def dated_by_each_other(draw: st.DrawFn, events: Sequence[AnyEntry]) -> tuple[AnyEntry, ...]:
    """The events, of which one is said to be before or after another."""
    loose = [n for n, e in enumerate(events) if e.happened != LONG_AGO and moved(e)]
    if len(loose) < 2 or not draw(one_in(4)):
        return tuple(events)
    which, other = draw(st.sampled_from(loose)), draw(st.sampled_from(loose))
    keys = moved(events[other])
    if not keys or keys == event_key(events[which]):
        return tuple(events)
    one = events[which]
    linked = replace(one, before=keys[0]) if draw(st.booleans()) else replace(one, after=keys[0])
    return tuple(linked if n == which else e for n, e in enumerate(events))


@st.composite
def nominated_by(
    draw: st.DrawFn, events: Sequence[AnyEntry], members: Sequence[str]
) -> tuple[AnyEntry, ...]:
    """The events, and for some candidates of which member they are."""
    out: list[AnyEntry] = list(events)
    steps = [n for n, event in enumerate(out) if isinstance(event, Candidacy)]
    if not steps or not members:
        return tuple(out)
    which, member = draw(st.sampled_from(steps)), draw(st.sampled_from(members))
    step = out[which]
    assert isinstance(step, Candidacy)
    if draw(st.booleans()):
        out[which] = replace(step, by=member)
    else:
        out.append(Party(name=step.candidate, title=step.candidate, of=member))
    return tuple(out)


@st.composite
def drafts(draw: st.DrawFn, days: int) -> list[Draft]:
    """Up to three drafts; any may carry over from another, and lack a date or a revision."""
    names = ("d1", "d2", "d3")[: draw(st.sampled_from([1, 2, 2, 2, 3]))]
    out = []
    for name in names:
        when: When | None = draw(spans(days))
        sort = draw(st.sampled_from(["", "", "", "", "instant", "none"]))
        if sort == "instant" and when is not None:
            when = When.parse(f"{when.first_day()}T{draw(st.sampled_from(['06', '18']))}:00Z")
        revision = draw(st.sampled_from(["", "", "1", "2", "final"]))
        carries = draw(st.sampled_from(["", *names]))
        out.append(
            Draft(
                name=name,
                matter=MATTER,
                happened=None if sort == "none" else when,
                revision=revision,
                carries_over=carries if carries != name else "",
            )
        )
    return out


@st.composite
def drafted(draw: st.DrawFn, said: Sequence[AnyEntry], days: int) -> list[AnyEntry]:
    """The claims, some of them on one of a few drafts, or on one that nobody recorded."""
    names = st.sampled_from(["", "d1", "d1", "d2", "d2", "d3"])
    out = [replace(e, draft=draw(names)) if isinstance(e, CLAIMS) else e for e in said]
    return [*draw(drafts(days)), *out]


@st.composite
def decided_on(draw: st.DrawFn, made: Sequence[AnyEntry]) -> list[AnyEntry]:
    """The same entries, of which decisions are dated by no event, and may name one draft: those of
    several drafts need not contradict each other, of which brute force knows nothing.
    """
    name = draw(st.sampled_from(["", "", "", "d1", "d2"]))
    return [
        replace(e, draft=name, after="", before="") if isinstance(e, Decision) else e for e in made
    ]


@st.composite
def beside_another(draw: st.DrawFn, entries: Sequence[AnyEntry]) -> tuple[AnyEntry, ...]:
    """The entries of two matters: what names neither belongs to none."""
    names = st.sampled_from([MATTER] * 5 + ["", "n"])
    own = [
        replace(e, matter=draw(names)) if isinstance(e, OF_A_MATTER) and not e.matter else e
        for e in entries
    ]
    return (replace(motion(), name="n"), *own)


@st.composite
def published(draw: st.DrawFn, made: Sequence[AnyEntry], days: int) -> list[AnyEntry]:
    """The same entries, of which one cites a report that came out on some day, or says it again."""
    which = draw(st.integers(0, len(made) - 1))
    wire = report("wire", draw(st.integers(1, days)))
    again = draw(st.booleans())
    kept = [entry for n, entry in enumerate(made) if again or n != which]
    return [*kept, wire, replace(made[which], source="wire")]


MOST_MOVES = 5


def few_moves(said: Iterable[AnyEntry]) -> list[AnyEntry]:
    """The claims, without those by which one member would move more than MOST_MOVES times: every
    order of so many would take brute force minutes.
    """
    moves: Counter[str] = Counter()
    out = []
    for entry in said:
        more = _moves(entry)
        if all((moves + more)[member] <= MOST_MOVES for member in more):
            moves += more
            out.append(entry)
    return out


def _moves(entry: AnyEntry) -> Counter[str]:
    """How many moves of each member a claim tells of, at instants that it leaves open."""
    if isinstance(entry, Objection):
        return Counter({entry.member: 1 + bool(entry.end)})
    if isinstance(entry, Reserve):
        return Counter({entry.member: 1 + (entry.lifted is not None)})
    if isinstance(entry, Position) and (entry.claim == "changes" or entry.condition):
        return Counter(entry.members)
    return Counter()


@st.composite
def known_from(draw: st.DrawFn, entries: Sequence[AnyEntry], days: int) -> tuple[AnyEntry, ...]:
    """The entries, of which one became known on a stated day."""
    which = draw(st.integers(0, len(entries) - 1))
    known = replace(entries[which], known=draw(spans(days)))
    return tuple(known if n == which else e for n, e in enumerate(entries))


@st.composite
def taken_back(draw: st.DrawFn, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
    """Corrections to nothing: of any entry but the matter, and perhaps of the correction itself;
    not of the only word on a weight, without which a rule that weighs cannot be worked out.
    """
    without = [entry for entry in entries if not getattr(entry, "attributes", None)]
    if not without:
        return []
    first = corrects(draw(st.sampled_from(without)))
    return [first, corrects(first)] if draw(one_in(3)) else [first]


@st.composite
def rival_dates(draw: st.DrawFn, entries: Sequence[AnyEntry], days: int) -> list[AnyEntry]:
    """A correction of one entry's date, and perhaps a rival that says another, or takes it out."""
    dated = [entry for entry in entries if _may_move(entry)]
    if not dated:
        return []
    wrong = draw(st.sampled_from(dated))
    taken = {entry.id for entry in entries}
    rights = [replace(wrong, happened=draw(spans(days))) for _ in range(draw(st.integers(1, 2)))]
    new = list(dict.fromkeys(right for right in rights if right.id not in taken))
    rival = [corrects(wrong)] if draw(one_in(3)) else []
    return [*(e for right in new for e in (right, corrects(wrong, right))), *rival]


@st.composite
def zones(draw: st.DrawFn) -> list[AnyEntry]:
    """Seldom, a body in a zone of its own."""
    if not draw(one_in(12)):
        return []
    zone = draw(st.sampled_from(["Asia/Tokyo", "America/New_York"]))
    return [Body(name="body", title="The body", zone=zone)]
