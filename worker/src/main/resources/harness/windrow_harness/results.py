"""The return value of ``run()``: how many items it stands for, and its rows in the segment."""

import codecs
import os
import sys
from collections import abc

from windrow_harness.descriptors import open_private

_PIECE_CHARS = 1 << 20
_NOT_ROWS = (str, bytes, bytearray, memoryview, abc.Mapping, abc.Set)
_BY_ERROR_NAME = "windrow.rows"
_MAX_COUNT = 0xFFFFFFFF
_write = os.write


class WrongReturn(Exception):
    """The return value is not of a kind whose rows can be counted and written."""


class SegmentError(Exception):
    """Rows could not be written; the cause is an OSError."""


def count(value):
    """Return the number of succeeded items that a return value stands for.

    Azure documents data frames, lists, tuples and arrays; whatever else has a length and numbered elements is taken too.
    """
    kind = type(value)
    if kind is list or kind is tuple:
        return min(len(value), _MAX_COUNT)
    if isinstance(value, (list, tuple)) or is_frame(value):
        return min(len(value), _MAX_COUNT)
    if isinstance(value, _NOT_ROWS) or not hasattr(value, "__getitem__") or hasattr(value, "columns"):
        raise WrongReturn(_explain(kind))
    try:
        return min(len(value), _MAX_COUNT)
    except TypeError:
        # No length at all, or an array of no dimension.
        raise WrongReturn(_explain(kind)) from None


def _explain(kind):
    name = kind.__qualname__ if kind.__module__ == "builtins" else "%s.%s" % (kind.__module__, kind.__qualname__)
    return (
        "the return value of run(): %s (expected: a list, a tuple, an array or a pandas.DataFrame; "
        "its length is taken as the number of succeeded items)" % name
    )


def is_frame(value):
    """Whether it is a pandas.DataFrame; pandas is never imported for this, a script that returns one has done so."""
    pandas = sys.modules.get("pandas")
    frame = getattr(pandas, "DataFrame", None)
    return isinstance(frame, type) and isinstance(value, frame)


class Segment:
    """The file that this process alone appends rows to."""

    def __init__(self, path, frame_options, header):
        self._descriptor = open_private(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND)
        self._frame_options = frame_options
        self._header = header
        self.end = 0

    def append(self, value):
        """Write the rows of a counted return value; return (offset, length, header length).

        On any error the file ends again where it did before.
        """
        start = self.end
        try:
            if is_frame(value):
                header = self._append_frame(value)
            else:
                header = 0
                self._append_elements(value)
        except BaseException:
            self._go_back(start)
            raise
        return start, self.end - start, header

    def _append_elements(self, value):
        rows = Rows(self)
        for element in value:
            rows.row(element if type(element) is str else str(element))
        rows.flush()

    def _append_frame(self, frame):
        start = self.end
        options = dict(self._frame_options)
        if self._header:
            aliases = options.get("header")
            options["header"] = aliases if isinstance(aliases, list) else True
            self._write_frame(frame.iloc[:0], options)
            options["header"] = False
        header = self.end - start
        self._write_frame(frame, options)
        return header

    def _write_frame(self, frame, options):
        rows = Rows(self)
        frame.to_csv(rows, **options)
        rows.flush()

    def write(self, data):
        """Append bytes."""
        try:
            view = memoryview(data)
            while view:
                written = _write(self._descriptor, view)
                self.end += written
                view = view[written:]
        except OSError as error:
            raise SegmentError("%s: %s" % (type(error).__name__, error)) from error

    def _go_back(self, start):
        try:
            os.ftruncate(self._descriptor, start)
            self.end = start
        except OSError:
            try:
                # The bytes stay, but no range will ever name them.
                self.end = os.fstat(self._descriptor).st_size
            except OSError:
                pass


class Rows:
    """Gathers text to pieces of about 1 MiB, so that a return value is never in memory a second time.

    It has what pandas asks of a file. It is no class of the io module on purpose: those flush when they are freed, and
    would so write the rest of rows that were taken back.
    """

    def __init__(self, segment):
        self._segment = segment
        self._texts = []
        self._size = 0

    def row(self, text):
        """Add one line."""
        self.write(text)
        self._texts.append("\n")
        self._size += 1

    def write(self, text):
        """Add text as it is; a very large one goes out in pieces of its own."""
        size = len(text)
        if size > _PIECE_CHARS:
            self.flush()
            for start in range(0, size, _PIECE_CHARS):
                self._segment.write(encode(text[start : start + _PIECE_CHARS]))
            return size
        self._texts.append(text)
        self._size += size
        if self._size >= _PIECE_CHARS:
            self.flush()
        return size

    def __iter__(self):
        """Nothing; old versions of pandas take only what can be iterated for a file."""
        return iter(())

    def flush(self):
        """Write what was gathered."""
        if self._texts:
            text = "".join(self._texts)
            self._texts.clear()
            self._size = 0
            self._segment.write(encode(text))


def encode(text):
    """UTF-8, in which names that are not UTF-8 come out as the bytes they were; other lone surrogates become U+FFFD."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", _BY_ERROR_NAME)


def _replace_lone(error):
    if not isinstance(error, UnicodeEncodeError):
        raise error
    out = bytearray()
    for char in error.object[error.start : error.end]:
        escaped = ord(char) - 0xDC00
        out += bytes((escaped,)) if 0x80 <= escaped <= 0xFF else b"\xef\xbf\xbd"
    return bytes(out), error.end


codecs.register_error(_BY_ERROR_NAME, _replace_lone)
