"""Ray, with one actor a worker."""

import ray
import ray_tasks
import tasks


class _Actor:
    def one(self, path):
        return tasks.one(path)

    def several(self, paths):
        return tasks.several(paths)


class Peer:
    def __init__(self, workers):
        ray_tasks.start(workers)
        self._actors = [ray.remote(_Actor).remote() for _ in range(workers)]

    def each(self, paths, chunk):
        count = len(self._actors)
        if chunk == 1:
            return ray.get([self._actors[at % count].one.remote(path) for at, path in enumerate(paths)])
        parts = ray_tasks.groups(paths, chunk)
        found = ray.get([self._actors[at % count].several.remote(part) for at, part in enumerate(parts)])
        return [number for group in found for number in group]

    def call(self, path):
        return ray.get(self._actors[0].one.remote(path))

    def close(self):
        ray.shutdown()
