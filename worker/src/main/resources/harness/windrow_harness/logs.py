"""Where everything a worker prints or logs goes; the layout is Azure's."""

import io
import logging
import os
import sys
import time

from windrow_harness.capped import CappedFile
from windrow_harness.descriptors import point_at

# Handing on each line costs 3 microseconds instead of a third of one, which is much for those who print gigabytes. So
# it is given up while there are more than this many lines between two looks, and taken up when there are few blocks.
_MANY_LINES = 20000
_FEW_BLOCKS = 100
_FORMAT = "%(asctime)s|%(levelname)s|%(process)d|%(name)s|%(message)s"


class _Raw(io.RawIOBase):
    """Lets Python's own text streams write to a capped file."""

    mode = "wb"

    def __init__(self, capped, name):
        super().__init__()
        self._capped = capped
        self.name = name
        self.writes = 0

    def writable(self):
        return True

    def write(self, data):
        size = data.nbytes if isinstance(data, memoryview) else len(data)
        self.writes += 1
        self._capped.append(data)
        return size

    def fileno(self):
        return self._capped.descriptor()


class _FileHandler(logging.Handler):
    """Writes records to a capped file."""

    def __init__(self, capped):
        super().__init__()
        self._capped = capped

    def emit(self, record):
        try:
            self._capped.append((self.format(record) + "\n").encode("utf-8", "backslashreplace"))
        except Exception:
            self.handleError(record)


class Logs:
    """All log files of one worker process."""

    def __init__(self, setup):
        self._setup = setup
        name = setup.worker + ".txt"
        self._out = self._capped("user", "stdout", setup.instance, setup.worker + ".stdout.txt")
        self._err = self._capped("user", "stderr", setup.instance, setup.worker + ".stderr.txt")
        self._script = self._capped("user", "entry_script_log", setup.instance, setup.worker + ".log.txt")
        self._errors = self._capped("user", "error", setup.instance, name)
        self._worker = self._capped("sys", "node", setup.instance, name)
        self.debug = setup.logging_level == "DEBUG"
        self._streams = ()

    def _capped(self, *parts):
        return CappedFile(self._setup.log_path(*parts), self._setup.stdout_limit)

    def node_path(self, suffix):
        """A path beside the worker's own log."""
        return self._setup.log_path("sys", "node", self._setup.instance, self._setup.worker + suffix)

    def route(self):
        """Send descriptors 1 and 2, Python's streams and the root logger to their files."""
        os.makedirs(os.path.dirname(self.node_path("")), exist_ok=True)
        point_at(1, self.node_path(".stdout.txt"))
        point_at(2, self.node_path(".stderr.txt"))
        self._out.descriptor()
        self._err.descriptor()
        # Line by line, so that nothing is lost that was printed before a crash.
        self._out_raw = _Raw(self._out, "<stdout>")
        sys.stdout = _text_stream(self._out_raw)
        sys.stderr = _text_stream(_Raw(self._err, "<stderr>"))
        self._streams = (sys.stdout, sys.stderr)
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter(_FORMAT))
        logging.root.addHandler(handler)
        logging.root.setLevel(logging.INFO)

    def script_log_dir(self):
        """``EntryScript().log_dir``."""
        return os.path.dirname(self._script.path)

    def script_logger(self):
        """``EntryScript().logger``."""
        logger = logging.getLogger("azureml_user.entry_script")
        handler = _FileHandler(self._script)
        handler.setFormatter(logging.Formatter(_FORMAT))
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG if self.debug else logging.INFO)
        logger.propagate = False
        return logger

    def flush(self):
        """Hand on what the script printed; costs next to nothing when it printed nothing."""
        for stream in self._streams:
            try:
                stream.flush()
            except (ValueError, OSError):
                # The script closed it: print() fails for the script, as anywhere, and there is nothing to hand on.
                pass

    def look(self):
        """Hand on what was printed, and choose how to hand on what comes; called twice a second."""
        self.flush()
        writes, self._out_raw.writes = self._out_raw.writes, 0
        lines = self._streams[0].line_buffering
        if writes > _MANY_LINES if lines else writes < _FEW_BLOCKS:
            try:
                self._streams[0].reconfigure(line_buffering=not lines)
            except (ValueError, OSError):
                # Closed by the script.
                pass

    def user_error(self, what, trace):
        """Keep the whole trace of an error in the script."""
        self._append(self._errors, "%s failed\n%s\n" % (what, trace))
        self._append(self._worker, what + " failed\n")

    def worker_line(self, text):
        """Note what the worker did."""
        self._append(self._worker, text + "\n")

    def _append(self, capped, text):
        now = time.time()
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + ".%06dZ" % (now % 1 * 1e6)
        capped.append(("%s|%d|%s" % (stamp, os.getpid(), text)).encode("utf-8", "backslashreplace"))

    def close(self):
        """Flush and close everything; the files are complete afterwards."""
        self.flush()
        for capped in (self._out, self._err, self._script, self._errors, self._worker):
            capped.close()


def _text_stream(raw):
    # The size is the default one, given because finding it out asks the file.
    buffered = io.BufferedWriter(raw, io.DEFAULT_BUFFER_SIZE)
    return io.TextIOWrapper(buffered, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True)
