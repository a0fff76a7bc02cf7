"""Profiles the functions of the script when the job asks for it."""

import importlib
import os


class Profile:
    """Profiles calls with the module named, ``cProfile`` or ``profile``; None profiles nothing and costs nothing."""

    def __init__(self, module):
        self._profiler = importlib.import_module(module).Profile() if module else None
        if module:
            # Needed to store the figures; the script may have a module of that name.
            importlib.import_module("pstats")

    def around(self, function):
        """Return a function that does the same and is profiled."""
        if self._profiler is None:
            return function
        runcall = self._profiler.runcall
        # The profiler in Python, unlike the one in C, has to be told that a call is over before it can see the next.
        complete = getattr(self._profiler, "simulate_cmd_complete", _nothing)

        def profiled(*arguments):
            try:
                return runcall(function, *arguments)
            finally:
                complete()

        return profiled

    def store(self, path):
        """Write the figures for ``pstats``."""
        if self._profiler is None:
            return
        try:
            self._profiler.dump_stats(path)
        except Exception as error:
            os.write(2, ("profile: %s: %s\n" % (path, error)).encode("utf-8", "backslashreplace"))


def _nothing():
    pass
