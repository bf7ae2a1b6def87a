"""What seems to be missing where something could not be read."""

from nemcon.check.unread import as_far_as_read
from nemcon.findings import Finding

LOST = Finding("unknown-rule", "warning", "there is no such rule here; add a [[rule]]")
OTHER = Finding("no-matter", "warning", "2 entries name no matter")
BROKEN = Finding("wrong-type", "error", "'algebra' holds the fraction 0.75")


def test_a_rule_may_be_in_what_could_not_be_read():
    lost, other = as_far_as_read([LOST, OTHER], [BROKEN])
    assert lost.message == (
        "there is no such rule here; add a [[rule]] (or an entry that could not be read says it; "
        "mend that first)"
    )
    assert (lost.code, other) == (LOST.code, OTHER)


def test_where_all_was_read_it_is_missing():
    assert tuple(as_far_as_read([LOST], [OTHER])) == (LOST,)
