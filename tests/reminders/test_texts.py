"""The state of the texts: whoever changes one raises it, so that subscribed calendars take their events anew."""

import hashlib
import json

from app.kit.yaml_files import read_yaml
from app.reminders.texts import ReminderTexts, reminder_texts
from app.texts.loader import TEXTS_FOLDER

DIGESTS = {1: "8a1db965c94f", 2: "fa819bca0f4a", 3: "398085c32bd7", 4: "398085c32bd7"}
"""The texts of each revision that a release has had, as a digest; add one with every change."""


def test_a_change_of_the_texts_raises_their_revision() -> None:
    content = read_yaml(TEXTS_FOLDER / "en" / ReminderTexts.file_name, "reminders.yaml").value
    del content["revision"]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]
    number = reminder_texts().revision.number
    assert max(DIGESTS) == number
    assert DIGESTS[number] == digest, "raise revision.number and changed_at in reminders.yaml, and add the digest here"
