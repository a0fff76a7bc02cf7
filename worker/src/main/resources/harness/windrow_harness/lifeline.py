"""A thread that ends the worker and its children when the agent is gone, and hands out late console output."""

import os
import select
import signal
import threading
import time

_FLUSH_MILLIS = 500
_GRACE_SECONDS = 30


class Lifeline:
    """Watches the pipe from the agent for its end, without reading from it."""

    def __init__(self, work, logs):
        self._work = work
        self._logs = logs
        self._pid = os.getpid()
        self._leaving = False
        self._sleep = time.sleep
        # Held while the thread flushes, so that no child is forked with a half-flushed, locked stream.
        self._flushing = threading.Lock()

    def start(self):
        os.register_at_fork(
            before=self._before_fork,
            after_in_parent=self._flushing.release,
            after_in_child=self._flushing.release,
        )
        threading.Thread(target=self._watch, name="windrow-lifeline", daemon=True).start()

    def _before_fork(self):
        self._flushing.acquire()
        # A child must not hand on a second time what is buffered now.
        self._logs.flush()

    def leave(self):
        """The last answer is being sent: the agent may close its end now, and the process has a while to end."""
        self._leaving = True

    def _watch(self):
        poll = select.poll()
        poll.register(self._work, 0)
        while not poll.poll(_FLUSH_MILLIS):
            with self._flushing:
                self._logs.look()
        if self._leaving:
            self._sleep(_GRACE_SECONDS)
        kill_group(self._pid)


def kill_group(pid):
    """Kill this process and the group it leads, at once."""
    if os.getpgrp() == pid:
        os.killpg(pid, signal.SIGKILL)
    os.kill(pid, signal.SIGKILL)
