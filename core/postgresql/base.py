"""Django's PostgreSQL backend with a health check that costs no round trip."""

from select import POLLIN, poll

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """A kept connection is looked at before each request uses it (CONN_HEALTH_CHECKS)."""

    def is_usable(self) -> bool:
        """Nothing to read while no transaction is open: an idle server says nothing before its
        farewell. In any other case it is asked, as Django always does."""
        kept = self.connection
        if kept is not None and kept.pgconn.transaction_status == TransactionStatus.IDLE:
            looking = poll()
            looking.register(kept.pgconn.socket, POLLIN)
            if not looking.poll(0):
                return True
        return bool(super().is_usable())
