"""The pages through nginx with TLS and a prefix, in Chromium."""

import pytest
from playwright.sync_api import Browser

from app.figures import assets
from tests.browser.conftest import browser, chromium  # noqa: F401
from tests.browser.test_pages import execute
from tests.proxy.conftest import StartProxy
from tests.proxy.nginx import NEEDS_NGINX

pytestmark = [pytest.mark.proxy, NEEDS_NGINX]
LOAD_IMAGES = """async () => {
    const images = [...document.querySelectorAll("main img")];
    images.forEach(image => { image.loading = "eager"; });
    await Promise.all(images.map(image => image.decode().catch(() => {})));
    return images.filter(image => image.naturalWidth > 0).length;
}"""


def test_pages_work_under_a_prefix(start_proxy: StartProxy, browser: Browser) -> None:  # noqa: F811
    with start_proxy() as proxy:
        page = browser.new_page(ignore_https_errors=True)
        page.goto(proxy.url)
        page.get_by_role("link", name="Documentation").click()
        page.wait_for_selector(".opblock")
        assert page.url == f"{proxy.url}docs"
        for name in ("list_exercises", "get_exercise_figure_svg", "create_session"):
            answer = execute(page.locator(f"[id$='-{name}']"))
            assert answer.url.startswith(f"{proxy.url}v1/")
            assert answer.status in (200, 201)
        page.goto(f"{proxy.url}gallery")
        assert page.evaluate(LOAD_IMAGES) == len(assets.list_drawn_slugs()) >= 85
        page.close()
