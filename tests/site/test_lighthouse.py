"""Lighthouse finds the pages accessible, sound and fit for search engines.

How fast they are is measured by `make lighthouse`: it depends on what else the machine does, so nothing is held of it.
"""

import pytest

from tests.site.lighthouse import CATEGORIES, PAGES, measure_page

pytestmark = pytest.mark.site


@pytest.mark.parametrize("path", PAGES)
def test_lighthouse_finds_little_to_mend(served: str, path: str) -> None:
    scores = measure_page(served + path, CATEGORIES[1:])
    assert min(scores.values()) >= 95, scores
