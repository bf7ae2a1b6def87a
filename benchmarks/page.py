"""How long a step of a slider takes at the server, beside an empty page of the same server."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import federation
from benchmarks.clock import Aims
from benchmarks.commands import ENTRIES, EXAMPLE
from nemcon.access.stored import item_of
from nemcon.record.sqlite import SqliteLog
from nemcon.server.desk import Desk

AIM = 0.200
STEPS = 7


def pages(aims: Aims, folder: Path) -> None:
    """Both sliders over the example and over the large record."""
    record = folder / "page.nemcon"
    with SqliteLog.create(record) as log, log.writing() as writer:
        writer.append(map(item_of, federation.entries(ENTRIES, "one")))
    reports = sorted(map(str, EXAMPLE.glob("report-*.txt")))
    _desk(aims, "the two reports", reports, "sg-2024", date(2024, 6, 10), date(2024, 6, 20))
    words = f"{ENTRIES:,} entries, {federation.MEMBERS} members"
    _desk(aims, words, [str(record)], federation.LIVE, date(2024, 4, 1), date(2024, 4, 1))


def _desk(
    aims: Aims, what: str, names: Sequence[str], matter: str, first: date, told: date
) -> None:
    """Steps over the days from `first`, and over what was known on those from `told`."""
    print(f"\nA step of a slider, {what} (processor time, median; the board alone)")
    ask = _asker(Desk(names), matter)
    empty = min(_timed(partial(ask, "/none", {})) for _ in range(STEPS))
    aims.show("an empty page", empty)
    last = told + timedelta(STEPS - 1)
    news = [day for day in Desk(names).opened().last_news().days if day <= last][-2:]
    steps = {
        "'on' to a day": [{"on": day} for day in _days(first)],
        "'known' to a day": [{"on": last, "known": day} for day in _days(told)],
        "'known' to a day with news": [{"on": last, "known": day} for day in news],
    }
    opened: list[float] = []
    for step, asked in steps.items():
        ask = _asker(Desk(names), matter)
        opened.append(_timed(partial(ask, "/", {"on": (first - timedelta(1)).isoformat()})))
        queries = [{name: day.isoformat() for name, day in one.items()} for one in asked]
        for words in ("not worked out yet", "worked out before"):
            spent = sorted(_timed(partial(ask, "/", query)) for query in queries)
            median = spent[len(spent) // 2]
            beside = f"{median / empty:.0f} x empty; slowest {spent[-1] * 1000:.0f} ms"
            aims.show(f"{step} {words}", median, AIM, beside=beside)
    aims.show(
        "the first, opening the files", min(opened), beside=f"{min(opened) / empty:.0f} x empty"
    )


def _days(first: date) -> list[date]:
    """The days that are stepped over."""
    return [first + timedelta(n) for n in range(STEPS)]


def _asker(desk: Desk, matter: str) -> Callable[[str, dict[str, str]], None]:
    from django.test import Client, override_settings

    from nemcon.server.settings import configure

    configure(desk, ["testserver"])
    client = Client()

    def ask(path: str, query: dict[str, str]) -> None:
        with override_settings(NEMCON_DESK=desk, ALLOWED_HOSTS=["testserver"]):
            address = f"{path}?{urlencode({'matter': matter, **query})}"
            found = client.get(address, headers={"HX-Request": "true"})
        assert found.status_code in (200, 404), found.status_code

    return ask


def _timed(work: Callable[[], None]) -> float:
    """Processor time: a busy machine changes it little."""
    start = time.process_time()
    work()
    return time.process_time() - start
