"""What the script finds around itself: environment variables, ``sys.argv`` and ``sys.path``."""

import os
import sys

from windrow_harness import errors


def apply_environment(setup):
    """Set the variables of the job; what the job's author set wins over what was inherited."""
    environ = os.environ
    python_path = environ.get("PYTHONPATH", "")
    # Both are promised to be absent when there is no such output or device, whatever the agent itself inherited.
    environ.pop("AZUREML_BI_OUTPUT_PATH", None)
    environ.pop("CUDA_VISIBLE_DEVICES", None)
    # Only said so that no error tells them; the script finds each where the job has put it.
    errors.hide(setup.environment.pop("WINDROW_MASKED_VALUES", ""))
    for name, value in setup.environment.items():
        environ[name] = str(value)
    environ["AZUREML_RUN_ID"] = setup.run_id
    if setup.output_dir is not None:
        environ["AZUREML_BI_OUTPUT_PATH"] = setup.output_dir
    if setup.cuda_visible_devices is not None:
        environ["CUDA_VISIBLE_DEVICES"] = setup.cuda_visible_devices
    wanted = environ.get("PYTHONPATH", "")
    return [] if wanted == python_path else [path for path in wanted.split(os.pathsep) if path]


def apply_paths(setup, harness_folder, python_path):
    """Put the code folder first, as Python does for a script there, and the harness last.

    The harness stays on the path because a process that the script starts with the "spawn" method gets this path and
    must find the class of the mini-batch it is sent.
    """
    rest = [path for path in sys.path if path != harness_folder]
    sys.path[:] = [setup.code] + [path for path in python_path if path not in rest] + rest + [harness_folder]


def apply_arguments(setup):
    """Set ``sys.argv``; the first element is the path of the entry script."""
    script = setup.entry_script
    if script.endswith(".py"):
        script = os.path.normpath(os.path.join(setup.code, script))
    sys.argv[:] = [script] + [str(argument) for argument in setup.argv]
