"""What the tests of reviewing have in common."""

from tests.server.browser import browser as browser
