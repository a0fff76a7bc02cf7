"""Looks at the real server from outside, with tools from PyPI; ``./dev test`` starts it.

The tools go into a virtual environment below ``.windrow-build``. Where they cannot be had, everything is skipped and says so;
with ``CI=true`` that is a failure.
"""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, *[os.pardir] * 4))
# The name begins with a dot because the launcher clears away the other folders beside its builds.
FOLDER = os.path.join(ROOT, ".windrow-build", ".outside")
LEAST = (3, 10)


def pythons():
    """Interpreters that may be new enough for the tools, this one first."""
    yield sys.executable
    for minor in range(20, LEAST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            yield found


def new_enough(python):
    look = "import sys, venv, ensurepip; sys.exit(sys.version_info[:2] < %r)" % (LEAST,)
    return subprocess.run([python, "-c", look], stderr=subprocess.DEVNULL, check=False).returncode == 0


def provide():
    """The interpreter of the environment with the tools; raises OSError with the reason when there can be none."""
    requirements = os.path.join(HERE, "requirements.txt")
    with open(requirements) as file:
        wanted = file.read()
    python, done = os.path.join(FOLDER, "bin", "python"), os.path.join(FOLDER, "installed.txt")
    if os.path.exists(done) and new_enough(python):
        with open(done) as file:
            if file.read() == wanted:
                return python
    base = next((one for one in pythons() if new_enough(one)), None)
    if base is None:
        raise OSError("Python: none (expected: %d.%d or newer with venv on PATH)" % LEAST)
    shutil.rmtree(FOLDER, ignore_errors=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]
    for command in ([base, "-m", "venv", FOLDER], install):
        made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, check=False)
        if made.returncode != 0:
            raise OSError("%s: exit %d: %s" % (" ".join(command[1:4]), made.returncode, made.stdout.strip()[-800:]))
    with open(done, "w") as file:
        file.write(wanted)
    return python


def main():
    try:
        python = provide()
    except OSError as error:
        print("The tools that look at the server from outside cannot be had: %s" % error, flush=True)
        if os.environ.get("CI") == "true":
            return 1
        print("SKIPPED: nothing has looked at the server from outside.\nRan 1 test in 0.000s\nOK (skipped=1)", flush=True)
        return 0
    return subprocess.run([python, "-B", "-m", "unittest", "discover", "-v", "-s", HERE, "-t", HERE], cwd=ROOT,
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
