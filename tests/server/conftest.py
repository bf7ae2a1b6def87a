"""Pages in this process, on a desk of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from nemcon.server.desk import Desk
from nemcon.server.settings import configure
from tests.server import pseudo
from tests.server.browser import browser as browser
from tests.server.pages import Element, read_page

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "nato-2024"
FIRST, SECOND = EXAMPLE / "report-2024-06-20.txt", EXAMPLE / "report-2024-06-26.txt"
CHAIN = EXAMPLE / "tally-chain.toml"
COOP = ROOT / "tests" / "cli" / "coop.toml"
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)

configure(Desk([]), ["testserver"])


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Any
    html: str

    @property
    def page(self) -> Element:
        """The page, read."""
        return read_page(self.html)


@dataclass(frozen=True)
class Visit:
    """A visitor of the pages about one desk."""

    desk: Desk
    client: Client

    def __call__(self, address: str = "/", **headers: str) -> Answer:
        found = self.client.get(address, headers=headers)
        body = b"".join(getattr(found, "streaming_content", None) or [found.content])
        found.close()
        return Answer(found.status_code, found.headers, body.decode())


Serve = Callable[..., Visit]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve files: `serve(FIRST, SECOND)` gives a visitor."""
    told: list[Any] = []

    def serving(*names: Path | str, body: str = "") -> Visit:
        desk = Desk([str(name) for name in names], body=body, clock=lambda: NOW)
        changed = override_settings(NEMCON_DESK=desk, ALLOWED_HOSTS=["testserver"])
        changed.enable()
        told.append(changed)
        return Visit(desk, Client(raise_request_exception=False))

    yield serving
    for changed in reversed(told):
        changed.disable()


@pytest.fixture
def both(serve: Serve) -> Visit:
    """The two reports of the example."""
    return serve(FIRST, SECOND)


@pytest.fixture(scope="module")
def unspoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogues of a language that nobody speaks."""
    return pseudo.write(tmp_path_factory.mktemp("locale"))


@pytest.fixture
def spoken(unspoken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That language is one of those of every server that the test starts."""
    monkeypatch.setenv("NEMCON_LOCALE", str(unspoken))
