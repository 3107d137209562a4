"""A page of another origin calls the service from Chromium, with the headers that libraries add."""

import pytest
from playwright.sync_api import Browser

from tests.kit.test_cors import ADDED_BY_LIBRARIES

pytestmark = pytest.mark.browser

OTHER_HEADERS = ["x-some-sdk", "if-unmodified-since", "x-amzn-trace-id"]
FETCH_EACH = """([base, names]) => Promise.all(names.map(async name => {
    try {
        const answer = await fetch(`${base}/v1/exercises?limit=1`, {headers: {[name]: "x"}});
        return [name, answer.status, answer.headers.get("x-request-id") !== null];
    } catch (error) {
        return [name, String(error), false];
    }
}))"""
READ_ERRORS = """base => Promise.all(
    ["/v1/nothing", "/v1/exercises?limit=1&limit=2", "/v1/exercises?limit=0"].map(async path =>
        (await (await fetch(base + path, {headers: {traceparent: "x"}})).json()).status))"""
BUILD = """async base => {
    const body = JSON.stringify({duration_s: 120, goals: [{goal: "rotation"}]});
    const headers = {"content-type": "application/json", "idempotency-key": "a", "sentry-trace": "b"};
    const answer = await fetch(`${base}/v1/sessions`, {method: "POST", headers, body});
    return [answer.status, answer.headers.get("location") !== null];
}"""
WITH_COOKIES = """async base => {
    try {
        await fetch(`${base}/v1/exercises?limit=1`, {credentials: "include"});
        return "answered";
    } catch (error) {
        return "refused";
    }
}"""


def test_a_page_of_another_origin_may_send_what_its_libraries_add(served: str, browser: Browser) -> None:
    page = browser.new_page(bypass_csp=True)  # a page of a partner has a policy of its own
    page.goto(served.replace("127.0.0.1", "localhost") + "/healthz")
    names = [*ADDED_BY_LIBRARIES, *OTHER_HEADERS]
    assert page.evaluate(FETCH_EACH, [served, names]) == [[name, 200, True] for name in names]
    assert page.evaluate(READ_ERRORS, served) == [404, 422, 422]
    assert page.evaluate(BUILD, served) == [201, True]
    assert page.evaluate(WITH_COOKIES, served) == "refused"
    page.close()
