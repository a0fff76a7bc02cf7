"""What the agent says in the SETUP frame, checked."""

import json
import os

from windrow_harness import PROTOCOL_VERSION
from windrow_harness.channel import ProtocolError

_TEXT = (str,)
_OPTIONAL_TEXT = (str, type(None))
_LIMIT = (int, type(None))
_FLAG = (bool,)

# name -> (allowed types, value when it is not given; ... = must be given)
_FIELDS = {
    "worker": (_TEXT, ...),
    "instance": (_TEXT, ...),
    "job": (_TEXT, ""),
    "code": (_TEXT, ...),
    "entry_script": (_TEXT, ...),
    "argv": ((list,), []),
    "environment": ((dict,), {}),
    "segment": (_OPTIONAL_TEXT, None),
    "log_root": (_TEXT, ...),
    "output_dir": (_OPTIONAL_TEXT, None),
    "working_dir": (_OPTIONAL_TEXT, None),
    "logging_level": (_TEXT, "INFO"),
    "stdout_limit": (_LIMIT, None),
    "dataframe_header": (_FLAG, False),
    "profile": (_OPTIONAL_TEXT, None),
    "cuda_visible_devices": (_OPTIONAL_TEXT, None),
    "run_id": (_TEXT, ...),
    "init_only": (_FLAG, False),
}
_CHOICES = {
    "logging_level": ("WARNING", "INFO", "DEBUG"),
    "profile": (None, "cProfile", "profile"),
}


class Setup:
    """The fields of the SETUP frame as attributes; paths are absolute."""

    def __init__(self, body):
        # Paths may hold bytes that are not UTF-8; they travel as lone surrogates, escaped or raw.
        given = json.loads(body.decode("utf-8", "surrogateescape"))
        if given.get("version") != PROTOCOL_VERSION:
            raise ProtocolError("version: %r (expected: %d)" % (given.get("version"), PROTOCOL_VERSION))
        for name, (types, otherwise) in _FIELDS.items():
            setattr(self, name, _checked(name, given.get(name, otherwise), types))
        self.logging_level = self.logging_level.upper()
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise ProtocolError("%s: %r (expected: one of %s)" % (name, getattr(self, name), choices))
        self.code = os.path.abspath(self.code)
        self.log_root = os.path.abspath(self.log_root)
        self.working_dir = self.working_dir or self.code

    def log_path(self, *parts):
        """A path under the logs folder."""
        return os.path.join(self.log_root, *parts)


def _checked(name, value, types):
    if value is ...:
        raise ProtocolError("%s: missing (expected: a value)" % name)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        raise ProtocolError("%s: %r (expected: %s)" % (name, value, " or ".join(t.__name__ for t in types)))
    return value
