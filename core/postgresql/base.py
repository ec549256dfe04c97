"""Django's PostgreSQL backend with a health check that costs no round trip."""

from select import POLLIN, poll

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection is looked at before each request uses it (CONN_HEALTH_CHECKS)."""

    def is_usable(self) -> bool:
        """An idle server says nothing. Is there something to read on the socket, it is most likely
        its farewell: then it is asked, as Django always does."""
        kept = self.connection
        if kept is None or kept.closed:
            return False
        looking = poll()
        looking.register(kept.pgconn.socket, POLLIN)
        return not looking.poll(0) or bool(super().is_usable())
