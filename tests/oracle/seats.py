"""Who is on the roll when, with which attributes, and what became of the candidates."""

from functools import lru_cache

from tests.oracle.axis import LAST, Fixed, Position, Spot, placements

Attributes = tuple[tuple[str, object], ...]
Step = tuple[str, Attributes]
ENDED = ("withdrawn", "declined", "eliminated")
TURNS = ("accession", "attributes", "suspension", "resumption", "withdrawal")
RUNNING = ("running", "declared", "nominated", "accepted")


@lru_cache(maxsize=10_000)
def roll_options(
    steps: tuple[Step, ...],
    spots: tuple[tuple[Spot, ...] | Position, ...],
    instants: tuple[Position, ...],
    fixed: Fixed,
) -> frozenset[tuple[Attributes | None, ...]]:
    """One member's seat at each instant (None: not on the roll), for every dating of its steps.

    A step with a position instead of spots is dated already.
    """
    return frozenset(
        tuple(_seat(steps, dates, instant) for instant in instants) for dates in dated(spots, fixed)
    )


def dated(
    spots: tuple[tuple[Spot, ...] | Position, ...], fixed: Fixed
) -> list[tuple[Position, ...]]:
    """Every dating of things of which some (those given as a position) are dated already."""
    loose = [i for i, where in enumerate(spots) if not _is_position(where)]
    out = []
    for places in placements(tuple(spots[i] for i in loose), fixed):
        found = list(spots)
        for i, place in zip(loose, places, strict=True):
            found[i] = place
        out.append(tuple(found))
    return out  # type: ignore[return-value]


def _is_position(where: tuple[Spot, ...] | Position) -> bool:
    return len(where) == 3 and not isinstance(where[0], tuple)


def _seat(
    steps: tuple[Step, ...], dates: tuple[Position, ...], instant: Position
) -> Attributes | None:
    """The fold of the member's steps up to the instant, the instant included."""
    changes = [change for change, _ in steps]
    on_roll = False
    attributes: dict[str, object] = {}
    # Of one instant: who joins may be gone at once, and who is suspended back at once.
    order = sorted(range(len(steps)), key=lambda i: (dates[i], TURNS.index(changes[i])))
    for i in order:
        if dates[i] > instant:
            break
        attributes.update(steps[i][1])
        if changes[i] in ("accession", "resumption"):
            on_roll = True
        elif changes[i] in ("withdrawal", "suspension"):
            on_roll = False
    return tuple(sorted(attributes.items())) if on_roll else None


@lru_cache(maxsize=10_000)
def statuses(
    steps: tuple[str, ...],
    spots: tuple[tuple[Spot, ...] | Position, ...],
    told: tuple[int, ...],
    asked: Position,
    fixed: Fixed,
) -> frozenset[str]:
    """What a candidate's status may be when asked: the last step by then (rule 20).

    `told` holds the possible days on which the body was told of the withdrawal; it takes effect
    on a day from one of these to the day on which it became public.
    """
    out = set()
    for dates in dated(spots, fixed):
        for effects in _effects(steps, dates, told, fixed):
            out |= _last_steps(steps, effects, asked)
    return frozenset(out)


def _effects(
    steps: tuple[str, ...], dates: tuple[Position, ...], told: tuple[int, ...], fixed: Fixed
) -> list[tuple[Position, ...]]:
    """The dates on which the steps take effect: as dated, but for a withdrawal that was told."""
    if "withdrawn" not in steps or not told:
        return [dates]
    which = steps.index("withdrawn")
    public = dates[which][0]
    if public < min(told):
        return [dates]  # who says that it was public does not believe that it was told later
    days = range(min(told), public + 1)
    spots = tuple(
        tuple((day, -1.0) for day in days) if i == which else date for i, date in enumerate(dates)
    )
    return dated(spots, _with(fixed, dates))


def _with(fixed: Fixed, dates: tuple[Position, ...]) -> Fixed:
    days = {day: set(places) for day, places in fixed}
    for day, place, _ in dates:
        if place < LAST:
            days.setdefault(day, set()).add(place)
    return tuple((day, tuple(sorted(places))) for day, places in sorted(days.items()))


def _last_steps(steps: tuple[str, ...], dates: tuple[Position, ...], asked: Position) -> set[str]:
    """Of steps at one instant any may be the last; who is put forward is running."""
    past = [date for date in dates if date <= asked]
    if not past:
        # Of whom only the end is reported, that one was running before it.
        return {"running" if steps and all(step in ENDED for step in steps) else "unknown"}
    last = {step for step, date in zip(steps, dates, strict=True) if date == max(past)}
    return {"running" if step in RUNNING else step for step in last}
