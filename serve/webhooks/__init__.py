"""Telling other systems of events, after Standard Webhooks (standardwebhooks.com).

`announce` puts an event into the outbox within the transaction that makes it true; `Sender`
delivers what is there.
"""

from serve.webhooks.outbox import announce
from serve.webhooks.sender import Sender

__all__ = ["Sender", "announce"]
