"""Secrets of webhooks, and signatures as Standard Webhooks has them.

A secret is derived from that of the service, so that neither the database nor its backup holds one.
"""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Final

SECRET_PREFIX: Final = "whsec_"


def derive_secret(service_secret: bytes, webhook_id: str, version: int) -> str:
    """Return a secret of a webhook, of 256 bits; each version of each webhook has another one."""
    message = f"webhook signing secret {version} of {webhook_id}"
    return SECRET_PREFIX + base64.b64encode(hmac.digest(service_secret, message.encode(), "sha256")).decode()


def sign_message(secrets: Sequence[str], message_id: str, attempted_at: datetime, body: str) -> dict[str, str]:
    """Return the headers that identify and sign a message, with one signature for each secret.

    `attempted_at` is in UTC.
    """
    from standardwebhooks import Webhook  # only where messages are sent

    signatures = (Webhook(secret).sign(message_id, attempted_at, body) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(attempted_at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
