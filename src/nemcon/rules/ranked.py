"""Ranked ballots: the matrix of how many prefer whom to whom, and who comes out of it.

The method is that of the Debian constitution, A.6: who is defeated by nobody from outside is in
the Schwartz set; the weakest defeats within it are dropped, all that are equally weak together,
until there is none. Where one is left, it is the winner of the Schulze method with winning votes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from nemcon.rules.names import shown

Matrix: TypeAlias = list[list[int]]
UNRANKED = 127
_RANKS = "123456789abcdefghijklmnopqrstuvwxyz"
_BYTES = bytes.maketrans(
    b"-" + _RANKS.encode() + _RANKS.upper().encode(),
    bytes([UNRANKED, *range(1, len(_RANKS) + 1), *range(1, len(_RANKS) + 1)]),
)
_ALLOWED = ("-" + _RANKS + _RANKS.upper()).encode()
_SAMPLE = 1000


class RankingError(ValueError):
    """A ballot is no ranking of these options; the message says which and why."""


def pairwise(ballots: Mapping[Any, Any] | Sequence[Any], options: int) -> Matrix:
    """How many ballots rank option i before option j, as a matrix.

    A ballot is a text whose i-th character is the rank of option i (1 to 9, then a, b ...; `-`:
    unranked, which is equal last), or a list of ranks from 1 on, with null for unranked.
    `ballots` may also give for each ballot how often it was cast. Raises `RankingError`.
    """
    if isinstance(ballots, Mapping):
        return _weighted(ballots, options)
    if len(ballots) > _SAMPLE and _alike(ballots):
        try:
            return _weighted(Counter(ballots), options)
        except RankingError:
            raise _wrong(ballots, options) from None
    return _compared(_columns(ballots, options))


def _alike(ballots: Sequence[Any]) -> bool:
    """Whether it pays to count equal ballots first, by a sample of them."""
    some = ballots[:_SAMPLE]
    return set(map(type, ballots)) == {str} and len(set(some)) * 2 < len(some)


def _weighted(ballots: Mapping[Any, Any], options: int) -> Matrix:
    """Ballots with their numbers: one matrix for each binary digit of these."""
    for ballot, count in ballots.items():
        if isinstance(count, bool) or not isinstance(count, int) or count < 0:
            raise RankingError(f"ballot {shown(ballot)}: {shown(count)} is no number of ballots")
    total = [[0] * options for _ in range(options)]
    for digit in range(max(ballots.values(), default=0).bit_length()):
        some = [ballot for ballot, count in ballots.items() if count >> digit & 1]
        for row, found in zip(total, _compared(_columns(some, options)), strict=True):
            for j, number in enumerate(found):
                row[j] += number << digit
    return total


def _columns(ballots: Sequence[Any], options: int) -> list[bytes]:
    """For each option its ranks on all ballots, one byte each."""
    if not set(map(type, ballots)) <= {str}:
        flat = b"".join([_as_bytes(ballot, options) for ballot in ballots])
    else:
        text = "".join(ballots).encode(errors="replace")
        if set(map(len, ballots)) - {options} or text.translate(None, _ALLOWED):
            raise _wrong(ballots, options)
        flat = text.translate(_BYTES)
    return [flat[option::options] for option in range(options)]


def _as_bytes(ballot: Any, options: int) -> bytes:
    if isinstance(ballot, str):
        return _columns_of(ballot, options)
    if not isinstance(ballot, list | tuple) or len(ballot) != options:
        raise RankingError(f"ballot {shown(ballot)} does not rank {options} options")
    ranks = [rank for rank in ballot if rank is not None]
    if any(isinstance(rank, bool) or not isinstance(rank, int) or rank < 1 for rank in ranks):
        raise RankingError(f"ballot {shown(ballot)}: a rank is a whole number from 1 on, or null")
    order = {rank: place for place, rank in enumerate(sorted(set(ranks)), 1)}
    if len(order) >= UNRANKED:
        raise RankingError(f"ballot {shown(ballot)} has more than {UNRANKED - 1} ranks")
    return bytes(UNRANKED if rank is None else order[rank] for rank in ballot)


def _columns_of(ballot: str, options: int) -> bytes:
    text = ballot.encode(errors="replace")
    if len(ballot) != options or text.translate(None, _ALLOWED):
        raise _wrong([ballot], options)
    return text.translate(_BYTES)


def _wrong(ballots: Sequence[str], options: int) -> RankingError:
    for number, ballot in enumerate(ballots, 1):
        if len(ballot) != options:
            return RankingError(
                f"ballot {number}, {shown(ballot)}, has {len(ballot)} ranks for {options} options; "
                "write one character an option, '-' where it is not ranked"
            )
        if bad := sorted(set(ballot) - set(_ALLOWED.decode())):
            return RankingError(
                f"ballot {number}, {shown(ballot)}: {shown(bad[0])} is no rank; "
                "write 1 to 9, then a, b ..., or '-'"
            )
    raise AssertionError("every ballot is a ranking")


def _compared(columns: list[bytes]) -> Matrix:
    """Compare all ballots at once: a column is one large integer, one byte a ballot.

    128 + b - a - 1 never leaves its byte (ranks are below 128), and its highest bit is set exactly
    where a < b. So each pair of options costs a subtraction and a count of bits.
    """
    length = len(columns[0]) if columns else 0
    high = int.from_bytes(b"\x80" * length, "little")
    ones = high >> 7
    numbers = [int.from_bytes(column, "little") for column in columns]
    raised = [(number | high) - ones for number in numbers]
    return [
        [0 if a is b else ((raised[j] - a) & high).bit_count() for j, b in enumerate(numbers)]
        for a in numbers
    ]


def total(ballots: Mapping[Any, Any] | Sequence[Any]) -> int:
    """How many ballots there are."""
    return sum(ballots.values()) if isinstance(ballots, Mapping) else len(ballots)


def schwartz_set(options: Iterable[int], beats: Mapping[int, int]) -> list[int]:
    """The options that are beaten, over however many others, only by whom they beat likewise.

    `beats` gives for each option the options that it defeats, as bits.
    """
    every = list(options)
    reach = {option: beats[option] for option in every}
    for through in every:
        for option in every:
            if reach[option] >> through & 1:
                reach[option] |= reach[through]
    return [
        option
        for option in every
        if all(
            reach[option] >> other & 1 or not reach[other] >> option & 1
            for other in every
            if other != option
        )
    ]


def sequential_dropping(matrix: Matrix, options: Sequence[int]) -> list[int]:
    """Who is left when the weakest defeats within the Schwartz set are dropped until none is left.

    A defeat is weaker with fewer votes for it; with as many, where more votes oppose it. All that
    are equally weak go together. Several are left where none of them defeats another.
    """
    beats = {
        x: sum(1 << y for y in options if x != y and matrix[x][y] > matrix[y][x]) for x in options
    }

    def strength(defeat: tuple[int, int]) -> tuple[int, int]:
        x, y = defeat
        return matrix[x][y], -matrix[y][x]

    while True:
        inner = schwartz_set(options, beats)
        defeats = [(x, y) for x in inner for y in inner if beats[x] >> y & 1]
        if not defeats:
            return inner
        weakest = min(map(strength, defeats))
        for x, y in defeats:
            if strength((x, y)) == weakest:
                beats[x] &= ~(1 << y)


def certain_winner(matrix: Matrix, options: Sequence[int], outstanding: int) -> int | None:
    """Who defeats every other whatever so many further ballots hold; None if nobody does."""
    for x in options:
        if all(matrix[x][y] - matrix[y][x] > outstanding for y in options if y != x):
            return x
    return None
