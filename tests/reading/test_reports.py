"""The reports that the project was created from, and our own two: every proposal, in order."""

from itertools import pairwise
from pathlib import Path

import pytest

from nemcon.entries import Entry
from nemcon.reading import Document, open_document, read
from tests.reading.expected import expected, found

HERE = Path(__file__).parent
SEEDS = ("000_90c7ddf044b3b90c.txt", "003_371900b5f93141b3.txt")
OWN = ("report-2024-06-20.txt", "report-2024-06-26.txt")


def opened(path: Path) -> Document:
    document = open_document(path.read_bytes(), path.name)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("together", [True, False], ids=["together", "alone"])
@pytest.mark.parametrize("name", SEEDS)
def test_the_seeds_propose_exactly_this(
    name: str, together: bool, shared: Path, nato: tuple[Entry, ...]
) -> None:
    documents = [opened(shared / "seeds" / seed) for seed in SEEDS if together or seed == name]
    reading = read(documents, [nato])
    mine = opened(shared / "seeds" / name)
    assert found(reading, mine) == expected(HERE / "seeds.toml", name, mine)
    assert (reading.body, reading.findings) == ("nato", ())


@pytest.mark.parametrize("name", OWN)
def test_our_own_reports_propose_exactly_this(
    name: str, root: Path, nato: tuple[Entry, ...]
) -> None:
    documents = [opened(root / "examples" / "nato-2024" / own) for own in OWN]
    mine = opened(root / "examples" / "nato-2024" / name)
    assert found(read(documents, [nato]), mine) == expected(HERE / "examples.toml", name, mine)


@pytest.mark.parametrize("name", SEEDS)
def test_every_sentence_of_the_seeds_is_accounted_for(
    name: str, shared: Path, nato: tuple[Entry, ...]
) -> None:
    document = opened(shared / "seeds" / name)
    sentences = read([document], [nato]).sentences
    assert {sentence.status for sentence in sentences} == {"proposed", "context"}
    places = [(sentence.start, sentence.end) for sentence in sentences]
    between = [document.text[a:b] for (_, a), (b, _) in pairwise(places)]
    assert all(not gap.strip() for gap in between)
    assert not document.text[places[-1][1] :].strip()
