"""concurrent.futures.ProcessPoolExecutor."""

import concurrent.futures

import tasks


class Peer:
    def __init__(self, workers):
        self._executor = concurrent.futures.ProcessPoolExecutor(workers)

    def each(self, paths, chunk):
        return self._executor.map(tasks.one, paths, chunksize=chunk)

    def call(self, path):
        return self._executor.submit(tasks.one, path).result()

    def close(self):
        self._executor.shutdown()
