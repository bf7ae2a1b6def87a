"""`nemcon review`: proposals one by one, each beside its words in the report."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter

from nemcon.access.review import Accept, Choice, Mend, Reject, Undo, mended
from nemcon.access.submit import Submitted
from nemcon.cli.citing import Citations
from nemcon.cli.errors import BAD_CONTENT, FINE, CommandError
from nemcon.cli.keys import ESCAPE, Keys
from nemcon.cli.opening import in_our_words, now, print_findings
from nemcon.cli.paper import Paper, Progress
from nemcon.cli.parser import Parser
from nemcon.cli.recording import by_whom, record, write_notice
from nemcon.entries import AnyEntry
from nemcon.load.reviewing import on_review, write_decision
from nemcon.tables.edited import Typed, edited, typed
from nemcon.views.phrases import plural, short_id
from nemcon.views.review import Decision, Proposed, ReviewView
from nemcon.views.words import describe

_KEYS = "a accept  m mend  r reject  s skip  u undo  n/p next/previous  q quit  ? help"
_HELP = (
    "a  accept: it is right; it counts from the date of its source",
    "m  mend: change fields; what you make of it stands instead, and both are kept",
    "r  reject: it is wrong; say why",
    "s  skip: leave it open and go on",
    "u  undo: take the last decision back; it stays readable in the record",
    "n  next, p  previous (or the arrows), also those that are decided",
    "q  quit: everything decided so far is written already",
)
_MENDING_HELP = (
    "a number or a name chooses a field and asks for it; 'basis=stated' sets it at once",
    "empty: done; what it becomes is shown before it is written",
    "q  leave it as it is, and go back",
)
_DONE: dict[type[Choice], str] = {
    Accept: "accepted",
    Mend: "mended",
    Reject: "rejected",
    Undo: "taken back",
}


def options(parser: Parser) -> None:
    """The arguments of the command."""
    parser.add_argument("record", metavar="RECORD", help="the record")
    parser.add_argument(
        "--report", metavar="NAME", default="", help="only proposals of the report of this name"
    )
    by_whom(parser)
    parser.json()
    parser.explain(
        "Each proposal is shown beside the words that it rests on; one key decides:\n"
        f"{_KEYS}.\n"
        "Each decision is written at once. Keys can also come from a pipe, one a line.",
        "nemcon review nato.nemcon --by 'Anna Ek'",
        "nemcon review nato.nemcon --json",
    )


def run(args: Namespace, paper: Paper) -> int:
    """Review until there is no more, or somebody quits."""
    found = record(args.record)
    view = on_review(found)
    if args.json:
        paper.json({"record": args.record, **view.to_json()})
        return FINE
    queue = [each.id for each in view.open if _wanted(each, view, args.report)]
    if args.report and not any(_wanted(each, view, args.report) for each in view.proposals):
        names = ", ".join(pile.name for pile in view.piles if pile.name) or "none"
        raise CommandError(f"--report {args.report}: no such report; there is: {names}")
    if not queue:
        paper.line("There is no open proposal")
        return FINE
    many = plural(len(queue), "proposal")
    paper.heading(f"{many} {'waits' if len(queue) == 1 else 'wait'} in {args.record}")
    review = _Review(args, paper, Keys.on(), queue)
    try:
        review.go()
    except EOFError:
        paper.line()
    finally:
        review.summary()
    return BAD_CONTENT if review.refused and not review.keys.watched else FINE


def _wanted(each: Proposed, view: ReviewView, report: str) -> bool:
    pile = view.pile_of(each.id)
    return not report or bool(pile and report in (pile.name, pile.title))


class _Review:
    """One sitting: the proposals that were open when it began, and where we are."""

    def __init__(self, args: Namespace, paper: Paper, keys: Keys, queue: list[str]) -> None:
        self.args, self.paper, self.keys, self.queue = args, paper, keys, queue
        self.at = 0
        self.refused = False
        self._made: list[str] = []  # the answers given here
        self._done: Counter[str] = Counter()  # what was written here, also what was taken back
        self._open()

    def _open(self) -> None:
        self.found = record(self.args.record)
        self.view = on_review(self.found)

    @property
    def here(self) -> Proposed:
        """The proposal that is shown."""
        found = self.view.find(self.queue[self.at])
        assert found is not None, "entries are never taken out of a record"
        return found

    def go(self) -> None:
        """Show and ask, until all are decided and nobody wants to go back."""
        shown = -1
        while True:
            if shown != self.at:
                self._show(self.here)
                shown = self.at
            done = not self._still_open()
            prompt = "All are decided: u undo  p previous  q quit" if done else _KEYS
            key = self.keys.key(self._cut(f"{prompt} > "))
            if key == "q":
                return
            if self._pressed(key.lower() if key != ESCAPE else key):
                shown = -1

    def _still_open(self) -> bool:
        return any(each.id in self.queue for each in self.view.open)

    def _cut(self, prompt: str) -> str:
        width = self.paper.width
        if width is None or len(prompt) < width:
            return prompt
        return "a m r s u n p q ? > " if width > 20 else "? > "

    def _pressed(self, key: str) -> bool:
        """Do what a key stands for; whether the proposal is to be shown (again)."""
        match key:
            case "a":
                return self._decide(Accept(self.here.id), "Accepted")
            case "r":
                return self._reject()
            case "m":
                return self._mend()
            case "u":
                return self._undo()
            case "s":
                return self._next_open()
            case "n" | "\n" | " ":
                return self._move(1)
            case "p":
                return self._move(-1)
            case "?" | "h":
                self.paper.bullets(_HELP)
                return False
        name = "Escape" if key == ESCAPE else f"'{key}'"
        self.paper.line(f"{name} does nothing here; ? explains the keys", "dim")
        return False

    # What is shown

    def _show(self, each: Proposed) -> None:
        paper = self.paper
        pile = self.view.pile_of(each.id)
        left = sum(each.id in self.queue for each in self.view.open)
        paper.line()
        place = f"{self.at + 1} of {len(self.queue)}"
        title = pile.title if pile else ""
        paper.line(f"{place} · {title} · {left:,} still open", "dim", hang=2)
        if each.quote:
            dots = "" if pile and pile.text else "…"
            parts = [each.before or dots, f"»{each.quote}«", each.after or dots]
            paper.runs([(parts[0], ""), (parts[1], "mark"), (parts[2], "")], indent=2)
        paper.line(each.said, "bold", hang=2)
        facts = [f"{name}: {value}" for name, value in each.facts]
        paper.line("; ".join([*facts, short_id(each.id)]), "dim", indent=2)
        if each.decision is not None:
            paper.line(_became(each, each.decision), "good", indent=2, hang=2)

    def summary(self) -> None:
        """What was done, and what still waits."""
        done = ", ".join(
            f"{self._done[word]:,} {word}" for word in _DONE.values() if self._done[word]
        )
        left = len(self.view.open)
        wait = f"{plural(left, 'proposal')} still {'waits' if left == 1 else 'wait'}"
        self.paper.line(f"{done or 'Nothing written'}; {wait}")

    # What is done

    def _move(self, step: int) -> bool:
        there = self.at + step
        if not 0 <= there < len(self.queue):
            self.paper.line("This is the last" if step > 0 else "This is the first", "dim")
            return False
        self.at = there
        return True

    def _next_open(self) -> bool:
        """Go on to the next that waits, from the top again at the end."""
        order = [*range(self.at + 1, len(self.queue)), *range(self.at)]
        waits = {each.id for each in self.view.open}
        there = next((number for number in order if self.queue[number] in waits), None)
        if there is None:
            return False
        self.at = there
        return True

    def _decide(self, choice: Choice, word: str) -> bool:
        if not isinstance(choice, Undo) and self.here.decision is not None:
            self.paper.line("This is decided already; u takes the last decision back", "dim")
            return False
        result = self._write(choice)
        if result.refused:
            self.refused = True
            self.paper.line("Nothing was written", "bad")
            print_findings(self.paper, result.findings, Citations(self.found))
            self._open()  # somebody else may have decided
            return False
        self._open()
        last = self.view.last
        self._done[_DONE[type(choice)]] += 1
        if not isinstance(choice, Undo) and last is not None:
            self._made.append(last.answer)
        self.paper.line(f"{word}: {self.here.instead or self.here.said}", "good", hang=2)
        print_findings(self.paper, result.findings, Citations(self.found))
        entries = {item.entry.id: item.entry for item in self.found.items}
        for ident in result.adopted:
            write_notice(self.paper, entries[ident], self.view.titles)
        return self._next_open() if not isinstance(choice, Undo) else True

    def _write(self, choice: Choice) -> Submitted:
        progress = Progress()
        progress("checking and writing")
        try:
            with in_our_words():
                return write_decision(self.args.record, choice, now(), by=self.args.by)
        finally:
            progress.done()

    def _reject(self) -> bool:
        if self.here.decision is not None:
            return self._decide(Reject(self.here.id, ""), "")
        reason = self.keys.line("Why is it wrong? (empty: not rejected) ")
        if not reason:
            self.paper.line("Not rejected: a rejection needs its reason", "dim")
            return False
        return self._decide(Reject(self.here.id, reason), "Rejected")

    def _undo(self) -> bool:
        last = self.view.last
        if last is None:
            self.paper.line("There is no decision to take back", "dim")
            return False
        target = self.view.find(last.proposal)
        if target is None:
            return False
        if last.answer not in self._made:
            self.paper.line(f"The last decision was not made here. {_became(target, last)}: "
                            f"{target.said}", hang=2)  # fmt: skip
            if self.keys.key("Take it back? u undo, any other key: leave it > ") != "u":
                return False
        if last.proposal not in self.queue:
            self.queue.insert(self.at, last.proposal)
        self.at = self.queue.index(last.proposal)
        if not self._decide(Undo(last.answer), "Taken back, open again"):
            return False
        if last.answer in self._made:
            self._made.remove(last.answer)
        return True

    # Mending

    def _mend(self) -> bool:
        each = self.here
        if each.decision is not None:
            return self._decide(Accept(each.id), "")
        fields = [field for field in typed(each.entry) if field.usual]
        more = [field for field in typed(each.entry) if not field.usual]
        changes: dict[str, str] = {}
        self._list(fields, changes)
        also = ", ".join(field.label for field in more)
        self.paper.line(f"  also: {also}", "dim", hang=2)
        while True:
            asked = self.keys.line("Which field? (number or name; empty: done; ? help) ")
            if not asked:
                break
            if asked in ("q", "Q"):
                self.paper.line("Nothing was mended", "dim")
                return False
            if asked == "?":
                self._list(fields, changes)
                self.paper.bullets(_MENDING_HELP)
                continue
            name, equals, value = asked.partition("=")
            field = _field(name.strip(), fields, more)
            if field is None:
                self.paper.line(f"There is no field '{name.strip()}' to change", "dim")
                continue
            self._change(field, value.strip() if equals else None, changes)
        if not changes:
            self.paper.line("Nothing was changed", "dim")
            return False
        entries = [item.entry for item in self.found.items]
        new, findings = mended(self.found.items, each.entry, changes)
        if new is None:
            print_findings(self.paper, findings)
            self.refused = True
            return False
        return self._preview(each, new, changes, entries)

    def _list(self, fields: list[Typed], changes: dict[str, str]) -> None:
        for number, field in enumerate(fields, 1):
            text = changes.get(field.name, field.text) or "-"
            self.paper.line(f"{number:>3}  {field.label}: {text}", hang=7)

    def _change(self, field: Typed, value: str | None, changes: dict[str, str]) -> None:
        """Ask for a field until it is one, and keep it."""
        if value is None:
            if hint := (" | ".join(field.choices) or field.hint):
                self.paper.line(hint, "dim", indent=2, hang=2)
            value = self.keys.line(f"{field.label}: ", changes.get(field.name, field.text))
        declared = [item.entry for item in (*self.found.items, *self.found.packed)]
        _, findings = edited(self.here.entry, {field.name: value}, declared)
        wrong = [each for each in findings if each.severity == "error"]
        print_findings(self.paper, findings)
        if wrong:
            self.refused = True
        else:
            changes[field.name] = value

    def _preview(
        self, each: Proposed, new: AnyEntry, changes: dict[str, str], entries: list[AnyEntry]
    ) -> bool:
        self.paper.line(f"Was:     {each.said}", hang=9)
        self.paper.line(f"Instead: {describe(new, self.view.titles)}", "bold", hang=9)
        was, now_is = ({f.name: f for f in typed(entry)} for entry in (each.entry, new))
        for name in changes:
            old, text = was[name].text or "-", now_is[name].text or "-"
            if old != text:
                self.paper.line(f"{was[name].label}: {old} → {text}", indent=2, hang=4)
        if any(entry.id == new.id for entry in entries):
            self.paper.line("The record holds that entry already; it is not added twice.", "dim")
        key = self.keys.key("a write it, any other key: drop it > ")
        if key != "a":
            self.paper.line("Nothing was mended", "dim")
            return False
        return self._decide(Mend(each.id, changes), "Mended")


def _field(asked: str, fields: list[Typed], more: list[Typed]) -> Typed | None:
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= len(fields):
        return fields[int(asked) - 1]
    wanted = asked.casefold().replace("_", " ")
    every = [*fields, *more]
    exact = [each for each in every if each.label.casefold() == wanted]
    near = [each for each in every if each.label.casefold().startswith(wanted)]
    found = exact or near
    return found[0] if len(found) == 1 else None


def _became(each: Proposed, decision: Decision) -> str:
    """What was decided, by whom and when."""
    by = f" by {decision.by}" if decision.by else ""
    when = f" on {decision.recorded:%Y-%m-%d %H:%M} UTC" if decision.recorded else ""
    why = f" ({decision.reason})" if decision.became == "rejected" and decision.reason else ""
    instead = f": {each.instead}" if each.instead else ""
    return f"{decision.became.capitalize()}{by}{when}{why}{instead}"
