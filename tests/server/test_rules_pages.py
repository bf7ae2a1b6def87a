"""The procedure library as pages: every rule as sentences beside its clauses."""

from __future__ import annotations

import pytest

from nemcon.library import procedure_ids
from tests.server.conftest import FIRST, Serve


def test_the_list_leads_to_every_procedure(serve: Serve) -> None:
    visit = serve(FIRST)
    answer = visit("/rules/")
    assert answer.status == 200
    for ident in procedure_ids():
        assert f'href="/rules/{ident}/"' in answer.html


@pytest.mark.parametrize("ident", procedure_ids())
def test_every_procedure_has_a_page(serve: Serve, ident: str) -> None:
    answer = serve(FIRST)(f"/rules/{ident}/")
    assert answer.status == 200
    assert "What the text says" in answer.html


def test_a_clause_from_memory_is_marked(serve: Serve) -> None:
    visit = serve(FIRST)
    assert "from memory" in visit("/rules/un-sc-1966/").html
    assert "from memory" not in visit("/rules/php-rfc/").html


def test_the_state_of_play_leads_to_its_rule(serve: Serve) -> None:
    visit = serve(FIRST)
    assert 'href="/rules/nato-secretary-general/"' in visit("/").html


@pytest.mark.parametrize("ident", ["none-such", "..%2f..%2fetc", "nato-consensus.toml"])
def test_what_is_not_in_the_library_is_not_there(serve: Serve, ident: str) -> None:
    assert serve(FIRST)(f"/rules/{ident}/").status == 404
