"""`python -m simulators --port 8701 --data DIR`: serve until told to stop; print only errors."""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path
from types import FrameType

from simulators.app import open_simulators
from simulators.serving import Server


def main() -> int:
    parser = argparse.ArgumentParser(prog="simulators")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8701)
    parser.add_argument("--data", default=os.environ.get("SIM_DATA", "./var/simulators"))
    options = parser.parse_args()
    simulators = open_simulators(Path(options.data))
    try:
        server = Server((options.host, options.port), simulators.application)
    except OSError as error:
        sys.stderr.write(f"simulators: port {options.port} can't be used: {error.strerror}\n")
        return 1

    def stop(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
