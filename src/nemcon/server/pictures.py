"""What all pictures of the pages share: the forms in which one can be had, and its frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from nemcon.charts.drawing import MissingDrawerError, png, svg
from nemcon.charts.theme import Spec
from nemcon.tables.csv_text import csv_text
from nemcon.tables.grid import Cell, Row, Sheet

FORMS = ("json", "svg", "png", "csv")
_LEAST, _MOST = 200, 1200

Draw = Callable[[bool, int], Spec]
"""A picture on a dark page or not, in so many pixels (0: with its title, on a page of its own)."""


@dataclass(frozen=True)
class Picture:
    """A picture on a page: where its forms are, what it shows, and that in one sentence."""

    address: str
    query: str
    alt: str
    caption: str
    canvas: bool = False
    fits: bool = True

    def form(self, form: str) -> str:
        """The address of one form."""
        query = f"?{self.query}" if self.query else ""
        return f"{self.address}.{form}{query}"

    @property
    def spec(self) -> str:
        """The Vega-Lite specification that the script draws."""
        return self.form("json")

    @property
    def svg(self) -> str:
        """The picture to be kept."""
        return self.form("svg")

    @property
    def dark(self) -> str:
        """The same for a dark page."""
        return f"{self.svg}{'&' if self.query else '?'}look=dark"

    @property
    def png(self) -> str:
        """The picture as pixels."""
        return self.form("png")

    @property
    def csv(self) -> str:
        """The numbers."""
        return self.form("csv")


def served(
    request: HttpRequest,
    form: str,
    name: str,
    draw: Draw,
    rows: Callable[[], Iterable[Sequence[object]]],
) -> HttpResponse:
    """A picture, called `name`, in the form that the address asks for; `rows` are its numbers."""
    if form not in FORMS:
        raise Http404
    dark = is_dark(request)
    if form == "csv":
        return _file(numbers(rows()), "text/csv; charset=utf-8", f"{name}.csv")
    if form == "json":
        return JsonResponse(draw(dark, room_of(request)))
    return drawn(name, draw(dark, 0), form)


def drawn(name: str, spec: Spec, form: str = "svg") -> HttpResponse:
    """A picture as SVG, to be looked at, or as PNG, to be kept; 501 where nothing here draws."""
    try:
        if form == "svg":
            return _file(svg(spec), "image/svg+xml", f"{name}.svg", "inline")
        return _file(png(spec), "image/png", f"{name}.png")
    except MissingDrawerError as error:
        return plain(str(error), 501)


def plain(message: str, status: int, **headers: str) -> HttpResponse:
    """Why there is no picture, for whoever asks for one alone."""
    kind = "text/plain; charset=utf-8"
    return HttpResponse(f"{message}\n", content_type=kind, status=status, headers=headers)


def is_dark(request: HttpRequest) -> bool:
    """Whether the picture is for a dark page."""
    return request.GET.get("look") == "dark"


def room_of(request: HttpRequest) -> int:
    """The pixels that the page has for the picture; a common width where it does not say."""
    text = request.GET.get("room", "")
    if not (text.isascii() and text.isdigit()):
        return 900
    return max(_LEAST, min(_MOST, int(text[:6])))


def numbers(rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV text that no spreadsheet takes for formulas."""
    cells = [tuple(_cell(value) for value in row) for row in rows]
    sheet = Sheet("", "", [Row(number, row) for number, row in enumerate(cells, 1)])
    return csv_text(sheet)


def _cell(value: object) -> Cell:
    return value if value is None or isinstance(value, int | str) else str(value)


def _file(content: str | bytes, kind: str, name: str, how: str = "attachment") -> HttpResponse:
    kept = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_"
        for letter in name
    )
    disposition = f'{how}; filename="{kept}"'
    headers = {"Content-Disposition": disposition}
    return HttpResponse(content, content_type=kind, headers=headers)
