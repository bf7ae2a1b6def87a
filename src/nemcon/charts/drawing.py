"""A specification drawn as SVG or PNG, without a browser and without a network."""

from __future__ import annotations

from typing import Any

from nemcon.charts.theme import Spec

_SCALE = 2  # pixels a point, for screens and print


class MissingDrawerError(Exception):
    """What draws is not installed; the message says how to get it."""


def svg(spec: Spec) -> str:
    """The picture as SVG text. Raises `MissingDrawerError`."""
    drawn: str = _drawer().vegalite_to_svg(spec, allowed_base_urls=[])
    return drawn


def png(spec: Spec) -> bytes:
    """The picture as PNG, twice as many pixels as its size says. Raises `MissingDrawerError`."""
    drawn: bytes = _drawer().vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[])
    return drawn


def _drawer() -> Any:
    try:
        import vl_convert
    except ImportError:
        raise MissingDrawerError(
            "pictures need vl-convert, which is not installed: pip install 'nemcon[plots]'"
        ) from None
    return vl_convert
