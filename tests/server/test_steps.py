"""Pages asked step by step show what each shows alone, whatever of them was kept."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import pytest
from django.test import override_settings

from benchmarks import federation
from nemcon.text import write_toml
from tests.server.conftest import CHAIN, COOP, FIRST, Serve, Visit

STEPS = 10


def _walk(chance: Random, first: date, days: int, matter: str) -> list[str]:
    """Addresses of pages, each but for one part that of the step before."""
    asked = {"matter": matter, "on": first.isoformat()}
    found = []
    for _ in range(STEPS):
        name = chance.choice(["on", "on", "known", "known", "stale", "intent", "record"])
        values = {"stale": ["", "3"], "intent": ["", "yes"], "record": ["", "complete"]}
        day = (first + timedelta(chance.randrange(days))).isoformat()
        asked[name] = chance.choice(values.get(name, [day]))
        found.append("/?" + urlencode({key: value for key, value in asked.items() if value}))
    return found


def _shown(visit: Visit, address: str) -> str:
    """A page of this visitor's own desk, whoever else was served since."""
    with override_settings(NEMCON_DESK=visit.desk):
        found = visit(address)
    assert found.status == 200, address
    return found.html


@pytest.mark.parametrize(
    ("files", "first", "matter"),
    [
        ((FIRST, CHAIN), date(2024, 6, 8), "sg-2024"),
        ((COOP,), date(2024, 3, 1), ""),
    ],
    ids=["the example", "three members"],
)
def test_a_walk_over_dates_and_switches(
    serve: Serve, files: tuple[Path, ...], first: date, matter: str
) -> None:
    warm = serve(*files)
    for address in _walk(Random(11), first, 15, matter):
        assert _shown(warm, address) == _shown(serve(*files), address), address


def test_a_walk_over_a_large_record(serve: Serve, tmp_path: Path) -> None:
    """Sources become known on the way, and objections are raised and withdrawn."""
    path = tmp_path / "federation.toml"
    path.write_text(write_toml(federation.entries(1_400, "one", share="1/2")), "utf-8")
    warm = serve(path)
    for address in _walk(Random(5), date(2024, 3, 5), 55, federation.LIVE)[:5]:
        assert _shown(warm, address) == _shown(serve(path), address), address


def test_a_walk_in_another_language_leads_on_in_it(serve: Serve) -> None:
    """What is kept of a page in one language, or with one beginning of addresses, is not shown on
    another."""
    warm = serve(FIRST)
    for address in ("/?on=2024-06-20", "/en/?on=2024-06-20", "/?on=2024-06-19"):
        html = _shown(warm, address)
        assert html == _shown(serve(FIRST), address)
        assert ('href="/en/member/' in html) is address.startswith("/en/")
