"""A club with a council of which all must agree, for records of tests."""

BODY = """
[body]
name = "club"
title = "The Club"
"""
"""Fields of the body may follow, and then other tables."""

ALL_AGREE = """
[[organ]]
name = "council"
title = "Council"

[[rule]]
name = "all"
organ = "council"
start = "2020"
[[rule.algebra.outcome]]
when = { cmp = [{ n = "support" }, "=", { n = "all" }] }
is = "agreed"
favourable = true
"""
"""The council and its rule *all*; more of the rule may follow: `[[rule.algebra.shows]]`."""
