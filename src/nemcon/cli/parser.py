"""Arguments: one parser a command, with words for people where something is wrong."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from typing import NoReturn

from nemcon.cli.errors import CommandError
from nemcon.when import When, WhenError

HELP = "show this and stop"
RECORDS = "dated reports, files or folders of entries (TOML, JSON), or one record"


class Parser(argparse.ArgumentParser):
    """The arguments of one command."""

    def __init__(self, name: str, summary: str) -> None:
        super().__init__(
            prog=f"nemcon {name}",
            description=f"{summary[:1].upper()}{summary[1:]}.",
            formatter_class=argparse.RawDescriptionHelpFormatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.add_argument("-h", "--help", action="store_true", help=HELP)
        self.text = ""
        self.examples: tuple[str, ...] = ()

    def explain(self, text: str, *examples: str) -> None:
        """What the help says besides the options: a paragraph, and commands to try."""
        self.text, self.examples = text, examples
        self.description = f"{self.description}\n\n{text}" if text else self.description
        shown = "\n".join(f"  {example}" for example in examples)
        self.epilog = f"example{'s' if len(examples) > 1 else ''}:\n{shown}"

    def arguments(self) -> Iterator[tuple[str, str]]:
        """Each argument as it is written, with what it does."""
        for action in self._actions:
            value = f" {action.metavar}" if action.option_strings and action.metavar else ""
            written = "".join(action.option_strings[-1:]) or str(action.metavar)
            many = "…" if action.nargs in ("+", "*") else ""
            yield f"{written}{value}{many}", action.help or ""

    def read(self, arguments: Sequence[str]) -> argparse.Namespace | None:
        """The arguments as values; None where only the help was wanted, which is then shown."""
        if any(each in ("-h", "--help") for each in arguments):
            self.print_help()
            return None
        if missing := self._missing(arguments):
            raise self._refusal(missing)
        self._refuse_twice(arguments)
        return self.parse_intermixed_args(list(arguments))

    def _missing(self, arguments: Sequence[str]) -> str:
        """What is needed and not there, all of it where nothing was given."""
        if arguments:
            return ""
        needed = [
            f"{a.option_strings[-1]} {a.metavar}" if a.option_strings else str(a.metavar)
            for a in sorted(self._actions, key=lambda action: bool(action.option_strings))
            if a.required
        ]
        return f"{' and '.join(needed)} {'is' if len(needed) == 1 else 'are'} missing" * bool(
            needed
        )

    def _refuse_twice(self, arguments: Sequence[str]) -> None:
        """Refuse an option that is given two values of which only one would count."""
        words = arguments[: arguments.index("--")] if "--" in arguments else arguments
        for action in self._actions:
            if type(action).__name__ == "_StoreAction" and action.option_strings:
                values = {
                    word.partition("=")[2] or " ".join(words[at + 1 : at + 2])
                    for at, word in enumerate(words)
                    if word.partition("=")[0] in action.option_strings
                }
                if len(values) > 1:
                    raise self._refusal(f"{action.option_strings[-1]} is given twice; give it once")

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise self._refusal(self._ours(message))

    def _refusal(self, message: str) -> CommandError:
        return CommandError(f"{message}; '{self.prog} --help' shows what it takes")

    def _ours(self, message: str) -> str:
        """What is wrong, in plainer words than those of argparse where it has some."""
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message:
            return self._unknown(unknown)
        missing = message.removeprefix("the following arguments are required: ")
        if missing != message:
            return f"{missing} {'are' if ', ' in missing else 'is'} missing"
        either = message.removeprefix("one of the arguments ").removesuffix(" is required")
        return f"give one of {' and '.join(either.split())}" if either != message else message

    def _unknown(self, words: str) -> str:
        from difflib import get_close_matches

        first = words.split()[0]
        options = [name for action in self._actions for name in action.option_strings]
        near = get_close_matches(first.partition("=")[0], options, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        return f"{self.prog} does not know {first}{hint}"

    # What several commands take

    def records(self) -> None:
        """RECORD… and --body."""
        self.add_argument("records", nargs="+", metavar="RECORD", help=RECORDS)
        self.body()

    def body(self) -> None:
        """--body."""
        self.add_argument(
            "--body",
            metavar="ID",
            default="",
            help="which body is asked about, and reports are about, such as nato",
        )

    def dates(self) -> None:
        """--on, --known, --recorded, --proposed."""
        self.add_argument(
            "--on",
            metavar="DATE",
            type=one_date,
            help="the date asked about, YYYY-MM-DD (else the latest source; now for a record)",
        )
        self.known()

    def known(self) -> None:
        """--known, --recorded, --proposed."""
        self.add_argument(
            "--known", metavar="DATE", type=one_date, help="use only what was known by then"
        )
        self.add_argument(
            "--recorded",
            metavar="TIME",
            type=instant,
            help="use only what the record held by then, such as 2024-06-20T09:00Z",
        )
        self.add_argument(
            "--proposed", action="store_true", help="let open proposals of a record count"
        )

    def question(self) -> None:
        """RECORD…, --body, --matter, dates, --count, --json."""
        self.records()
        self.matter()
        self.dates()
        self.counting()
        self.json()

    def matter(self) -> None:
        """--matter."""
        self.add_argument(
            "--matter", metavar="ID", default="", help="which matter, where there are several"
        )

    def counting(self) -> None:
        """--count."""
        self.add_argument(
            "--count",
            metavar="NAME=VALUE",
            action="append",
            default=[],
            help="count otherwise: intent=yes, record=complete, nominee=yes, tolerance=2",
        )

    def json(self) -> None:
        """--json."""
        self.add_argument("--json", action="store_true", help="print the answer as JSON")


def one_date(text: str) -> When:
    """A day or an instant as an option gives it."""
    when = _when(text)
    if not when.certain:
        raise argparse.ArgumentTypeError(
            f"{text!r} is more than one day; give one, such as {_example(when)}"
        )
    return when


def _example(when: When) -> str:
    bound = when.latest or when.earliest
    return bound.isoformat()[:10] if bound else "2024-06-20"


def instant(text: str) -> datetime:
    """An instant; a day means its end in UTC."""
    bound = one_date(text).latest
    if isinstance(bound, datetime):
        return bound.astimezone(UTC)
    assert bound is not None, "one date has bounds"
    return datetime.combine(bound, time.max, UTC)


def date_range(text: str) -> tuple[When, When]:
    """Two dates with two dots between them."""
    first, dots, last = text.partition("..")
    if not dots or not first or not last:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no pair of dates; write two dates with two dots between them: "
            "2024-06-20..2024-06-26"
        )
    before, after = one_date(first), one_date(last)
    if after.before(before):
        raise argparse.ArgumentTypeError(f"{text!r} ends before it starts; write the earlier first")
    return before, after


_NO_ZONE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?", re.ASCII)


def _when(text: str) -> When:
    if _NO_ZONE.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} does not say in which time zone; write {text}Z or {text}+02:00"
        )
    try:
        return When.parse(text)
    except WhenError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
