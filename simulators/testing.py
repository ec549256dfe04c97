"""For tests: a running simulator on a free port of this machine."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulators.app import open_simulators
from simulators.serving import Server


@contextmanager
def running_simulator(directory: Path) -> Iterator[str]:
    """Serve the state in this folder from a thread; yields the base URL, closes all at the end.

    The same folder again continues where it stopped.
    """
    simulators = open_simulators(directory)
    server = Server(("127.0.0.1", 0), simulators.application)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        simulators.close()
