"""One member in one timeline: which of its units it can satisfy, and its stances when asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tests.oracle.axis import LAST, Position
from tests.oracle.claims import NONE, Claim, Sum
from tests.oracle.seats import Attributes
from tests.oracle.trajectory import Instant, stances_when_asked

Role = tuple[
    int, int
]  # the stance that a tally says the member holds (0: none), those it is out of
Roles = tuple[tuple[int, Role], ...]


@dataclass(frozen=True)
class Unit:
    """One atom of a claim: the bit that stands for it, and where it falls in this timeline."""

    bit: int
    claim: Claim
    where: Position


@dataclass(frozen=True)
class Setting:
    """What the search has fixed before it looks at a single member.

    `tallies` are those kept that act on this member, `atoms` the units that bind it here.
    """

    asked: Position
    complete: frozenset[str]
    tallies: tuple[tuple[int, Sum, Position, Attributes], ...]
    atoms: tuple[Unit, ...]


@dataclass(frozen=True)
class Stancer:
    """The stances of a case as bits of a mask."""

    index: Mapping[tuple[str, str], int]

    @property
    def universe(self) -> int:
        """All stances."""
        return (1 << len(self.index)) - 1

    def mask(self, stances: Iterable[tuple[str, str]]) -> int:
        """The mask of a set of stances; those that nobody knows are none."""
        return sum(1 << self.index[s] for s in set(stances) if s in self.index)

    def objections(self) -> int:
        """Objection to whichever candidate."""
        return self.mask(s for s in self.index if s[0] == "objection")


def in_group(attributes: Attributes, group: str) -> bool:
    """Rule 16: the attribute `class` has that value, or the attribute of that name is true."""
    values = dict(attributes)
    return not group or values.get("class") == group or values.get(group) is True


def roles(setting: Setting, stancer: Stancer) -> Iterator[Roles]:
    """Every choice of what the tallies may say of the member."""
    options: list[list[tuple[int, Role]]] = []
    for index, tally, _, attributes in setting.tallies:
        mine = {stancer.mask({n.stance}) for n in tally.numbers if in_group(attributes, n.group)}
        others = sum(mine) if tally.exact else 0
        options.append([(index, (stance, 0)) for stance in sorted(mine)] + [(index, (0, others))])
    return product(*options)


def possible_stances(
    setting: Setting, units: Sequence[Unit], chosen: Roles, stancer: Stancer
) -> int:
    """The stances when asked, if exactly these units hold and the tallies say this; 0 if none."""
    start, instants = _sequence(setting, units, dict(chosen), stancer)
    return stances_when_asked(start, unknown_of(setting, stancer), instants)


def _sequence(
    setting: Setting, units: Sequence[Unit], chosen: Mapping[int, Role], stancer: Stancer
) -> tuple[int, tuple[Instant, ...]]:
    """The member's instants in order, and its possible stances before the first claim."""
    recorded = "position" in setting.complete
    first = min((u.where for u in units), default=None)
    begins_none = recorded and all(_is_change(u.claim) for u in units if u.where == first)
    silent = Instant(stancer.universe)
    instants: dict[Position, Instant] = {setting.asked: silent._replace(asked=True)}
    for unit in units:
        at = instants.get(unit.where, silent)
        instants[unit.where] = _with_unit(at, unit.claim, setting, stancer)
        if unit.claim.lasts:
            end = (unit.where[0], LAST, 0)
            at = instants.get(end, silent)
            instants[end] = at._replace(says=at.says & stancer.mask(unit.claim.stances))
    for index, _, where, _ in setting.tallies:
        at = instants.get(where, silent)
        instants[where] = _with_role(at, chosen[index], recorded)
    start = stancer.mask({NONE}) if begins_none else unknown_of(setting, stancer)
    return start, tuple(at for _, at in sorted(instants.items()))


def unknown_of(setting: Setting, stancer: Stancer) -> int:
    """What an unknown stance may be: with objections complete, no objection (rule 17)."""
    return stancer.universe & ~(stancer.objections() if "objection" in setting.complete else 0)


def _is_change(claim: Claim) -> bool:
    """Whether a complete record would hold this as what moved the member (rule 17)."""
    return claim.sort == "changes" or claim.opens_by_change


def _with_unit(at: Instant, claim: Claim, setting: Setting, stancer: Stancer) -> Instant:
    stances = stancer.mask(claim.stances)
    if claim.sort == "open":
        return at._replace(opens=True)
    if claim.sort == "changes":
        at = at._replace(leaves=at.leaves | stances)
    if stances & ~stancer.objections():  # "any other stance" says of nobody that it objects
        stances &= unknown_of(setting, stancer)
    return at._replace(says=at.says & stances)


def _with_role(at: Instant, role: Role, recorded: bool) -> Instant:
    """A tally says that the member is in or out; in a complete record it only checks (rule 10)."""
    stance, out = role
    if recorded:
        return at._replace(fits=at.fits & (stance or ~out))
    return at._replace(says=at.says & stance if stance else at.says, out=at.out | out)
