"""The life of a worker process after its greeting: set up, import the script, init, work, shut down."""

import atexit
import faulthandler
import json
import os
import signal
import sys
import time
import traceback

from azureml_user import parallel_run
from windrow_harness import EXIT_BROKEN, EXIT_ENDED, EXIT_INIT_FAILED, EXIT_LOAD_FAILED, EXIT_PROTOCOL, environment
from windrow_harness.channel import (
    BYE,
    INIT_FAILED,
    LOAD_FAILED,
    LOADED,
    READY,
    SETUP,
    ProtocolError,
)
from windrow_harness.descriptors import open_private
from windrow_harness.errors import describe
from windrow_harness.frame_options import frame_options
from windrow_harness.lifeline import Lifeline, kill_group
from windrow_harness.loading import load
from windrow_harness.logs import Logs
from windrow_harness.loop import Loop, leave_child
from windrow_harness.profiling import Profile
from windrow_harness.results import Segment
from windrow_harness.setup import Setup


def read_setup(channel):
    """Wait for the SETUP frame."""
    frame = channel.receive()
    if frame is None:
        kill_group(os.getpid())
    if frame[0] != SETUP:
        raise ProtocolError("first frame: type %d (expected: %d, SETUP)" % (frame[0], SETUP))
    try:
        return Setup(frame[1])
    except (ValueError, AttributeError) as error:
        raise ProtocolError("SETUP: %s (expected: a JSON object)" % error) from error


class Worker:
    """One worker process."""

    def __init__(self, channel, setup, harness_folder, work):
        self._channel = channel
        self._setup = setup
        self._harness_folder = harness_folder
        self._pid = os.getpid()
        self._logs = Logs(setup)
        self._lifeline = Lifeline(work, self._logs)
        self._profile = Profile(setup.profile)
        # What an end that nobody planned leaves, such as one by a signal handler of the script.
        self._status = EXIT_BROKEN

    def live(self):
        """Do everything. Does not return."""
        try:
            self._prepare()
            self._work()
        except ProtocolError as error:
            self._break_off("windrow worker: %s\n" % error, EXIT_PROTOCOL)
        except Exception:
            self._break_off(traceback.format_exc(), EXIT_BROKEN)
        # Python's own end: waits for threads of the script and runs what it registered with atexit; _end is the last.
        self._status = EXIT_ENDED
        sys.exit(EXIT_ENDED)

    def _work(self):
        script = self._load()
        self._init(script)
        if not self._setup.init_only:
            Loop(self._channel, script, self._segment, self._logs, self._setup.code).serve()
        self._say_bye(script)

    def _prepare(self):
        setup = self._setup
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        self._logs.route()
        # Registered before the script can register anything, so it runs after all of that.
        atexit.register(self._end)
        self._lifeline.start()
        stack = open_private(self._logs.node_path(".stack.txt"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        faulthandler.register(signal.SIGUSR2, file=stack, all_threads=True)
        python_path = environment.apply_environment(setup)
        environment.apply_arguments(setup)
        environment.apply_paths(setup, self._harness_folder, python_path)
        parallel_run._configure(
            setup.working_dir, setup.output_dir, self._logs.script_log_dir(), setup.worker, self._logs.script_logger
        )

    def _load(self):
        setup = self._setup
        try:
            options = frame_options(setup.code)
            self._segment = setup.segment and Segment(setup.segment, options, setup.dataframe_header) or None
            script = load(setup.code, setup.entry_script)
            script.run = self._profile.around(script.run)
        except BaseException as error:
            self._fail(LOAD_FAILED, "loading %s" % setup.entry_script, error, EXIT_LOAD_FAILED)
        self._logs.flush()
        self._send_json(
            LOADED,
            {
                "run_parameters": script.run_parameters,
                "has_init": script.init is not None,
                "has_shutdown": script.shutdown is not None,
            },
        )
        return script

    def _init(self, script):
        begin = time.perf_counter()
        try:
            if script.init is not None:
                self._profile.around(script.init)()
        except BaseException as error:
            self._fail(INIT_FAILED, "init()", error, EXIT_INIT_FAILED)
        self._logs.flush()
        self._send_json(READY, {"init_seconds": time.perf_counter() - begin})

    def _say_bye(self, script):
        trouble = None
        try:
            if script.shutdown is not None:
                self._profile.around(script.shutdown)()
        except BaseException as error:
            if os.getpid() != self._pid:
                leave_child(self._logs, error)
            described = describe(error, self._setup.code)
            self._logs.user_error("shutdown()", described.traceback)
            trouble = described.as_dict()
        self._logs.flush()
        self._lifeline.leave()
        self._send_json(BYE, {"shutdown_error": trouble})

    def _fail(self, kind, what, error, status):
        if os.getpid() != self._pid:
            leave_child(self._logs, error)
        described = describe(error, self._setup.code)
        self._logs.user_error(what, described.traceback)
        self._logs.flush()
        self._lifeline.leave()
        self._send_json(kind, described.as_dict())
        self._end(status)

    def _send_json(self, kind, value):
        self._channel.send(kind, json.dumps(value).encode("ascii"))

    def _break_off(self, text, status):
        """Something else than the script went wrong, or a signal handler of the script raised outside of it."""
        try:
            os.write(2, text.encode("utf-8", "backslashreplace"))
        except OSError:
            pass
        self._end(status)

    def _end(self, status=None):
        """Complete the files and go, without taking down the modules one by one."""
        if os.getpid() != self._pid:
            # A child that the script forked and that ends by itself keeps its own exit status.
            return
        self._profile.store(self._logs.node_path(".profile"))
        self._logs.close()
        os._exit(self._status if status is None else status)
