"""What verbs with their fixed words mean: *threw its weight behind*, *dropped out of*."""

from __future__ import annotations

from functools import cache

from nemcon.reading.lexicon import PLAIN_ADVERBS, POSSESSIVES, STANDING
from nemcon.reading.line import Line

# One meaning a line; "/" separates alternatives, POSS is an optional possessive or article.
_TABLE = """
support: back; support; endorse; favour; favor; champion
support: rally behind/around/round; unite behind/around; line up behind; get behind
support: stand behind; swing behind; fall in behind; fall in line behind; coalesce around/behind
support: throw POSS weight/support/backing behind; put POSS weight/support/backing behind
support: give/lend/offer POSS support/backing/endorsement/blessing/approval to
support: give POSS green light to; side with; vote for; come out for
support: come out in support/favour/favor of; speak out in support/favour/favor of
support: be in support/favour/favor of; be behind; be on board with; vote in favour/favor of
declare: announce/declare/express/voice/confirm/state POSS support/backing/endorsement for/to/of
declare: pledge POSS support/backing for/to; declare itself/themselves in favour/favor of
declare: come out in support/favour/favor of; throw POSS weight/support/backing behind
reaffirm: reaffirm/reiterate/repeat POSS support/backing for/to
oppose: oppose; veto; block; reject; object to; vote against; be against; be opposed to
oppose: remain opposed to
oppose: raise/voice/express/have POSS objection/objections/opposition to
accept: have no objection/objections to
oppose: maintain/keep POSS objection/objections/opposition/veto to/on
oppose: put/place POSS veto on; come out against; speak out against
forsake: drop/withdraw/end/pull POSS support/backing/endorsement for/from/of
desert: drop/withdraw/end/pull/suspend POSS support/backing/endorsement
lift: drop/lift/withdraw/end/abandon/remove/waive POSS objection/objections/opposition/veto to/on
lift: drop/lift/withdraw/end/abandon/remove POSS resistance/reservations to/about/against
relent: drop/lift/withdraw/end/abandon/remove/waive POSS objection/objections/opposition/veto
relent: drop/lift/withdraw/abandon POSS resistance/reservations; relent
relent: join POSS consensus
hesitate: be hesitant/reluctant about; hesitate over/about
receive: receive/win/secure/gain/get/have/enjoy/obtain/earn/garner/attract/hold POSS
receive: win over POSS
withdraw: withdraw; pull out; drop out; bow out; back out; quit; exit; step aside
give-up: give up; abandon; end; drop; withdraw; scrap; suspend; renounce; retract; pull; terminate
run: enter/join/re-enter/rejoin; declare/announce/launch/submit/present/file/confirm
nominate: nominate; put forward; propose; put up; name
tell: tell; inform; notify
decide: appoint; select; choose; elect; name; designate; confirm; approve; pick; anoint
settle: finalise; finalize; confirm; approve; seal; formalise; formalize; announce; agree; ratify
settle: make official; endorse; decide; complete; conclude; clear
begin: take office; take up office; assume office; take over; be sworn in; begin; start
begin: assume; take up; step into; take; enter office; swear in
follow: succeed; replace; follow
finish: step down; stand down; leave; leave office; depart; retire; bow out; resign; step aside
finish: hand over
last: end; expire; run; run out; finish; conclude; come to end
accede: join; accede to; enter; become; be admitted to
secede: leave; withdraw from; quit; exit
"""


@cache
def _rows() -> dict[str, list[tuple[str, tuple[frozenset[str], ...]]]]:
    """Lemma -> the meanings it may have, the one with the longest tail first."""
    rows: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
    for line in _TABLE.strip().splitlines():
        meaning, _, patterns = line.partition(": ")
        for pattern in patterns.split("; "):
            head, *tail = pattern.split()
            steps = tuple(frozenset(step.split("/")) for step in tail)
            for lemma in head.split("/"):
                rows.setdefault(lemma, []).append((meaning, steps))
    for found in rows.values():
        found.sort(key=lambda row: -len(row[1]))
    return rows


def meanings(line: Line, at: int) -> dict[str, int]:
    """What the verb at item `at` means with the words after it: meaning -> the item after them.

    The longest pattern wins within one meaning; a verb may have several meanings.
    """
    verb = line.verb(at)
    out: dict[str, int] = {}
    if verb is None:
        return out
    for meaning, tail in _rows().get(verb.lemma, ()):
        if meaning not in out:
            end = _tail(line, at + 1, tail)
            if end is not None:
                out[meaning] = end
    return out


def _tail(line: Line, i: int, tail: tuple[frozenset[str], ...]) -> int | None:
    for step in tail:
        if "POSS" in step:
            i = past_adverbs(line, i)
            i += line.low(i) in POSSESSIVES or line.low(i) in {"the", "a", "an"}
            continue
        i = past_adverbs(line, i)
        while line.low(i) in STANDING or line.low(i) in {"an", "a"}:
            i += 1
        if line.low(i) not in step:
            return None
        i += 1
    return i


def past_adverbs(line: Line, i: int) -> int:
    """Past adverbs that change nothing, and dates."""
    while line.kind(i) == "date" or (line.kind(i) == "adverb" and line.low(i) in PLAIN_ADVERBS):
        i += 1
    return i
