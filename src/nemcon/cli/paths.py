"""`nemcon paths`: what would come of open votes and rounds, under assumptions that you state."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nemcon.cli.errors import BAD_ARGUMENTS, BAD_CONTENT, CommandError
from nemcon.cli.opening import in_our_words
from nemcon.cli.paper import Paper, Progress
from nemcon.cli.parser import Parser
from nemcon.findings import errors

if TYPE_CHECKING:
    from nemcon.analysis.paths import Estimate, Imagined, Paths
    from nemcon.rules.procedure import Procedure

_MOST_TRIALS = 100_000_000
LABEL = (
    "This follows from the assumptions above, which are yours; it is no forecast, and says nothing "
    "about how likely they are"
)


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "rule", metavar="RULE", help="an id of the library, or a TOML or JSON file with a rule"
    )
    parser.add_argument(
        "--ballots", metavar="FILE", help="what has been cast: as for 'nemcon rules decide'"
    )
    parser.add_argument(
        "--assume",
        metavar="CHANCE",
        action="append",
        default=[],
        help="member=P, member=yes:P,no:Q, *=P, voters=N, candidate=WEIGHT; or a TOML or JSON file",
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=1, help="where the random numbers begin (1)"
    )
    parser.add_argument(
        "--trials", metavar="N", type=int, default=100_000, help="how many to try (100000)"
    )
    parser.add_argument(
        "--on", metavar="DATE", type=str, default=None, help="the date of the vote, for the roll"
    )
    parser.add_argument(
        "--roll", metavar="FILE", help="who may vote: a column 'member', then one an attribute"
    )
    parser.add_argument(
        "--param",
        metavar="NAME=VALUE",
        action="append",
        default=[],
        help="what the rule has to be told",
    )
    parser.add_argument(
        "--attested",
        metavar="FINDING",
        action="append",
        default=[],
        help="a finding that was made; FINDING=no if it was refused",
    )
    parser.json()
    parser.explain(
        "Imagines the votes that are still out, as you assume them, and counts what comes of it:\n"
        "open members of a ballot, each for itself; or rounds, ballot after ballot. No chance is\n"
        "ever assumed for you. Where all cases can be listed, the exact share stands beside. In\n"
        "rounds, voters vote on each ballot with the weights given, for those still in the race;\n"
        "or each keeps a [[ranking]] of a file. Ctrl-C ends it early and prints what is there.",
        "nemcon paths un-sc-1966 --ballots ballots.json --assume '*=0.5'",
        "nemcon paths ioc-host-2013 --assume voters=96 --assume A=40 --assume B=35 --assume C=25",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Print what came of the trials."""
    import numpy as np

    from nemcon.analysis.game import GameError
    from nemcon.analysis.paths import PathsError
    from nemcon.analysis.paths import run as imagine
    from nemcon.rules.place import RuleError

    if not 0 < args.trials <= _MOST_TRIALS:
        raise CommandError(f"--trials {args.trials}: write a number from 1 to {_MOST_TRIALS:,}")
    if args.seed < 0:
        raise CommandError(f"--seed {args.seed}: write a number from 0")
    progress = Progress()
    try:
        procedure, imagined, told = _imagined(args)
        generator = np.random.Generator(np.random.PCG64(args.seed))
        found = imagine(
            *(imagined, args.trials, generator),
            lambda done: progress(f"{done:,} of {args.trials:,} trials"),
        )
    except PathsError as error:
        raise CommandError(str(error), BAD_ARGUMENTS) from error
    except (GameError, RuleError) as error:
        raise CommandError(str(error), BAD_CONTENT) from error
    finally:
        progress.done()
    if args.json:
        paper.json(to_json(procedure, found, told, args.seed))
    else:
        write(paper, procedure, found, told, args.seed)
    return 0


def _imagined(args: Namespace) -> tuple[Procedure, Imagined, dict[str, Any]]:
    """What is to be imagined, and the assumptions as they were given."""
    from nemcon.cli.opening import rule_of

    procedure = rule_of(args.rule)
    table = _assumed(args.assume)
    if procedure.rounds is not None:
        return procedure, _rounds(procedure, args, table), table
    if not args.ballots:
        raise CommandError("--ballots is missing: name the file with what has been cast")
    return procedure, _open(procedure, args, table), table


def _assumed(given: list[str]) -> dict[str, Any]:
    """The assumptions of files and settings together."""
    from nemcon.analysis.assumed import read_settings
    from nemcon.load.polling import open_ballots

    files = [each for each in given if Path(each).suffix.lower() in (".toml", ".json")]
    found = read_settings([each for each in given if each not in files])
    for file in files:
        with in_our_words():
            table, wrong = open_ballots(file)
        if errors(wrong) or not isinstance(table, dict):
            raise CommandError(f"{file} holds no assumptions", BAD_CONTENT, wrong)
        found = {**table, **found}
    return found


def _open(procedure: Procedure, args: Namespace, table: Mapping[str, Any]) -> Imagined:
    from nemcon.analysis.assumed import groups
    from nemcon.analysis.paths import OpenBallot, PathsError
    from nemcon.cli.parser import one_date
    from nemcon.cli.rules_decide import decided, opened
    from nemcon.rules.weigh import members_of
    from nemcon.views.pivots import like

    args.closed = False
    args.on = one_date(args.on) if args.on else None
    _, answer = decided(args)
    _, data, beside, _ = opened(args)
    if errors(list(answer.findings)):
        raise CommandError("the ballots cannot be used", BAD_CONTENT, answer.findings)
    seated = members_of(procedure, data, beside)
    if seated is None:
        raise PathsError(
            "only ballots in groups, and rounds, can be imagined; no other form, and not with "
            "objections or a clock beside them"
        )
    members, said = seated
    body = like(members)
    if body is None:
        raise PathsError("members may be of several classes; say which with their attributes")
    rows = groups(procedure, body, table)
    return OpenBallot(procedure, body, rows, said.params or {}, said.attested or {})


def _rounds(procedure: Procedure, args: Namespace, table: Mapping[str, Any]) -> Imagined:
    from nemcon.analysis.assumed import voters
    from nemcon.analysis.paths import PathsError
    from nemcon.analysis.paths_rounds import Rounded
    from nemcon.load.polling import open_ballots
    from nemcon.rules.phases import read_rounds
    from nemcon.rules.place import Place

    held: list[dict[str, int]] = []
    names: list[str] = list(map(str, table.get("candidates", ())))
    if args.ballots:
        with in_our_words():
            data, found = open_ballots(args.ballots)
        if errors(found):
            raise CommandError("the ballots cannot be used", BAD_CONTENT, found)
        rows = data.get("rounds", []) if isinstance(data, Mapping) else data
        held = [_held(row, n) for n, row in enumerate(rows, 1)]
        beside = data if isinstance(data, Mapping) else {}
        names = names or list(map(str, beside.get("candidates", ())))
        names = names or [name for name in (held[0] if held else {}) if name != "abstain"]
    chosen, candidates = voters(table, names)
    params = {}
    for setting in args.param:
        name, _, value = setting.partition("=")
        if not value.strip().isdecimal():
            raise PathsError(f"--param {setting}: write NAME=NUMBER")
        params[name.strip()] = int(value)
    rounds = read_rounds(procedure.rounds, Place(procedure.id) / "rounds")
    return Rounded(rounds, candidates, chosen, held, params)


def _held(row: Any, number: int) -> dict[str, int]:
    """A ballot that was held, with all votes known."""
    from nemcon.analysis.paths import PathsError

    beside = row.get("_", {}) if isinstance(row, Mapping) else {}
    if isinstance(row, Mapping) and isinstance(beside, Mapping):
        votes = {str(who): each for who, each in row.items() if who != "_"}
        known = all(isinstance(n, int) and not isinstance(n, bool) for n in votes.values())
        if votes and known and "tiebreak" not in beside:
            return {**votes, "abstain": int(beside.get("abstain", 0))}
    raise PathsError(
        f"ballot {number}: to go on from it, all of its votes have to be known, and no tie be left"
    )


def to_json(
    procedure: Procedure, found: Paths, told: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    """The answer as plain values: what `--json` prints."""
    return {
        "rule": procedure.id,
        "assumed": dict(told),
        "taken_for_granted": list(found.notes),
        "consequence_of_assumptions": True,
        "seed": seed,
        "trials": {"done": found.done, "asked": found.asked},
        "ballots": found.ballots,
        "outcomes": [
            {
                "outcome": one.outcome,
                "number": one.number,
                "share": one.share,
                "standard_error": one.error,
                "exact": None if one.exact is None else str(one.exact),
            }
            for one in found.estimates
        ],
    }


def write(
    paper: Paper, procedure: Procedure, found: Paths, told: Mapping[str, Any], seed: int
) -> None:
    """The answer for people."""
    paper.heading(f"{procedure.title} ({procedure.id})")
    paper.line()
    paper.heading("Assumed")
    paper.bullets(f"{name}: {_chance(value)}" for name, value in told.items())
    paper.bullets(found.notes)
    paper.line()
    stopped = f" of {found.asked:,} (stopped)" if found.done < found.asked else ""
    paper.line(f"{found.done:,}{stopped} trials, {found.ballots:,} ballots, seed {seed}")
    width = max((len(one.outcome) for one in found.estimates), default=0)
    for one in found.estimates:
        paper.line(_line(one, width), indent=2)
    paper.line()
    paper.line(LABEL, "dim", hang=2)


def _line(one: Estimate, width: int) -> str:
    exact = "" if one.exact is None else f"   exactly {_fraction(one.exact)}"
    return f"{one.outcome:<{width}}  {one.share:8.4f} ± {one.error:.4f}{exact}"


def _fraction(value: Fraction) -> str:
    text = str(value)
    return text if len(text) <= 24 else f"{float(value):.6f}"


def _chance(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {chance}" for name, chance in value.items())
    if isinstance(value, list):
        return "; ".join(f"{' > '.join(map(str, row['order']))} {row['chance']}" for row in value)
    return str(value)
