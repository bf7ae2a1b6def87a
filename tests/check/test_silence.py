"""Silence that is told to have passed before its deadline."""


def test_silence_that_passed_before_its_deadline(told: list[str]):
    """
    [[silence]]
    change = "opened"
    happened = "2024-02-01T10:00Z"
    deadline = "2024-02-08T10:00Z"

    [[silence]]
    change = "passed"
    happened = "2024-02-05T11:00Z"
    """
    assert told == [
        (
            "f.toml:6 (happened): warning: silence is told to have passed on 2024-02-05T11:00Z, "
            "before its deadline of 2024-02-08T10:00Z, and until then it can be broken; correct "
            "one of the two dates [silence-before-deadline]"
        ),
    ]


def test_silence_that_was_extended(told: list[str]):
    """
    [[silence]]
    change = "opened"
    happened = "2024-02-01T10:00Z"
    deadline = "2024-02-08T10:00Z"

    [[silence]]
    change = "extended"
    happened = "2024-02-07T10:00Z"
    deadline = "2024-02-10T10:00Z"

    [[silence]]
    change = "passed"
    happened = "2024-02-08T10:00Z"
    """
    (found,) = told
    assert "before its deadline of 2024-02-10T10:00Z" in found


def test_silence_that_passed_in_time_or_on_another_draft(told: list[str]):
    """
    [[silence]]
    change = "opened"
    happened = "2024-02-01T10:00Z"
    deadline = "2024-02-08"
    draft = "rev1"

    [[silence]]
    change = "passed"
    happened = "2024-02-08T10:00Z"
    draft = "rev1"

    [[silence]]
    change = "opened"
    happened = "2024-02-09T10:00Z"
    deadline = "2024-02-12T10:00Z"
    draft = "rev1"

    [[draft]]
    name = "rev1"
    """
    assert told == []
