"""The documents: what they show is what the program prints, what they link to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nemcon.cli.app import COMMANDS
from tools import docs

ROOT = Path(__file__).resolve().parent.parent
PAGES = docs.documents()
LINKING = [*PAGES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "adr").glob("*.md"))]

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_document_shows_what_the_program_prints(page: Path) -> None:
    shown = docs.sessions(page.read_text("utf-8"))
    wrong = [each.command for each in shown if not each.agrees]
    again = f"./run python -m tools.docs {name(page)}"
    assert not wrong, f"run `{again}`, look at what changed, and commit it"


def test_the_first_page_shows_the_three_verdicts() -> None:
    shown = docs.sessions((ROOT / "README.md").read_text("utf-8"))
    lines = [line for each in shown for line in each.shown]
    assert [line for line in lines if line.startswith("Verdict: ")] == [
        "Verdict: met",
        "Verdict: cannot tell",
        "Verdict: not met",
        "Verdict: met",
    ]


@pytest.mark.parametrize("page", LINKING, ids=name)
def test_every_relative_link_resolves(page: Path) -> None:
    broken = []
    for target in LINK.findall(FENCED.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, part = target.partition("#")
        to = (page.parent / path).resolve() if path else page
        if not to.exists() or (part and part not in anchors(to)):
            broken.append(target)
    assert not broken


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as forges make them."""
    headings = re.findall(r"^#+ (.*)$", FENCED.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_told_of_by_hand(command: str) -> None:
    written = [page for page in PAGES if page.name != "commands.md"]
    assert any(f"nemcon {command}" in page.read_text("utf-8") for page in written)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_document_names_a_place_on_somebodys_machine(page: Path) -> None:
    assert not re.findall(r"(?<![\w.])/(?:home|root|work|tmp|Users)\b", page.read_text("utf-8"))


class TestCuts:
    def test_a_cut_stands_for_any_lines(self) -> None:
        assert docs.matches(["a", "…", "d"], ["a", "b", "c", "d"])
        assert docs.matches(["…"], [])

    def test_what_is_shown_must_be_there_in_order(self) -> None:
        assert not docs.matches(["…", "c", "…", "b", "…"], ["a", "b", "c", "d"])

    def test_without_a_cut_all_must_be_equal(self) -> None:
        assert not docs.matches(["a"], ["a", "b"])
        assert not docs.matches(["a", "…"], ["b", "a"])

    def test_the_tool_puts_the_output_below_the_command(self) -> None:
        text = "```toml one.toml\nbody = 1\n```\n\n```console\n$ cat one.toml\nold\n```\n"
        assert docs.renewed(text) == text.replace("old", "body = 1")

    def test_the_tool_keeps_what_is_cut_rightly(self) -> None:
        text = "```toml one.toml\na = 1\nb = 2\n```\n\n```console\n$ cat one.toml\n…\nb = 2\n```\n"
        assert docs.renewed(text) == text
