"""Ids that nothing declares."""


def test_a_member_that_nobody_declares(told: list[str]):
    """
    [[position]]
    members = ["ana", "boo"]
    happened = "2024-02-01"

    [[reserve]]
    member = "boo"
    happened = "2024-02-02"
    """
    assert told == [
        (
            "f.toml:1 (members): error: no party entry has the name 'boo', which 2 entries "
            "name; did you mean 'bo'? Else declare it [unknown-member]"
        ),
    ]


def test_a_member_by_its_name_instead_of_its_id(told: list[str]):
    """
    [[position]]
    members = "Anna"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (members): error: no party entry has the name 'Anna', which this "
            "position names in 'members'; did you mean 'ana'? Else declare it [unknown-member]"
        ),
    ]


def test_a_member_that_only_a_membership_declares_where_others_are_described(told: list[str]):
    """
    [[membership]]
    member = "gil"
    happened = "2023-01-01"

    [[position]]
    members = "gil"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (member): warning: no party entry has the name 'gil', which this "
            "membership names in 'member'; declare it, or correct it [unknown-party]"
        ),
    ]


def test_members_need_no_description_where_none_has_one(told: list[str]):
    """
    #: bare
    [[membership]]
    member = "gil"
    happened = "2023-01-01"

    [[position]]
    members = ["gil", "all"]
    happened = "2024-02-01"
    """
    assert told == []


def test_a_candidate_that_nobody_declares_is_a_note(told: list[str]):
    """
    [[candidacy]]
    candidate = "ewa"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (candidate): note: no party entry has the name 'ewa', which this "
            "candidacy names in 'candidate'; did you mean 'eva'? Else declare it "
            "[unknown-candidate]"
        ),
    ]


def test_sources_matters_offices_organs_bodies_and_holders(told: list[str]):
    """
    [[matter]]
    name = "ch-2024"
    sort = "selection"
    office = "chairr"
    organ = "bored"
    rule = "unanimity"

    [[position]]
    body = "klub"
    matter = "ch-2042"
    source = "wier"
    members = "ana"
    spans = [{ source = "pots", start = 0, end = 1, quote = "a" }]
    happened = "2024-02-01"

    [[term]]
    office = "secretary"
    holder = "zoe"
    start = "2024-01-01"
    """
    assert told == [
        (
            "f.toml:8 (body): warning: no body entry has the name 'klub', which this position "
            "names in 'body'; did you mean 'club'? Else declare it [unknown-body]"
        ),
        (
            "f.toml:8 (matter): warning: no matter entry has the name 'ch-2042', which this "
            "position names in 'matter'; did you mean 'ch-2024'? Else declare it "
            "[unknown-matter]"
        ),
        (
            "f.toml:1 (office): warning: no office entry has the name 'chairr', which this "
            "matter names in 'office'; did you mean 'chair'? Else declare it [unknown-office]"
        ),
        (
            "f.toml:16 (office): warning: no office entry has the name 'secretary', which this "
            "term names in 'office'; declare it, or correct it [unknown-office]"
        ),
        (
            "f.toml:1 (organ): warning: no organ entry has the name 'bored', which this matter "
            "names in 'organ'; did you mean 'board'? Else declare it [unknown-organ]"
        ),
        (
            "f.toml:16 (holder): warning: no party entry has the name 'zoe', which this term "
            "names in 'holder'; declare it, or correct it [unknown-party]"
        ),
        (
            "f.toml:8 (spans): warning: no source entry has the name 'pots', which this "
            "position names in 'spans'; did you mean 'post'? Else declare it [unknown-source]"
        ),
        (
            "f.toml:8 (source): warning: no source entry has the name 'wier', which this "
            "position names in 'source'; did you mean 'wire'? Else declare it [unknown-source]"
        ),
    ]


def test_a_draft_that_is_none_of_those_declared(told: list[str]):
    """
    [[draft]]
    name = "draft-1"
    happened = "2024-01-01"

    [[draft]]
    name = "draft-2"
    carries_over = "draft-1"
    happened = "2024-02-01"

    [[position]]
    members = "ana"
    draft = "draft-3"
    happened = "2024-02-02"
    """
    assert told == [
        (
            "f.toml:10 (draft): error: no draft entry has the name 'draft-3', which this "
            "position names in 'draft'; did you mean 'draft-2'? Else declare it "
            "[unknown-draft]"
        ),
    ]


def test_what_a_record_does_without_is_one_note_a_kind(told: list[str]):
    """
    #: bare
    body = "club"
    matter = "m"

    [[membership]]
    member = "gil"
    happened = "2023-01-01"

    [[position]]
    members = "gil"
    candidate = "eva"
    source = "wire-1"
    happened = "2024-02-01"

    [[position]]
    members = "gil"
    candidate = "fay"
    source = "wire-2"
    happened = "2024-02-02"
    """
    assert told == [
        (
            "f.toml:5: note: there is no body entry here, and 3 entries name 'club'; describe "
            "what is named, or leave it at that [unknown-body]"
        ),
        (
            "f.toml:9: note: there is no party entry here, and 2 entries name 'eva' and 'fay'; "
            "describe what is named, or leave it at that [unknown-candidate]"
        ),
        (
            "f.toml:5: note: there is no matter entry here, and 3 entries name 'm'; describe "
            "what is named, or leave it at that [unknown-matter]"
        ),
        (
            "f.toml:9: note: there is no source entry here, and 2 entries name 'wire-1' and "
            "'wire-2'; describe what is named, or leave it at that [unknown-source]"
        ),
    ]


def test_free_words_are_no_ids_but_a_slip_is_noted(told: list[str]):
    """
    [[commitment]]
    by = "two officials of the club"
    to = "Ukraine"
    what = "a new roof"

    [[commitment]]
    by = "bo"
    to = "boards"
    what = "a new roof"
    """
    assert told == [
        (
            "f.toml:6 (to): note: 'boards', which this commitment names in 'to', is declared "
            "nowhere and looks like 'board'; write that if it is meant [unknown-party]"
        ),
    ]


def test_one_finding_for_all_entries_that_name_an_id(told: list[str]):
    """
    [[position]]
    members = "ana"
    source = "wires"
    happened = "2024-02-01"

    [[position]]
    members = "bo"
    source = "wires"
    happened = "2024-02-01"
    """
    assert told == [
        (
            "f.toml:1 (source): warning: no source entry has the name 'wires', which 2 entries "
            "name; did you mean 'wire'? Else declare it [unknown-source]"
        ),
    ]
