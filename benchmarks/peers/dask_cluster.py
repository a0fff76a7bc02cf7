"""Dask distributed, with one process a worker."""

import dask
import tasks
from distributed import Client, LocalCluster


class Peer:
    def __init__(self, workers):
        dask.config.set({"distributed.admin.log-length": 0, "distributed.worker.daemon": True})
        self._cluster = LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
                                     silence_logs=50)
        self._client = Client(self._cluster)

    def each(self, paths, chunk):
        if chunk == 1:
            return self._client.gather(self._client.map(tasks.one, paths, pure=False))
        groups = [paths[at:at + chunk] for at in range(0, len(paths), chunk)]
        found = self._client.gather(self._client.map(tasks.several, groups, pure=False))
        return [number for group in found for number in group]

    def call(self, path):
        return self._client.submit(tasks.one, path, pure=False).result()

    def close(self):
        self._client.close()
        self._cluster.close()
