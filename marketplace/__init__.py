"""The top of the ladder: settings, addresses, the worker, the wiring and the embedded servers."""
