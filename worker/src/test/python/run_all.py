"""Runs all tests of the harness on every Python from 3.8 on that this machine has, and checks its syntax.

``python run_all.py [PYTHON ...]``: interpreters named are used besides, such as one that has pandas.

It fails when a test fails, when no interpreter was found, when a file needs a newer Python than 3.8, and, where ``CI``
is true, when the tool that finds that out cannot be had.
"""

import ast
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
HARNESS = os.path.normpath(os.path.join(HERE, "..", "..", "main", "resources", "harness"))
OLDEST = (3, 8)
VERMIN = "import vermin; vermin.main()"
ASK = "import sys, json; print(json.dumps([sys.executable, list(sys.version_info[:3])]))"


def candidates():
    """Paths of everything that looks like a Python 3."""
    found = []
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for path in sorted(glob.glob(os.path.join(folder, "python3*"))):
            if re.fullmatch(r"python3(\.\d+)?", os.path.basename(path)) and os.access(path, os.X_OK):
                found.append(path)
    found += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/*/bin/python3")))
    return found


def interpreters():
    """Return ({version: executable} of those to use, [(path, why)] of those not)."""
    use, skipped, seen = {}, [], set()
    for path in candidates():
        try:
            asked = subprocess.run([path, "-c", ASK], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
            executable, version = json.loads(asked.stdout.decode())
        except (OSError, ValueError, subprocess.TimeoutExpired):
            skipped.append((path, "does not run"))
            continue
        real = os.path.realpath(executable)
        if real in seen:
            continue
        seen.add(real)
        minor = tuple(version[:2])
        if minor < OLDEST:
            skipped.append((path, "is %s (expected: at least %d.%d)" % (".".join(map(str, version)), *OLDEST)))
        elif minor in use:
            skipped.append((path, "another %d.%d is used: %s" % (*minor, use[minor])))
        else:
            use[minor] = executable
    return dict(sorted(use.items())), skipped


def run_tests(python):
    """Run the tests; return whether they passed."""
    begin = time.monotonic()
    done = subprocess.run([python, "-W", "ignore", "-m", "unittest", "discover", "-s", HERE, "-t", HERE], cwd=HERE)
    print("%s: %s in %.1f s" % (python, "passed" if done.returncode == 0 else "FAILED", time.monotonic() - begin))
    return done.returncode == 0


def sources():
    """All files of the harness."""
    return sorted(glob.glob(os.path.join(HARNESS, "**", "*.py"), recursive=True))


def check_syntax():
    """Parse each file with the grammar of the oldest version."""
    good = True
    for path in sources():
        with open(path, encoding="utf-8") as file:
            try:
                ast.parse(file.read(), path, feature_version=OLDEST)
            except SyntaxError as error:
                print("%s:%s: %s (expected: syntax of Python %d.%d)" % (path, error.lineno, error.msg, *OLDEST))
                good = False
    print("syntax of Python %d.%d: %s" % (*OLDEST, "passed" if good else "FAILED"))
    return good


def check_library():
    """Ask vermin whether anything newer than the oldest version is used, of the library too."""
    folder = tempfile.mkdtemp(prefix="vermin-")
    try:
        command = _vermin(folder)
        if command is None:
            must = os.environ.get("CI", "").lower() in ("true", "1")
            print("vermin: not run, it cannot be installed" + (" (expected: installed when CI is true)" if must else ""))
            return not must
        options = ["--no-tips", "--violations", "--eval-annotations", "-t=%d.%d-" % OLDEST]
        done = subprocess.run(command + options + sources())
        print("vermin: %s" % ("passed" if done.returncode == 0 else "FAILED"))
        return done.returncode == 0
    finally:
        shutil.rmtree(folder, True)


def _vermin(folder):
    try:
        import vermin  # noqa: F401

        return [sys.executable, "-c", VERMIN]
    except ImportError:
        pass
    python = os.path.join(folder, "bin", "python")
    steps = (
        [sys.executable, "-m", "venv", folder],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "vermin==1.6.0"],
    )
    for step in steps:
        try:
            done = subprocess.run(step, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=180)
        except (OSError, subprocess.TimeoutExpired) as error:
            print("%s: %s" % (" ".join(step), error))
            return None
        if done.returncode != 0:
            print(done.stdout.decode(errors="replace").strip())
            return None
    return [python, "-c", VERMIN]


def main():
    use, skipped = interpreters()
    for path, why in skipped:
        print("skipped: %s %s" % (path, why))
    good = check_syntax() and check_library()
    for python in list(use.values()) + [os.path.abspath(path) for path in sys.argv[1:]]:
        good = run_tests(python) and good
    print("ran on: %s" % (", ".join("%d.%d" % version for version in use) or "no interpreter"))
    if not good or not use:
        print("FAILED")
        return 1
    print("all passed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
