"""Colours, letters and sizes of every picture, light and dark.

The colours are those of Okabe and Ito (2008), which stay apart for people with any of the usual
colour deficiencies. Nothing is said by colour alone: what is certain is thick, what is possible is
half as thick, what is not is a thin line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from nemcon.views.tongue import code

Spec: TypeAlias = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# The first is there on most systems and among the widest, so that no other outgrows its room.
FONT = "DejaVu Sans, Verdana, Noto Sans, Arial, sans-serif"
SIZE = 11
MOST_CANDIDATES = 4
"""Panels of candidates that a picture holds; the rest is told in a line."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours. `candidates` are taken in turn."""

    paper: str
    ink: str
    dim: str
    line: str
    shade: str
    candidates: tuple[str, ...]
    verdicts: tuple[tuple[str, str], ...]
    stages: tuple[tuple[str, str], ...]

    def candidate(self, number: int) -> str:
        """The colour of the candidate with this number."""
        return self.candidates[number % len(self.candidates)]


LIGHT = Theme(
    paper="#ffffff",
    ink="#1b1b1b",
    dim="#595959",
    line="#d9d9d9",
    shade="#f2f2f2",
    candidates=("#0072b2", "#cc79a7", "#56b4e9", "#e69f00"),
    verdicts=(("met", "#009e73"), ("cannot tell", "#e69f00"), ("not met", "#d55e00")),
    stages=(
        ("open", "#d9d9d9"),
        ("consensus", "#a6a6a6"),
        ("decided", "#595959"),
        ("in-office", "#1b1b1b"),
        ("in-force", "#1b1b1b"),
    ),
)

DARK = Theme(
    paper="#16181d",
    ink="#ececec",
    dim="#b4b8c0",
    line="#3a3f49",
    shade="#20242c",
    candidates=("#56b4e9", "#e3a3c8", "#9db7ff", "#e69f00"),
    verdicts=(("met", "#2fc79b"), ("cannot tell", "#f0e442"), ("not met", "#f2803c")),
    stages=(
        ("open", "#4a505c"),
        ("consensus", "#7d8490"),
        ("decided", "#b4b8c0"),
        ("in-office", "#ffffff"),
        ("in-force", "#ffffff"),
    ),
)


def theme(*, dark: bool) -> Theme:
    """The colours on a dark or a light page."""
    return DARK if dark else LIGHT


def silent() -> Spec:
    """For an axis, a legend or a mark of which Vega tells a screen reader in English: in
    another language it keeps silent, since the page says beside the picture what it shows.
    """
    return {"aria": False} if code() else {}


def config(look: Theme) -> Spec:
    """The settings that every picture shares."""
    return {
        "background": look.paper,
        "font": FONT,
        "padding": 16,
        "axis": {
            "labelColor": look.ink,
            "labelFontSize": SIZE,
            "titleColor": look.dim,
            "titleFontSize": SIZE,
            "titleFontWeight": "normal",
            "domainColor": look.dim,
            "tickColor": look.dim,
            "gridColor": look.line,
            **silent(),
        },
        "title": {
            "color": look.ink,
            "subtitleColor": look.dim,
            "fontSize": 15,
            "subtitleFontSize": SIZE,
            "anchor": "start",
            "subtitlePadding": 4,
            "offset": 34,
        },
        "legend": {
            "labelColor": look.ink,
            "titleColor": look.dim,
            "labelFontSize": SIZE,
            **silent(),
        },
        "view": {"stroke": None},
        "concat": {"spacing": 44},
    }
