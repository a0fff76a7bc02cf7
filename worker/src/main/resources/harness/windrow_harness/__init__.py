"""The worker side of a Windrow agent: runs a script's ``init()``, ``run(mini_batch)`` and ``shutdown()``.

Only the standard library is used, and nothing newer than Python 3.8.
"""

PROTOCOL_VERSION = 1

# Exit statuses of a worker process; the agent reads them.
EXIT_ENDED = 0
EXIT_BROKEN = 1
EXIT_PROTOCOL = 2
EXIT_LOAD_FAILED = 3
EXIT_INIT_FAILED = 4
EXIT_LINK_LOST = 5
