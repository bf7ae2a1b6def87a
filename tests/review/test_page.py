"""The page that decides: who may write, what a form does, and all of it by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from django.test import Client, override_settings
from playwright.sync_api import Browser, Page, expect

from nemcon.cli import run
from nemcon.entries import Position
from nemcon.server.desk import Desk
from nemcon.server.headers import POLICY
from nemcon.server.settings import configure
from nemcon.server.writing import Writing
from tests.review.mill import ANA, BO, CY, PROPOSALS, Mill
from tests.server.browser import PATIENCE, Watch, serving
from tests.server.pages import read_page

configure(Desk([]), ["testserver"])
expect.set_options(timeout=PATIENCE)
SIZES = {"wide": (1280, 800), "phone": (390, 844)}
HERE = "http://testserver"


@pytest.fixture
def mill(tmp_path: Path) -> Mill:
    return Mill(tmp_path / "mill.nemcon", live=True)


# In this process


@dataclass
class Visitor:
    """Somebody with a browser of their own, at a server that writes."""

    client: Client
    writing: Writing

    def get(self, address: str = "/review/") -> Any:
        return self.client.get(address)

    def enter(self) -> str:
        """Open the printed address, and give the token of the forms."""
        found = self.get(f"/review/?key={self.writing.key}")
        assert (found.status_code, found.headers["Location"]) == (303, "/review/")
        return self.token()

    def token(self) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get().content.decode())
        assert found
        return found[1]

    def post(self, token: str, origin: str | None = HERE, **fields: str) -> Any:
        headers = {"origin": origin} if origin is not None else {}
        data = {**fields, "csrfmiddlewaretoken": token}
        return self.client.post("/review/", data, headers=headers)


@pytest.fixture
def visitor(mill: Mill) -> Iterator[Visitor]:
    writing = Writing(str(mill.path), "Zoë")
    changed = override_settings(
        NEMCON_DESK=Desk([str(mill.path)]), NEMCON_WRITING=writing, ALLOWED_HOSTS=["testserver"]
    )
    with changed:
        yield Visitor(Client(enforce_csrf_checks=True), writing)


def test_forms_decide_without_any_script(mill: Mill, visitor: Visitor) -> None:
    token = visitor.enter()
    done = visitor.post(token, do="accept", at=ANA.id)
    assert (done.status_code, done.headers["Location"]) == (
        303,
        f"/review/?at={BO.id}&after={ANA.id}",
    )
    html = visitor.get(done.headers["Location"]).content.decode()
    assert "Accepted: Ana supported the motion on 5 June 2024" in html
    fields = {"field-negated": "yes", "field-happened": "2024-06-03"}
    assert visitor.post(token, do="mend", at=CY.id, why="misread", **fields).status_code == 303
    assert visitor.post(token, do="reject", at=BO.id, reason="hearsay").status_code == 303
    assert mill.became() == ["accepted", "rejected", "mended", "open"]
    made = [each.decision for each in mill.view().proposals if each.decision]
    assert {each.by for each in made} == {"Zoë"}
    assert sorted(each.reason for each in made) == ["", "hearsay", "misread"]
    last = mill.view().last
    assert last is not None
    undo = {"do": "undo", "at": last.proposal, "answer": last.answer}
    assert visitor.post(token, **undo).status_code == 303
    assert mill.became() == ["accepted", "open", "mended", "open"]
    assert visitor.post(token, **undo).status_code == 422


def test_the_key_of_the_address_is_not_printed_by_chance(visitor: Visitor) -> None:
    visitor.enter()
    assert repr(visitor.writing) == f"Writing(record={visitor.writing.record!r}, by='Zoë')"


def test_a_record_that_went_away_is_told_without_its_folder(mill: Mill, visitor: Visitor) -> None:
    visitor.enter()
    mill.path.unlink()
    gone = visitor.get()
    assert gone.status_code == 503
    assert "mill.nemcon: there is no such file" in gone.content.decode()
    assert str(mill.path.parent) not in gone.content.decode()


def test_what_is_wrong_is_told_beside_what_was_typed(mill: Mill, visitor: Visitor) -> None:
    token = visitor.enter()
    before = mill.items()
    found = visitor.post(token, do="mend", at=ANA.id, **{"field-happened": "3.6.2024"})
    html = found.content.decode()
    assert found.status_code == 422
    assert "which may be 2024-06-03 or 2024-03-06" in html
    assert 'value="3.6.2024"' in html
    assert visitor.post(token, do="reject", at=ANA.id, reason=" ").status_code == 422
    assert visitor.post(token, do="dance", at=ANA.id).status_code == 400
    assert visitor.post(token, do="accept", at="position-0").status_code == 400
    assert mill.items() == before


def test_a_preview_says_what_would_come_of_it_and_writes_nothing(
    mill: Mill, visitor: Visitor
) -> None:
    token = visitor.enter()
    before = mill.items()
    fields = {"field-negated": "yes", "field-happened": "2024-06-03", "why": "misread <b>"}
    found = visitor.post(token, do="preview", at=CY.id, **fields)
    assert found.status_code == 200
    page = read_page(found.content.decode())
    told = page.one(id="preview")
    assert "It would say: Cy did not support the motion on 3 June 2024" in told.text
    assert [(i.one("del").text, i.one("ins").text) for i in told.all("li")] == [
        ("no", "yes"), ("2024-06-02", "2024-06-03"),
    ]  # fmt: skip
    assert page.one("input", id="why").attributes["value"] == "misread <b>"
    assert page.one("input", id="field-happened").attributes["value"] == "2024-06-03"
    assert not list(page.all(id="wrong"))
    same = read_page(visitor.post(token, do="preview", at=CY.id).content.decode())
    assert same.one(id="preview").text == "It would say: the same as now"
    assert mill.items() == before


def test_a_preview_tells_what_is_wrong_beside_its_field(mill: Mill, visitor: Visitor) -> None:
    token = visitor.enter()
    fields = {"field-members": "nobody", "field-happened": "3.6.2024", "why": "so"}
    for do, status in (("preview", 200), ("mend", 422)):
        found = visitor.post(token, do=do, at=ANA.id, **fields)
        assert found.status_code == status
        page = read_page(found.content.decode())
        assert "2024-06-03 or 2024-03-06" in page.one(id="wrong-happened").text
        assert "nobody" in page.one(id="wrong-members").text
        assert page.one(id="wrong-stance").text == ""
        field = page.one("input", id="field-happened")
        assert field.attributes["aria-invalid"] == "true"
        assert "wrong-happened" in field.attributes["aria-describedby"].split()
        assert page.one("input", id="why").attributes["value"] == "so"
    refused = visitor.post(token, do="mend", at=ANA.id, **fields)
    links = read_page(refused.content.decode()).one(id="wrong").all("a")
    assert {a.attributes["href"] for a in links} == {"#field-happened", "#field-members"}
    assert mill.became() == ["open"] * 4


def test_a_candidate_whom_nobody_knows_is_warned_of_before_it_is_written(
    mill: Mill, visitor: Visitor
) -> None:
    token = visitor.enter()
    page = read_page(
        visitor.post(token, do="preview", at=ANA.id, **{"field-candidate": "anna"}).content.decode()
    )
    assert page.one(id="wrong-candidate").text == (
        "no entry here has the name 'anna'; it is kept as written; did you mean 'ana'?"
    )
    assert page.one(id="preview").text.startswith("It would say: Ana supported")  # it still can be
    assert mill.became() == ["open"] * 4


def test_a_name_that_was_understood_is_no_fault(mill: Mill, visitor: Visitor) -> None:
    token = visitor.enter()
    asked = {"do": "preview", "at": ANA.id, "field-members": "Dé"}
    page = read_page(visitor.post(token, **asked).content.decode())
    assert "It would say: Dé supported the motion" in page.one(id="preview").text
    assert page.one(id="wrong-members").text == ""
    assert "aria-invalid" not in page.one("input", id="field-members").attributes
    assert mill.became() == ["open"] * 4


def test_only_who_opened_the_printed_address_may_look_or_write(
    mill: Mill, visitor: Visitor
) -> None:
    stranger = Visitor(Client(enforce_csrf_checks=True), visitor.writing)
    assert stranger.get().status_code == 403
    assert stranger.get("/review/?key=guess").status_code == 403
    token = visitor.enter()
    assert stranger.get(f"/review/?key={visitor.writing.key}").status_code == 403
    assert stranger.post(token, do="accept", at=ANA.id).status_code == 403
    assert stranger.post(token, do="preview", at=ANA.id).status_code == 403
    stranger.client.cookies["csrftoken"] = visitor.client.cookies["csrftoken"].value
    assert stranger.post(token, do="accept", at=ANA.id).status_code == 403
    stranger.client.cookies["nemcon-review"] = "é"
    assert stranger.post(token, do="accept", at=ANA.id).status_code == 403
    # Whoever opened it may open it again.
    assert visitor.get(f"/review/?key={visitor.writing.key}").status_code == 303
    assert mill.became() == ["open"] * 4
    cookie = visitor.client.cookies["nemcon-review"]
    assert (cookie["httponly"], cookie["samesite"], cookie["domain"]) == (True, "Strict", "")


@pytest.mark.parametrize(
    "origin", [None, "null", "http://evil.example", "https://testserver", "http://testserver:81"]
)
def test_a_form_from_elsewhere_is_refused(mill: Mill, visitor: Visitor, origin: str | None) -> None:
    token = visitor.enter()
    assert visitor.post(token, origin, do="accept", at=ANA.id).status_code == 403
    assert mill.became() == ["open"] * 4


def test_a_form_without_the_token_is_refused(mill: Mill, visitor: Visitor) -> None:
    token = visitor.enter()
    assert visitor.post("", do="accept", at=ANA.id).status_code == 403
    assert visitor.post(token[::-1], do="accept", at=ANA.id).status_code == 403
    assert mill.became() == ["open"] * 4


@pytest.mark.parametrize("address", ["/", "/timeline/", "/review", "/review/x"])
def test_nothing_else_can_be_written(visitor: Visitor, address: str) -> None:
    visitor.enter()
    assert visitor.client.post(address, headers={"origin": HERE}).status_code == 405


def test_a_server_that_only_reads_has_no_such_page(mill: Mill) -> None:
    with override_settings(
        NEMCON_DESK=Desk([str(mill.path)]), NEMCON_WRITING=None, ALLOWED_HOSTS=["testserver"]
    ):
        client = Client(enforce_csrf_checks=True)
        assert client.get("/review/").status_code == 404
        post = client.post("/review/", {"do": "accept", "at": ANA.id}, headers={"origin": HERE})
        assert post.status_code == 405
        assert "Set-Cookie" not in client.get("/").headers
    assert mill.became() == ["open"] * 4


def test_the_headers_are_the_strict_ones(visitor: Visitor) -> None:
    visitor.enter()
    found = visitor.get()
    assert found.headers["Content-Security-Policy"] == POLICY
    assert found.headers["Cache-Control"] == "no-store"
    assert found.headers["Referrer-Policy"] == "same-origin"
    assert visitor.get("/").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (["--host", "0.0.0.0"], "only for this machine"),
        (["--host", "192.0.2.7"], "only for this machine"),
        (["--name", "desk.example"], "only for this machine"),
    ],
)
def test_only_this_machine_may_write(
    mill: Mill, capsys: pytest.CaptureFixture[str], more: list[str], told: str
) -> None:
    assert run(["serve", str(mill.path), "--review", "--port", "0", *more]) == 2
    assert told in capsys.readouterr().err


def test_only_a_record_is_reviewed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = root / "examples" / "nato-2024" / "report-2024-06-20.txt"
    assert run(["serve", str(report), "--review", "--port", "0"]) == 2
    assert "the proposals of one record" in capsys.readouterr().err


# In a browser


@contextmanager
def reviewing(
    mill: Mill, browser: Browser, size: str = "wide", *, script: bool = True
) -> Iterator[Page]:
    """The page of a server of its own; at the end nothing may have gone wrong."""
    width, height = SIZES[size]
    with serving(mill.path, more=["--review", "--by", "Zoë Åk"]) as address:
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        watch = Watch(context.new_page(), urlsplit(address).netloc)
        watch.page.goto(address)
        assert urlsplit(watch.page.url).query == "", "the key does not stay in the address"
        yield watch.page
        watch.clean()
        context.close()


@pytest.mark.parametrize("size", SIZES)
def test_mended_and_confirmed_by_keyboard_alone(mill: Mill, browser: Browser, size: str) -> None:
    with reviewing(mill, browser, size) as page:
        keys, current, said = page.keyboard, page.locator("#current"), page.locator("#said")
        expect(current).to_be_focused()
        expect(current).to_have_text("Ana supported the motion on 5 June 2024 (date of the report)")
        keys.press("a")
        expect(said).to_contain_text("Accepted: Ana supported the motion")
        expect(current).to_have_text("Bo supported the motion on 5 June 2024 (date of the report)")
        expect(current).to_be_focused()
        keys.press("j")
        expect(current).to_have_text("Cy supported the motion on 2 June 2024")
        keys.press("m")
        expect(page.locator("#field-members")).to_be_focused()
        for _ in range(30):  # on to the field that is meant, as with the Tab key
            if page.evaluate("document.activeElement.id") == "field-negated":
                break
            keys.press("Tab")
        keys.press("Control+a")
        keys.type("yes")
        keys.press("Enter")
        expect(said).to_contain_text("Mended: Cy did not support the motion on 2 June 2024")
        expect(current).to_be_focused()
        keys.press("k")
        keys.press("k")
        expect(current).to_contain_text("Bo supported")
        keys.press("r")
        expect(page.locator("#reason")).to_be_focused()
        keys.type("a muddle: jaguar")  # letters that are keys elsewhere
        keys.press("Escape")
        expect(current).to_be_focused()
        assert mill.became() == ["accepted", "open", "mended", "open"]
        keys.press("r")
        keys.press("Enter")
        expect(said).to_contain_text("Rejected: Bo supported the motion")
        keys.press("u")
        expect(said).to_contain_text("Taken back, open again: Bo supported the motion")
        expect(current).to_contain_text("Bo supported")
        assert mill.became() == ["accepted", "open", "mended", "open"]
        keys.press("?")
        expect(page.locator("#help")).to_be_visible()
        keys.press("Escape")
        expect(page.locator("#help")).not_to_be_visible()
    stances = {e.members[0]: e.negated for e in mill.state().all(Position)}
    assert stances == {"ana": False, "cy": True}
    by = {each.decision.by for each in mill.view().proposals if each.decision}
    assert by == {"Zoë Åk"}


@pytest.mark.parametrize("size", SIZES)
def test_what_it_would_say_is_shown_while_one_types(
    mill: Mill, browser: Browser, size: str
) -> None:
    with reviewing(mill, browser, size) as page:
        preview, wrong = page.locator("#preview"), page.locator("#wrong-happened")
        page.keyboard.press("m")
        page.locator("#field-happened").fill("3.6.2024")
        expect(wrong).to_contain_text("2024-06-03 or 2024-03-06")
        expect(preview).to_contain_text("nothing yet")
        expect(page.locator("#field-happened")).to_have_attribute("aria-invalid", "true")
        page.keyboard.press("Enter")  # refused: told beside the field, and the field is at hand
        expect(page.locator("#wrong")).to_contain_text("Nothing was written.")
        expect(page.locator("#field-happened")).to_be_focused()
        page.locator("#field-happened").fill("2024-06-03")
        expect(preview).to_contain_text("It would say: Ana supported the motion on 3 June 2024")
        expect(wrong).to_have_text("")
        assert mill.became() == ["open"] * 4
        # Away and back again: what was typed is still there.
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        expect(page.locator("#current")).to_contain_text("Bo")
        page.keyboard.press("k")
        expect(page.locator("#current")).to_contain_text("Ana")
        expect(page.locator("#field-happened")).to_have_value("2024-06-03")
        expect(preview).to_contain_text("on 3 June 2024")
        page.locator("#field-happened").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Mended: Ana supported the motion on 3 June")
    assert mill.became() == ["mended", "open", "open", "open"]


def test_keys_can_be_switched_off_and_stay_off(mill: Mill, browser: Browser) -> None:
    with reviewing(mill, browser) as page:
        page.locator("#shortcuts").uncheck()
        page.locator("#current").focus()
        page.keyboard.press("a")
        page.reload()
        expect(page.locator("#shortcuts")).not_to_be_checked()
        page.keyboard.press("a")
        page.wait_for_timeout(300)
        assert mill.became() == ["open"] * 4
        page.locator("#shortcuts").check()
        page.locator("#current").focus()
        page.keyboard.press("Control+a")
        page.keyboard.press("a")
        expect(page.locator("#said")).to_contain_text("Accepted: Ana")
        assert mill.became() == ["accepted", "open", "open", "open"]


def test_what_somebody_else_decided_is_told_and_shown(mill: Mill, browser: Browser) -> None:
    with reviewing(mill, browser) as page:
        mill.accept(ANA)
        # The answer 422 is told to the console by the browser itself, so the page is asked anew.
        page.reload()
        expect(page.locator(".current .tag")).to_have_text("open")
        expect(page.locator("#current")).to_contain_text("Bo supported")
        expect(page.locator(".undo")).to_contain_text("accepted (Zoë)")


@pytest.mark.parametrize("size", SIZES)
def test_no_fault_of_accessibility(mill: Mill, browser: Browser, size: str) -> None:
    mill.accept(ANA)
    mill.reject(BO)
    for scheme in ("light", "dark"):
        with reviewing(mill, browser, size) as page:
            page.emulate_media(color_scheme=scheme)
            page.evaluate("for (const each of document.querySelectorAll('details')) each.open = 1")
            found = Axe().run(page)
            assert found.response["violations"] == [], found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= SIZES[size][0]
            page.keyboard.press("?")
            found = Axe().run(page, context="#help")
            assert found.response["violations"] == [], found.generate_report()


def test_without_script_the_forms_do_the_same(mill: Mill, browser: Browser) -> None:
    with reviewing(mill, browser, script=False) as page:
        page.get_by_role("button", name="Accept").click()
        expect(page.locator("#said")).to_contain_text("Accepted: Ana")
        page.locator("#mend > summary").click()
        page.locator("#field-happened").fill("2024-06-03")
        page.get_by_role("button", name="Show what it would say").click()
        expect(page.locator("#preview")).to_contain_text("Bo supported the motion on 3 June 2024")
        page.get_by_label("Why it is wrong").fill("hearsay")
        page.get_by_role("button", name="Reject").click()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator("#said")).to_contain_text("Taken back, open again: Bo")
    assert mill.became() == ["accepted", "open", "open", "open"]
    assert len(PROPOSALS) == 4


@pytest.mark.parametrize("size", SIZES)
def test_after_the_last_decision_the_way_to_the_answer_is_in_sight(
    mill: Mill, browser: Browser, size: str
) -> None:
    for each in (ANA, BO, CY):
        mill.accept(each)
    with reviewing(mill, browser, size) as page:
        expect(page.locator("#current")).to_be_focused()
        page.keyboard.press("a")
        done = page.locator("#all-done")
        expect(done).to_be_focused()
        expect(done).to_be_in_viewport()
        done.locator("a").click()
        expect(page.locator("#verdict-title")).to_be_visible()


def test_on_a_phone_the_words_stand_below_the_card(mill: Mill, browser: Browser) -> None:
    with reviewing(mill, browser, "phone") as page:
        expect(page.locator("#current")).to_be_focused()
        expect(page.locator("#current")).to_be_in_viewport()
        expect(page.locator("#words")).to_be_in_viewport()
