"""The document that a check looks at is the docstring of its test."""

import pytest

from tests.check.documents import Document


@pytest.fixture
def document(request: pytest.FixtureRequest) -> Document:
    """The docstring of the test."""
    return Document(request.function.__doc__ or "")


@pytest.fixture
def told(document: Document) -> list[str]:
    """Everything that the checks tell of the docstring, as the command line prints it."""
    return [str(finding) for finding in document.check()]
