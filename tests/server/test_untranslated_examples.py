"""The pages of the examples in a language that nobody speaks: see `test_untranslated`."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urljoin

import pytest

from nemcon.access.packs import pack
from nemcon.load import load
from tests.server.browser import ROOT, serving
from tests.server.conftest import NOW
from tests.server.english import content_words
from tests.server.walking import NOT_OURS, all_left, fetched, of_rules

pytestmark = pytest.mark.usefixtures("spoken")
EXAMPLES = ROOT / "examples"
SG, DG, EU = (EXAMPLES / name for name in ("un-sg-2016", "wto-dg-2020", "eu-council"))


def left_over(
    files: Sequence[Path], body: str, rules: Iterable[str], pages: Iterable[str]
) -> list[tuple[str, list[str], str]]:
    """The English words of pages about files that are not theirs, their body's or their rules'."""
    own = load(list(map(str, files)), NOW, body=body).state(proposed=True).entries
    content = content_words(own, [NOT_OURS, pack(body).entries, *of_rules(rules)])
    with serving(*files) as address:
        return all_left(address, pages, content)


def test_the_choice_of_the_un_in_2016() -> None:
    files = (SG / "selection.toml", SG / "polls.toml")
    rules = ("un-sg-straw-poll", "un-sc-1966")
    pages = (
        *("", "?matter=sg-2016&on=2016-10-06&compare=yes&since=2016-09-26&stale=3"),
        *(f"?matter=straw-poll-{n}" for n in (1, 6)),
        "?matter=straw-poll-4&known=2016-09-10",
        "member/china/?matter=straw-poll-6",
        "member/france/?matter=straw-poll-6&if=france%3Ddiscourage%3Aantonio-guterres",
        "timeline/?matter=sg-2016&from=2016-10-01&to=2016-10-10",
        "timeline/chart.svg?matter=sg-2016&from=2016-10-01&to=2016-10-10",
        *("roll-calls/", "rules/un-sg-straw-poll/"),
    )
    assert left_over(files, "un-security-council", rules, pages) == []


def test_the_appointment_by_the_assembly() -> None:
    file = SG / "appointment.toml"
    pages = ("?on=2016-10-12", "?compare=yes", "member/france/", "roll-calls/")
    assert left_over([file], "un-general-assembly", ["un-ga-simple"], pages) == []


@pytest.mark.slow
def test_the_choice_of_the_wto_in_2020() -> None:
    """Without its course over time and other ways of counting, which take long to work out."""
    files = sorted(path for path in DG.iterdir() if path.suffix in (".toml", ".txt"))
    pages = (
        "?on=2020-10-28&since=2020-10-27",
        "?on=2021-02-15&since=2020-12-01&stale=30",
        "member/united-states/?on=2020-10-28&if=united-states%3Dsupport%3Angozi-okonjo-iweala",
        "rules/wto-director-general-decision/",
    )
    assert left_over(files, "wto", ["wto-director-general-decision"], pages) == []


def test_a_roll_that_is_no_table_of_votes() -> None:
    """The roll of the Council of the European Union, taken for roll calls."""
    roll = EU / "roll-28.csv"
    content = content_words((), [NOT_OURS, roll.read_text("utf-8"), roll.name, str(roll)])
    with serving(roll) as address:
        assert all_left(address, ["", "roll-calls/"], content) == []


def test_tables_of_roll_calls_that_cannot_be_read(tmp_path: Path) -> None:
    """Text that is none, and workbooks: damaged, packed too tightly, merged, with formulas."""
    from openpyxl import Workbook

    texts = {
        "a": b"\xff\xfea\0,\0b",
        "b": b"a,\0b\nY,N\n",
        "c": "a,b,c\nÄ,Y,N\n".encode("cp1252"),
        "d": bytes(range(1, 32)) * 9 + b"\x81",
        "e": b'a,b\n"Y,N\n',
        "f": b"a,a\nY,N\n",
        "g": b"",
        "h": b",".join([b"a"] * 400),
    }
    for name, data in texts.items():
        (tmp_path / f"{name}.csv").write_bytes(data)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["α", "β", "γ"], ["Y", "N", "=A2"], ["Y", "#REF!", "N"], ["Y", "N", "A"]):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[4].hidden = True
    book.save(tmp_path / "k.xlsx")
    (tmp_path / "l.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "m.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    for name, member in (("n", "mimetype content.xml"), ("o", "a")):
        with zipfile.ZipFile(tmp_path / f"{name}.xlsx", "w") as archive:
            for each in member.split():
                archive.writestr(each, "")
    with zipfile.ZipFile(tmp_path / "p.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", " " * 60_000_000)
    files = sorted(tmp_path.glob("?.*"))
    content = content_words((), [NOT_OURS, str(tmp_path), "utf REF csv xlsx"])
    with serving(*files) as address:
        _, start = fetched(urljoin(address, "eo/roll-calls/"))
        sets = dict.fromkeys(re.findall(r"[?&;]of=([^&\"]+)", start))
        assert len(sets) >= len(files) - 1
        pages = ["roll-calls/", *(f"roll-calls/?of={one}" for one in sets)]
        assert all_left(address, pages, content) == []
