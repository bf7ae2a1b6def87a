"""Colours that stand side by side stay apart for people who see them otherwise."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from nemcon.analysis.roll_calls import RollCall, standing
from nemcon.charts.theme import theme
from nemcon.charts.votes import standing_chart

Colour = tuple[float, float, float]

# What each deficiency makes of linear red, green and blue: Machado, Oliveira and Fernandes,
# "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009), severity 1.
SEEN = {
    "all": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
APART = 15  # six times what is just noticed


def linear(text: str) -> Colour:
    parts = (int(text[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def times(rows: Sequence[Sequence[float]], colour: Colour) -> Colour:
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, colour, strict=True)))) for row in rows
    )
    return red, green, blue


def lab(colour: Colour) -> Colour:
    """CIE 1976 L*a*b* under D65."""
    xyz = times(
        ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0178, 0.1095, 0.8727)), colour
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(one: str, other: str, seen: str) -> float:
    pair = (lab(times(SEEN[seen], linear(each))) for each in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5)


def side_by_side(*, dark: bool) -> dict[str, list[str]]:
    look = theme(dark=dark)
    chart = standing_chart(
        standing([RollCall("1", "", "", {"a": "yes", "b": "no"})]), "", dark=dark
    )
    company = chart["layer"][0]["encoding"]["color"]["scale"]["range"]
    return {
        "verdicts": [colour for _, colour in look.verdicts],
        "company": company,
        "power": [look.candidates[0], look.candidates[3], look.paper],
    }


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("what", ["verdicts", "company", "power"])
@pytest.mark.parametrize("dark", [False, True])
def test_colours_stay_apart(dark: bool, what: str, seen: str) -> None:
    colours = side_by_side(dark=dark)[what]
    near = {
        (one, other): round(distance(one, other, seen))
        for one, other in itertools.combinations(colours, 2)
        if distance(one, other, seen) < APART
    }
    assert near == {}


def test_colours_that_are_near_are_found() -> None:
    """Red and green of one brightness are one colour to who lacks the green cones."""
    assert (
        distance("#c00000", "#5a6a00", "deuteranopia")
        < APART
        < distance("#c00000", "#5a6a00", "all")
    )
