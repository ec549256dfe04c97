"""The inbox: notices of outside parties, stored before they are answered."""

import hashlib
import json

from django.db import connection

LONGEST_ID = 120

INSERT = """
    INSERT INTO core_inboxnotice
        (party, event_id, kind, body, received_at, attempts, error)
    VALUES (%s, %s, %s, %s::jsonb, clock_timestamp(), 0, '')
    ON CONFLICT (party, event_id) DO NOTHING
"""


def take(party: str, event_id: str, kind: str, body: object) -> bool:
    """Keep a notice; True when it is new, False when this party sent this event before.

    The signature has been checked. In the caller's transaction; safe to call any number of times
    and by any number of processes at once: exactly one of them gets True.
    """
    if len(event_id) > LONGEST_ID:
        event_id = hashlib.sha256(event_id.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [party, event_id, kind[:60], json.dumps(body)])
        return bool(cursor.rowcount == 1)
