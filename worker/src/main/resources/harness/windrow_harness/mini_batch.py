"""The two arguments of ``run()``: the list of paths and the context."""

_CONTEXT_ATTRIBUTES = ("minibatch_index", "retry_count", "partition_key_value", "dataset")


class MiniBatch(list):
    """A list of absolute paths that also has ``task_id``, the index of the mini-batch as a string."""

    def __init__(self, paths=(), task_id="0"):
        list.__init__(self, paths)
        self.task_id = task_id


class MiniBatchContext:
    """What is known about the mini-batch besides its items.

    ``minibatch_index`` is an int from 0, the same in each attempt; ``retry_count`` is 0 in the first attempt;
    ``partition_key_value`` maps key names to values for partitioned input; ``dataset`` is always None.
    """

    __slots__ = _CONTEXT_ATTRIBUTES

    def __init__(self, minibatch_index, retry_count):
        self.minibatch_index = minibatch_index
        self.retry_count = retry_count
        self.partition_key_value = {}
        self.dataset = None

    def __getattr__(self, name):
        raise AttributeError(
            "the mini-batch context has no attribute %r; it has: %s" % (name, ", ".join(_CONTEXT_ATTRIBUTES))
        )

    def __repr__(self):
        return "MiniBatchContext(minibatch_index=%d, retry_count=%d)" % (self.minibatch_index, self.retry_count)
