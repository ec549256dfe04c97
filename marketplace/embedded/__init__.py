"""The servers that the demo and the tests bring along, and the launcher that runs them.

Nothing in this package imports Django: the launcher stays small beside what it starts.
"""
