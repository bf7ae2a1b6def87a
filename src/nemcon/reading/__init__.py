"""Dated reports in English -> proposed entries, each with the span that it rests on.

The reader proposes and never asserts. It would rather leave a sentence unread, and say so,
than guess: a stance comes only from the member itself, negation and modality are kept, and a
date carries its basis. Python holds English words only; every name comes from the pack of a
body or from the report itself.
"""

from nemcon.reading.document import MAX_BYTES, Document, open_document
from nemcon.reading.markup import readable
from nemcon.reading.model import Proposal, Reading, Sentence
from nemcon.reading.reader import read

__all__ = [
    "MAX_BYTES",
    "Document",
    "Proposal",
    "Reading",
    "Sentence",
    "open_document",
    "read",
    "readable",
]
