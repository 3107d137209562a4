"""What the tests of pages in other programs share: a browser, and a server with the whole catalogue."""

from tests.browser.conftest import browser as browser
from tests.browser.conftest import chromium as chromium
from tests.browser.conftest import served as served
