"""An independent oracle of the verdict: brute force over all worlds of a small case.

It shares nothing with the engine but the entries and their dates. See `answer`.
"""

from tests.oracle.verdict import Answer, Tells, answer

__all__ = ["Answer", "Tells", "answer"]
