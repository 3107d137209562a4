"""The subtitles of a routine as a text track of a page of another origin, as Chromium reads them."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

READ_CUES = """([base, slug]) => new Promise((resolve, reject) => {
    const video = document.createElement("video");
    video.crossOrigin = "anonymous";
    const track = document.createElement("track");
    track.kind = "captions";
    track.src = `${base}/v1/routines/${slug}/export?format=vtt`;
    track.onload = () => resolve(Array.from(track.track.cues, cue =>
        [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent.split("\\n")[1]]));
    track.onerror = () => reject(new Error("the track was not read"));
    video.append(track);
    document.body.append(video);
    track.track.mode = "hidden";
})"""
READ_EVENTS = """async ([base, slug]) =>
    (await (await fetch(`${base}/v1/routines/${slug}`)).json()).session.timeline
        .map(event => [event.at_s, event.at_s + event.duration_s, event.text])"""


def test_a_text_track_has_a_cue_for_each_event_but_the_end(served: str, browser: Browser) -> None:
    page = browser.new_page(bypass_csp=True)  # a page of a partner has a policy of its own
    page.goto(served.replace("127.0.0.1", "localhost") + "/routines")
    arguments = [served, "desk-break-5-min-chair"]
    *events, _end = page.evaluate(READ_EVENTS, arguments)
    assert page.evaluate(READ_CUES, arguments) == events
    page.close()
