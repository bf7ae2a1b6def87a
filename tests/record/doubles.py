"""A clock and a source of randomness that a test can foresee, and contents to record."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

START = datetime(2024, 6, 20, 12, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass
class Clock:
    """Says `now`, which a test may change, and goes on by `step` each time it is asked."""

    now: datetime = START
    step: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        said, self.now = self.now, self.now + self.step
        return said


@dataclass
class Random:
    """Bytes that look random, never repeat, and are the same in every run."""

    seed: str = ""
    drawn: list[bytes] = field(default_factory=list)

    def __call__(self, size: int) -> bytes:
        text = f"{self.seed} {len(self.drawn)}"
        self.drawn.append(hashlib.shake_256(text.encode()).digest(size))
        return self.drawn[-1]


class Golden(Random):
    """The random numbers of the example in `docs/format-record.md`: the log's id, then 0, 1, 2 …"""

    def __call__(self, size: int) -> bytes:
        start = sum(map(len, self.drawn)) - 16
        self.drawn.append(bytes(16) if start < 0 else bytes(range(start, start + size)))
        return self.drawn[-1]


# Computed apart from the package, with hashlib, hmac and AESGCM.
GOLDEN_CONTENT: dict[str, object] = {"kind": "remark", "id": "é"}
GOLDEN_LEAF = (
    b'{"commitment":"600cd5553ad367b3deff227dc61f6d23990ecf0c5ca2aeeb34fad9488112c0de",'
    b'"format":"nemcon-leaf/1",'
    b'"random":"000102030405060708090a0b0c0d0e0f",'
    b'"recorded":"2024-06-20T12:00:00.000000Z",'
    b'"visibility":"public"}'
)
GOLDEN_SEALED_SHA256 = "fe88519e51e3a12664e3e3ddb59ec565722e5316a441a2fc9918f53fef37c56c"


def content(number: int = 1, **entry: object) -> dict[str, object]:
    """A content of the shape that the writer of a record uses."""
    return {
        "kind": "position",
        "id": f"position-{number:08}",
        "key": f"idempotency-{number:08}",
        "entry": {"member": "slovakia", "stance": "support", **entry},
    }
