"""joblib with its own processes."""

import joblib
import tasks


class Peer:
    def __init__(self, workers):
        self._workers = workers

    def each(self, paths, chunk):
        size = chunk if chunk == 1 else "auto"
        with joblib.Parallel(n_jobs=self._workers, batch_size=size, return_as="generator_unordered") as parallel:
            yield from parallel(joblib.delayed(tasks.one)(path) for path in paths)

    def close(self):
        pass
