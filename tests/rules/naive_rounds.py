"""An oracle for rounds with known votes: the words of a rule done step by step, by hand as it were.

It shares nothing with the engine. A rule is a list of plain dictionaries, as in a file; every
number is known, and ties are settled by `pick`, which gets the tied in alphabetical order.
"""

from collections.abc import Callable
from fractions import Fraction

Ballot = dict[str, int]
Pick = Callable[[list[str]], list[str]]


def run(phases: list[dict], ballots: list[Ballot], eligible: int, pick_out: Pick) -> list:
    """The events of one seat. `pick_out`: who falls out of those who are level for last.

    Raises `ValueError` where a ballot cannot have been held.
    """
    events: list = []
    at, held = 0, 0
    out: set[str] = set()
    shut: set[str] | None = None
    for number, ballot in enumerate(ballots, 1):
        if at < 0:
            raise ValueError("after the end")
        phase = phases[at]
        if out & set(ballot) or (shut is not None and set(ballot) - shut):
            raise ValueError("not in the race")
        winner = _winner(phase["threshold"], ballot, eligible)
        if winner is not None:
            events.append(["elected" if len(winner) == 1 else "tie", _one(winner), number])
            at = -1
            continue
        held += 1
        last = phase.get("ballots") == held
        step = phase.get("after", phase.get("eliminate", "none")) if last else None
        step = phase.get("eliminate", "none") if step is None else step
        gone, found = _fall(step, ballot, number, pick_out)
        events += found
        out |= gone
        if step.startswith("keep"):
            shut = set(ballot) - gone
        if last:
            held = 0
            if "next" in phase:
                at = next(n for n, other in enumerate(phases) if other["name"] == phase["next"])
            else:
                events.append([phase.get("end", "no result"), None, number])
                at = -1
    return events


def _one(names: list[str]):
    return names[0] if len(names) == 1 else sorted(names)


def _winner(threshold: dict, ballot: Ballot, eligible: int) -> list[str] | None:
    most = max(ballot.values())
    if most == 0:
        return None
    first = [who for who in ballot if ballot[who] == most]
    if threshold.get("plurality"):
        return first
    base = {"eligible": eligible, "cast": sum(ballot.values())}[threshold["of"]]
    needed = Fraction(threshold["share"]) * base
    enough = most > needed if threshold.get("strict") else most >= needed
    return first if enough else None


def _fall(step: str, ballot: Ballot, number: int, pick_out: Pick) -> tuple[set[str], list]:
    if step == "none" or len(ballot) < 2:
        return set(), []
    if step == "lowest":
        least = min(ballot.values())
        level = sorted(who for who in ballot if ballot[who] == least)
        if len(level) == 1:
            return set(level), [["eliminate", level[0], number]]
        gone = pick_out(level)
        tie = [["tie", level, number]]
        return set(gone), [*tie, *(["eliminate", who, number] for who in gone)]
    places = int(step.split()[1])
    if len(ballot) <= places:
        return set(), []
    ranked = sorted(ballot.values(), reverse=True)
    kept = {who for who in ballot if ballot[who] >= ranked[places - 1]}
    assert len(kept) == places, "the oracle is not asked about ties at a cut"
    return set(ballot) - kept, [["restrict", sorted(kept), number]]
