"""Questions to the counting of rounds and choices, for seeded mistakes: name and call of each."""

import itertools
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.rules import library

HALF = 'threshold = {of = "valid", share = "1/2", strict = true}'
MOST = "threshold = {plurality = true}"


def questions() -> Iterator[tuple[str, Callable[[], Any]]]:
    """All questions, to the modules that are loaded now."""
    yield from _library()
    yield from _rounds()
    yield from _choices()
    yield from _rankings()


def _library() -> Iterator[tuple[str, Callable[[], Any]]]:
    for name in library.IN_ROUNDS:
        for case in library.procedure(name).cases:
            yield (
                f"{name}: {case.title}",
                partial(library.rounds_of, library.rounds(name), case.ballots),
            )
    for name in library.IN_ONE_COUNT:
        for case in library.procedure(name).cases:
            yield (
                f"{name}: {case.title}",
                partial(library.chosen, name, dict(case.ballots), case.date),
            )


def _rounds() -> Iterator[tuple[str, Callable[[], Any]]]:
    def ask(name: str, text: str, *ballots: Any, **beside: Any) -> tuple[str, Callable[[], Any]]:
        params = beside.pop("params", None)
        told = {"rounds": list(ballots), **beside}
        return name, lambda: library.rounds_of(library.rule(text), told, params)

    def held(name: str, rule: str, *ballots: Any, **beside: Any) -> tuple[str, Callable[[], Any]]:
        return name, lambda: library.held(rule, *ballots, **beside)

    eliminate = f'tie = "none"\n[[phase]]\n{HALF}\neliminate = "lowest"'
    level = {"A": 9, "B": 4, "C": 4, "D": 2}
    yield ask("half", eliminate, {"A": 6, "B": 4, "C": 2})
    yield ask("level for last", eliminate, {"A": 8, "B": 4, "C": 4})
    yield ask("back again", eliminate, level, level)
    yield ask("after the end", eliminate, {"A": 9, "B": 1}, {"A": 9, "B": 1})
    yield ask("nobody voted", eliminate, {"A": 0, "B": 0})
    yield ask("nobody voted, two fifths", f"[[phase]]\n{HALF.replace('1/2', '2/5')}", {"A": 0})
    low = 'threshold = {of = "cast", share = "1/2"}'
    yield ask("no votes reach half of none", f"[[phase]]\n{low}", {"A": 0, "B": 0})
    yield ask("half reached", f"[[phase]]\n{low}", {"A": 5, "B": 4, "C": 1})
    yield ask("others are voters", eliminate, {"A": 9, "B": 1, "_": {"voters": 12, "invalid": 3}})
    yield ask("unknown", eliminate, {"A": None, "B": 4, "C": 3, "_": {"voters": 12}})
    for text in (eliminate, f'tie = "lot"\n[[phase]]\n{MOST}'):
        for low_, high in itertools.combinations(range(3, 9), 2):
            ballot = {"A": [low_, high], "B": 5, "C": 5, "D": [4, 6]}
            yield ask(f"ranges {low_} {high} {text}", text, ballot)
            yield ask(f"ranges {low_} {high} then {text}", text, ballot, {"A": 3, "B": 2})
    yield ask("declared", eliminate, {"A": 9, "B": 1, "_": {"declared": "B"}})
    yield ask("declared as counted", eliminate, {"A": 9, "B": 1, "_": {"declared": "A"}})
    run_off = {"tiebreak": {"B": 5, "C": 6}}
    yield held("run-off", "ioc-host-2013", {"A": 8, "B": 4, "C": 4, "_": run_off})
    yield ask("first level", f'tie = "lot"\n[[phase]]\n{MOST}', {"A": 4, "B": 4, "C": 1})
    yield ask("lot", f'tie = "lot"\n[[phase]]\n{MOST}', {"A": 4, "B": 4}, params={"lot": "B"})
    two = [{"A": 20, "B": 19, "_": {"eligible": 49}}] * 3
    yield held("two from the start", "au-commission-chair", *two)
    yield held(
        "entered after the cut",
        "au-commission-chair",
        *[{"A": 20, "B": 15, "C": 9, "_": {"eligible": 49}}] * 3,
        {"A": 20, "D": 20, "_": {"eligible": 49}},
    )
    assembly = [{"A": 60, "B": 50, "C": 9}, *[{"A": 60, "B": 50}] * 3, {"A": 60, "C": 50, "D": 4}]
    yield held("assembly", "un-ga-election", *assembly)
    yield held(
        "assembly again",
        "un-ga-election",
        *assembly,
        assembly[-1],
        assembly[-1],
        {"A": 60, "C": 50},
    )
    yield held("several seats", "un-ga-election", {"A": 66, "B": 34}, seats=2)
    yield held("several seats filled", "un-ga-election", {"A": 90, "B": 80, "C": 10}, seats=2)
    either = [{"A": 33, "_": {"eligible": 49}}, {"A": 32, "_": {"eligible": 49}}]
    yield held("reports of one ballot", "au-commission-chair", *two, either)
    yield held("unknown ballots", "au-commission-chair", None, None, two[0], candidates=["A", "B"])
    yield held(
        "two unknown votes",
        "au-commission-chair",
        {"A": None, "B": 9, "_": {"eligible": 49}},
        two[0],
    )
    many = [{"A": 60, "B": 50, "C": 23, "_": {"voters": 133}}]
    for number in (32, 33, 34):
        yield held(
            f"{number} ballots",
            "conclave",
            *many * number,
            {"A": 60, "B": 50, "_": {"voters": 131}},
            *many,
        )
    for points in (41, 42, 67, 68):
        yield held(
            f"{points} points", "eu-agency-seat-2017", {"A": points, "B": 20, "_": {"members": 27}}
        )
    cut = {"A": 30, "B": 25, "C": 20, "D": 20, "E": 1, "_": {"members": 27}}
    yield held("level at the cut", "eu-agency-seat-2017", cut, {"A": 9, "B": 6, "C": 6, "D": 6})
    yield held("all level", "ilo-director-general", {"A": 28, "B": 28, "_": {"members": 56}})
    yield held("no majority yet", "us-speaker", {"A": 5, "B": 5, "C": 1})
    groups = [({"country": "a"}, 2), ({}, 10)]
    told = {
        "rounds": [{"A": 6, "B": 5}],
        "candidates": {"A": {"country": "a"}, "B": {"country": "b"}},
    }
    yield (
        "compatriots",
        lambda: library.rounds_of(library.rounds("ioc-host-2013"), told, groups=groups),
    )
    seat = {"A": 150, "B": 60, "C": 50, "_": {"valid": 190}}
    yield held("one of two seats", "un-ga-election", seat, seats=2)
    either = [{"A": 4, "B": 4, "C": 9}, {"A": 3, "B": 4, "C": 9}]
    over = f'tie = "none"\n[[phase]]\n{HALF.replace("1/2", "3/4")}\neliminate = "lowest"'
    yield ask("a tie in one of two reports", over, either, {"B": 4, "C": 9})
    yield "who may be above a cut", _cuts
    accounts = [{"source": n, "rounds": [{"A": a, "B": 5}]} for n, a in (("x", 6), ("y", 5))]
    yield (
        "accounts",
        lambda: library.rounds_of(library.rounds("us-speaker"), {"reports": accounts}),
    )


def _cuts() -> Any:
    from nemcon.rules.orders import cuts

    return sorted(cuts({"A": (3, 4), "B": (4, 4), "C": (2, 6), "D": (0, 3)}, 2))


def _choices() -> Iterator[tuple[str, Callable[[], Any]]]:
    def ask(name: str, text: str, vote: dict, **params: Any) -> tuple[str, Callable[[], Any]]:
        return name, lambda: library.choice_of(library.choice(text), vote, params)

    plural, approve = 'method = "plurality"\ntie = "lot"', 'method = "approval"\nseats = 2'
    yield ask("level in one count", plural, {"totals": {"A": 3, "B": 3, "C": 1}})
    yield ask("lot of the level", plural, {"totals": {"A": 3, "B": 3, "C": 1}}, lot="B")
    for number in range(4):
        yield ask(
            f"{number} outstanding", plural, {"totals": {"A": 5, "B": 3}, "outstanding": number}
        )
        cast = [["A"], ["A", "B"], ["A", "B"], ["C"]]
        yield ask(f"{number} approvals", approve, {"approvals": cast, "outstanding": number})
    yield (
        "unchecked",
        lambda: library.chosen(
            "pep13-council", {"approvals": dict(zip("ABCDEF", range(9, 3, -1), strict=True))}
        ),
    )
    theirs = {who: {"employer": e} for who, e in zip("ABCDEF", "xxxyzu", strict=True)}
    level = {
        "approvals": dict(zip("ABCDEF", (9, 9, 9, 5, 4, 3), strict=True)),
        "candidates": theirs,
    }
    yield "limit and tie", lambda: library.chosen("pep13-council", level)
    for votes in ({"A": 130, "B": 60}, {"A": 90, "B": 80, "C": 40, "D": 40, "E": 1}, {"A": 131}):
        yield (
            f"electors {votes}",
            partial(library.chosen, "us-electoral-college", {"totals": votes, "appointed": 261}),
        )
    scores = [
        {"A": 5, "B": 4},
        {"A": 5, "B": 4},
        {"A": 2, "B": 1},
        {"B": 5, "C": 5},
        {"B": 5, "A": 1},
    ]
    yield ask("star", 'method = "star"', {"scores": scores})


def _rankings() -> Iterator[tuple[str, Callable[[], Any]]]:
    def ask(name: str, vote: dict, on: str = "2019") -> tuple[str, Callable[[], Any]]:
        return name, lambda: library.chosen("debian-a6", {"quorum": 1, **vote}, on)

    def two(better: int, worse: int) -> dict:
        return {"options": 2, "rankings": {"12": better, "21": worse, "1-": 1}}

    for votes, against in ((44, 1), (43, 1), (0, 3), (9, 10), (8, 10)):
        yield ask(f"{votes} to {against}", {**two(votes, against), "quorum": 45})
        yield (
            "root " + str(votes),
            partial(library.chosen, "debian-a6", two(votes, 1), developers=900),
        )
    for on in ("2004", "2005", "2019"):
        yield ask(f"three to one {on}", {**two(29, 10), "majority": 3}, on)
        yield ask(f"one to one {on}", {**two(9, 10)}, on)
    yield ask("outstanding", {**two(60, 40), "outstanding": 20, "majority": 1})
    yield ask("outstanding and majority", {**two(60, 40), "outstanding": 20, "majority": "3/2"})
    yield ask("outstanding, fewer", {**two(60, 40), "outstanding": 21})
    for number, cast in enumerate(
        (
            ["1234", "1234", "2341", "3412", "4123"],
            ["1234", "2314", "3124", "1234"],
            ["1234", "2314", "3124"],
            ["12-3", "-12-", "2--1", "11-2", "3124", "2413"],
            ["1234"] * 4 + ["2314"] * 3 + ["3124"] * 2,
            ["1234"] * 3 + ["3124"] * 3 + ["2314"] * 2 + ["1324"] + ["2-14"] * 2,
            ["2143", "3214", "1423", "4312", "1234", "2341", "3124"],
            ["1112", "1122", "2112"],
        )
    ):
        yield ask(f"ranking {number}", {"options": 4, "rankings": cast})
    plain = 'method = "condorcet-schwartz"\ndefault_option = "none"\ntie = "lot"'
    for cast in (["1342", "2412", "3124"], ["212", "121", "312", "232"], ["12", "12", "21"]):
        for number in range(2):
            vote = {"options": len(cast[0]), "rankings": cast, "outstanding": number}
            yield (
                f"plain {cast} {number}",
                partial(library.choice_of, library.choice(plain), vote, {}),
            )
    numbers = itertools.product("1234", repeat=4)
    every = ["".join(mark) for mark in numbers]
    for step in range(7, 60):
        yield ask(f"rankings by {step}", {"options": 4, "rankings": every[step::step]})
