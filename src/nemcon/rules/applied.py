"""A rule's steps applied to blocks of members of whom not everything is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from nemcon.rules.algebra import Position, contains
from nemcon.rules.counting import OUT, Block, Cell, Kinds
from nemcon.rules.names import Value
from nemcon.rules.normalise import Bloc, OnePer, Step, alone
from nemcon.rules.scope import INPUTS, INVALID


class Applied:
    """The steps of a rule, for kinds of members as they come in.

    A block in which the outcome of a step is open comes out with every outcome possible.
    """

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        procedure = kinds.procedure
        self._eligible = procedure.roll.eligible
        self._runs = _runs(procedure.steps)
        self._after: dict[tuple[int, int], int] = {}

    @property
    def simple(self) -> bool:
        """Whether every step looks at one member at a time."""
        return all(isinstance(run, tuple) for run in self._runs)

    def __call__(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """The blocks after all steps."""
        blocks = [self._each(block, -1) for block in blocks]
        for number, run in enumerate(self._runs):
            if isinstance(run, tuple):
                blocks = [self._each(block, number) for block in blocks]
            elif isinstance(run, Bloc):
                blocks = self._blocs(run, blocks)
            else:
                blocks = self._one_per(run, blocks)
        return blocks

    def _each(self, block: Block, run: int) -> Block:
        cells = tuple(Cell(self._next(kind, run), low, high) for kind, low, high in block.cells)
        return Block(block.low, block.high, cells)

    def _next(self, kind: int, run: int) -> int:
        """The kind after a run of steps that look at one member; run -1: who is eligible."""
        if kind == OUT:
            return OUT
        found = self._after.get((kind, run))
        if found is None:
            one = self.kinds.all[kind]
            if run >= 0:
                steps = self._runs[run]
                assert isinstance(steps, tuple)
                position = alone(steps, one.position, one.attributes)
            else:
                allowed = self._eligible
                inside = allowed is None or contains(allowed, one.position, one.attributes)
                position = one.position if inside else None
            found = self._after[kind, run] = self.kinds.number(position, one.attributes)
        return found

    # Members of one mind

    def _blocs(self, step: Bloc, blocks: Sequence[Block]) -> list[Block]:
        split = {value: self._is_split(step, value, blocks) for value in self._values(step, blocks)}
        return [self._bloc_block(step, block, split) for block in blocks]

    def _values(self, step: Bloc | OnePer, blocks: Sequence[Block]) -> list[Value]:
        kinds = {cell.kind for block in blocks for cell in block.cells}
        held = (self._value(step, kind) for kind in sorted(kinds))
        return list(dict.fromkeys(value for value in held if value is not None))

    def _value(self, step: Bloc | OnePer, kind: int) -> Value | None:
        return None if kind == OUT else self.kinds.all[kind].attributes.get(step.attribute)

    def _counts(self, step: Bloc, kind: int, value: Value) -> bool:
        """Whether members of a kind are bound to be of one mind with the bloc."""
        here = self._value(step, kind) == value
        return here and self.kinds.all[kind].position not in step.ignored

    def _is_split(self, step: Bloc, value: Value, blocks: Sequence[Block]) -> bool | None:
        possible: set[Position] = set()
        certain: set[Position] = set()
        for block in blocks:
            here = [c for c in block.cells if self._counts(step, c.kind, value)]
            possible |= {self.kinds.all[c.kind].position for c in here if c.high > 0}
            for position in {self.kinds.all[c.kind].position for c in here}:
                kinds = {c.kind for c in here if self.kinds.all[c.kind].position == position}
                if block.within(kinds.__contains__).low > 0:
                    certain.add(position)
        if len(certain) > 1:
            return True
        return False if len(possible) <= 1 else None

    def _bloc_block(self, step: Bloc, block: Block, split: dict[Value, bool | None]) -> Block:
        cells: list[Cell] = []
        for cell in block.cells:
            value = self._value(step, cell.kind)
            told = split.get(value) if value is not None else False
            if told is False or value is None or not self._counts(step, cell.kind, value):
                cells.append(cell)
                continue
            spoilt = self.kinds.number(INVALID, self.kinds.all[cell.kind].attributes)
            if told:
                cells.append(Cell(spoilt, cell.low, cell.high))
            else:
                cells += [Cell(cell.kind, 0, cell.high), Cell(spoilt, 0, cell.high)]
        return Block(block.low, block.high, tuple(cells))

    # Like positions that count as one

    def _one_per(self, step: OnePer, blocks: Sequence[Block]) -> list[Block]:
        like: dict[tuple[Value, Position], list[Block]] = defaultdict(list)
        rest: list[Block] = []
        for block in blocks:
            keys = {self._key(step, cell.kind) for cell in block.cells}
            for key in sorted(keys - {None}, key=repr):
                assert key is not None
                like[key].append(block.within(lambda kind, key=key: self._key(step, kind) == key))  # type: ignore[misc]
            cells = tuple(
                cell if self._key(step, cell.kind) is None else Cell(OUT, cell.low, cell.high)
                for cell in block.cells
            )
            rest.append(Block(block.low, block.high, cells))
        return [*rest, *(self._one(parts) for parts in like.values())]

    def _key(self, step: OnePer, kind: int) -> tuple[Value, Position] | None:
        """What makes ballots alike: None for who stands alone."""
        value = self._value(step, kind)
        position = self.kinds.all[kind].position if kind != OUT else None
        return (
            None if value is None or position is None or position in INPUTS else (value, position)
        )

    def _one(self, parts: Iterable[Block]) -> Block:
        """The one member that stands for all of these: the first in the order of attributes."""
        low: dict[int, int] = defaultdict(int)
        high: dict[int, int] = defaultdict(int)
        least = most = 0
        for part in parts:
            least, most = least + max(part.low, 0), most + part.high
            for cell in part.cells:
                sure = part.within(lambda kind, k=cell.kind: kind == k)  # type: ignore[misc]
                low[cell.kind] = max(low[cell.kind], sure.low)
                high[cell.kind] += cell.high
        cells: list[Cell] = []
        taken = False
        for kind in sorted(high, key=lambda k: repr(sorted(self.kinds.all[k].attributes.items()))):
            may = not taken and high[kind] > 0
            must = may and low[kind] > 0 and not any(cell.high for cell in cells)
            cells.append(Cell(kind, int(must), int(may)))
            taken = taken or low[kind] > 0
        return Block(int(least > 0), int(most > 0), tuple(cells))


def _runs(steps: Sequence[Step]) -> list[tuple[Step, ...] | Bloc | OnePer]:
    """The steps, those that look at one member joined where they follow each other."""
    runs: list[tuple[Step, ...] | Bloc | OnePer] = []
    for step in steps:
        if isinstance(step, Bloc | OnePer):
            runs.append(step)
        elif runs and isinstance(runs[-1], tuple):
            runs[-1] = (*runs[-1], step)
        else:
            runs.append((step,))
    return runs
