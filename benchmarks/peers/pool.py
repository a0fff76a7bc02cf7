"""multiprocessing.Pool."""

import multiprocessing

import tasks


class Peer:
    def __init__(self, workers):
        self._pool = multiprocessing.Pool(workers)

    def each(self, paths, chunk):
        return self._pool.imap_unordered(tasks.one, paths, chunksize=chunk)

    def call(self, path):
        return self._pool.apply(tasks.one, (path,))

    def close(self):
        self._pool.close()
        self._pool.join()
