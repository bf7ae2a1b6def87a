"""How long a step of a slider takes at the server, beside an empty page of the same server."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import federation
from benchmarks.clock import Aims
from benchmarks.commands import ENTRIES, EXAMPLE
from nemcon.access.stored import item_of
from nemcon.record.sqlite import SqliteLog
from nemcon.server.desk import Desk

AIM = 0.200
STEPS = 7
NEWS = 3
STEP = {
    "on": "'on' to a day",
    "known": "'known' to a day",
    "news": "'known' to a day with news",
}


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
    """Steps over the days from `first`, and over what was known on those from `told`; each kind in
    a process of its own, as a server is: what one opened and kept would slow down or help the next.
    """
    print(f"\nA step of a slider, {what} (processor time, median; the board alone)")
    opened: list[float] = []
    for number, step in enumerate(STEP):
        with ProcessPoolExecutor(1, get_context("spawn")) as own:
            spent = own.submit(_stepped, names, matter, step, first, told).result()
        if not number:
            aims.show("an empty page", spent.empty)
        opened.append(spent.opening)
        for words, each in (("not worked out yet", spent.new), ("worked out before", spent.again)):
            median = sorted(each)[len(each) // 2]
            beside = f"{median / spent.empty:.0f} x empty; slowest {max(each) * 1000:.0f} ms"
            aims.show(f"{STEP[step]} {words}", median, AIM, beside=beside)
    beside = f"{min(opened) / spent.empty:.0f} x empty"
    aims.show("the first, opening the files", min(opened), beside=beside)


class _Spent(NamedTuple):
    """Seconds: for an empty page, for the first, and for the same steps twice."""

    empty: float
    opening: float
    new: Sequence[float]
    again: Sequence[float]


def _stepped(names: Sequence[str], matter: str, step: str, first: date, told: date) -> _Spent:
    """The steps of one kind, in a fresh process."""
    desk = Desk(names)
    ask = _asker(desk, matter)
    empty = min(_timed(partial(ask, "/none", {})) for _ in range(STEPS))
    opening = _timed(partial(ask, "/", {"on": (first - timedelta(1)).isoformat()}))
    last = told + timedelta(STEPS - 1)
    asked = {
        "on": [{"on": day} for day in _days(first)],
        "known": [{"on": last, "known": day} for day in _days(told)],
        "news": [{"on": last, "known": day} for day in _news(desk, last)],
    }
    queries = [{name: day.isoformat() for name, day in one.items()} for one in asked[step]]
    new, again = ([_timed(partial(ask, "/", query)) for query in queries] for _ in range(2))
    return _Spent(empty, opening, new, again)


def _news(desk: Desk, last: date) -> Sequence[date]:
    """The latest days by then on which something became known."""
    return [day for day in desk.opened().last_news().days if day <= last][-NEWS:]


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
