"""``EntryScript``: what a parallel job's script may ask about the worker it runs in.

Inside a job the worker fills in the values. Outside a job, in an editor or a unit test, the values describe the
current folder: ``working_dir`` is the current folder, ``output_dir`` is ``AZUREML_BI_OUTPUT_PATH`` or the current folder,
``log_dir`` is ``logs/user/entry_script_log/0`` below it (not created), ``agent_name`` is ``process000``, and ``logger``
passes records on to the root logger as usual.
"""

import os

__all__ = ["EntryScript"]


class _Values:
    """The values of one process; the worker replaces them before the script is imported."""

    def __init__(self, working_dir, output_dir, log_dir, agent_name, make_logger):
        self.working_dir = working_dir
        self.output_dir = output_dir
        self.log_dir = log_dir
        self.agent_name = agent_name
        self.make_logger = make_logger
        self.logger = None


def _local_logger():
    import logging

    return logging.getLogger("azureml_user.entry_script")


def _local_values():
    here = os.getcwd()
    output = os.environ.get("AZUREML_BI_OUTPUT_PATH", here)
    log_dir = os.path.join(here, "logs", "user", "entry_script_log", "0")
    return _Values(here, output, log_dir, "process000", _local_logger)


class EntryScript:
    """The same object however often it is made."""

    _instance = None
    _values = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = object.__new__(cls)
        return cls._instance

    @classmethod
    def _get(cls):
        if EntryScript._values is None:
            EntryScript._values = _local_values()
        return EntryScript._values

    @property
    def logger(self):
        """A ``logging.Logger`` that writes to the user log of this process."""
        values = self._get()
        if values.logger is None:
            values.logger = values.make_logger()
        return values.logger

    @property
    def log_dir(self):
        """The folder for the script's own log files; it may not exist yet."""
        return self._get().log_dir

    @property
    def output_dir(self):
        """The folder for the script's own results; None in a job that has no such output."""
        return self._get().output_dir

    @property
    def agent_name(self):
        """The name of this worker, such as ``process000``; unique on its instance."""
        return self._get().agent_name

    @property
    def working_dir(self):
        """The folder that holds the job's code."""
        return self._get().working_dir


def _configure(working_dir, output_dir, log_dir, agent_name, make_logger):
    """Called by the worker before the script is imported."""
    EntryScript._values = _Values(working_dir, output_dir, log_dir, agent_name, make_logger)
