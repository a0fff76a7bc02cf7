"""Ray, with tasks."""

import os

import ray
import tasks


def start(workers):
    """A Ray of our own on this machine, with as many processors as there are workers."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level="ERROR",
             address="local", configure_logging=False)


def groups(paths, chunk):
    return [paths[at:at + chunk] for at in range(0, len(paths), chunk)]


class Peer:
    def __init__(self, workers):
        start(workers)
        self._one = ray.remote(tasks.one)
        self._several = ray.remote(tasks.several)

    def each(self, paths, chunk):
        if chunk == 1:
            return ray.get([self._one.remote(path) for path in paths])
        found = ray.get([self._several.remote(group) for group in groups(paths, chunk)])
        return [number for group in found for number in group]

    def call(self, path):
        return ray.get(self._one.remote(path))

    def close(self):
        ray.shutdown()
