"""One circuit breaker per outside party, shared by all processes through Valkey.

Ten failures within five minutes, and at least half of all calls, open it for a minute: nobody waits
for a party that is down. Then a single probe goes out; its success closes the breaker, its failure
opens it for another minute. While Valkey is away each process counts for itself.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from redis import Redis

from core import valkey
from core.errors import ProviderError

FAILURES = 10
SHARE = 0.5
BUCKETS, BUCKET_SECONDS = 5, 60
OPEN_SECONDS = 60
TRIPPED_SECONDS = 3600  # how long a breaker that nobody probes remembers that it was open
PROBE_SECONDS = 20
PARTIES = f"{valkey.PREFIX}breaker-parties"

Result = TypeVar("Result")


class LocalStore:
    """What we use of Valkey, in this process: counters and marks that end by themselves."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[int, float]] = {}
        self._guard = threading.Lock()

    def read(self, names: Sequence[str]) -> list[int]:
        moment = time.time()
        with self._guard:
            found = [self._held.get(name, (0, 0.0)) for name in names]
        return [value if ends > moment else 0 for value, ends in found]

    def add(self, name: str, seconds: int) -> None:
        value = self.read([name])[0] + 1
        with self._guard:
            self._held[name] = (value, time.time() + seconds)

    def mark(self, name: str, seconds: int) -> bool:
        """True when the mark is new."""
        with self._guard:
            if self._held.get(name, (0, 0.0))[1] > time.time():
                return False
            self._held[name] = (1, time.time() + seconds)
            return True

    def drop(self, names: Sequence[str]) -> None:
        with self._guard:
            for name in names:
                self._held.pop(name, None)


class SharedStore:
    """The same in Valkey; the local one takes over while it is away."""

    def __init__(self) -> None:
        self.local = LocalStore()

    def read(self, names: Sequence[str]) -> list[int]:
        def get(server: Redis) -> list[int] | None:
            return [int(value or 0) for value in server.mget(names)]

        found = valkey.ask(get, otherwise=None)
        return self.local.read(names) if found is None else found

    def add(self, name: str, seconds: int) -> None:
        def count(server: Redis) -> bool:
            pipe = server.pipeline(transaction=False)
            pipe.incr(name)
            pipe.expire(name, seconds)
            pipe.execute()
            return True

        if not valkey.ask(count, otherwise=False):
            self.local.add(name, seconds)

    def mark(self, name: str, seconds: int) -> bool:
        def put(server: Redis) -> bool | None:
            return bool(server.set(name, 1, nx=True, ex=seconds))

        done = valkey.ask(put, otherwise=None)
        return self.local.mark(name, seconds) if done is None else done

    def drop(self, names: Sequence[str]) -> None:
        self.local.drop(names)
        valkey.ask(lambda server: server.delete(*names), otherwise=0)


store: SharedStore | LocalStore = SharedStore()


def guarded(party: str, call: Callable[[], Result], *, failed: Callable[[Result], bool]) -> Result:
    """Run `call` unless the breaker is open, and count how it went.

    Raises ProviderError("breaker_open", retry_after=…) without calling. A raised ProviderError
    counts as a failure of the party, as does a result for which `failed` is true.
    """
    _ask_to_pass(party)
    try:
        result = call()
    except ProviderError:
        _count(party, is_failure=True)
        raise
    _count(party, is_failure=failed(result))
    return result


def is_open(party: str) -> bool:
    return bool(store.read([_name(party, "open")])[0])


def states() -> dict[str, bool]:
    """Every party that ever failed, and whether its breaker is open now."""

    def known(server: Redis) -> list[str]:
        names: set[bytes] = server.smembers(PARTIES)  # type: ignore[assignment]
        return sorted(name.decode() for name in names)

    nobody: list[str] = []
    return {party: is_open(party) for party in valkey.ask(known, otherwise=nobody)}


def _ask_to_pass(party: str) -> None:
    opened, tripped = store.read([_name(party, "open"), _name(party, "tripped")])
    if opened:
        raise ProviderError("breaker_open", retryable=True, retry_after=float(OPEN_SECONDS))
    if tripped and not store.mark(_name(party, "probe"), PROBE_SECONDS):
        raise ProviderError("breaker_open", retryable=True, retry_after=5.0)


def _count(party: str, *, is_failure: bool) -> None:
    tripped_name, probe = _name(party, "tripped"), _name(party, "probe")
    store.add(_bucket(party, "failed" if is_failure else "done", 0), BUCKETS * BUCKET_SECONDS)
    was_tripped = bool(store.read([tripped_name])[0])
    if is_failure:
        _note_party(party)
        if was_tripped or _is_bad(party):
            store.mark(_name(party, "open"), OPEN_SECONDS)
            store.mark(tripped_name, TRIPPED_SECONDS)
            store.drop([probe])
    elif was_tripped:
        store.drop([tripped_name, probe, *_all_buckets(party)])


def _note_party(party: str) -> None:
    """For /metrics: the parties that failed within a day of each other."""

    def note(server: Redis) -> bool:
        pipe = server.pipeline(transaction=False)
        pipe.sadd(PARTIES, party)
        pipe.expire(PARTIES, 86_400)
        pipe.execute()
        return True

    valkey.ask(note, otherwise=False)


def _is_bad(party: str) -> bool:
    counts = store.read(_all_buckets(party))
    failed, done = sum(counts[:BUCKETS]), sum(counts[BUCKETS:])
    return failed >= FAILURES and failed >= SHARE * (failed + done)


def _all_buckets(party: str) -> list[str]:
    return [_bucket(party, kind, ago) for kind in ("failed", "done") for ago in range(BUCKETS)]


def _bucket(party: str, kind: str, ago: int) -> str:
    return _name(party, f"{kind}:{int(time.time() // BUCKET_SECONDS) - ago}")


def _name(party: str, what: str) -> str:
    return f"{valkey.PREFIX}breaker:{party}:{what}"
