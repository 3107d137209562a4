"""What the tests of renderers, converters and players share: a browser."""

from tests.browser.conftest import browser as browser
from tests.browser.conftest import chromium as chromium
