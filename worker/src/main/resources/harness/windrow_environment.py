"""Makes a virtual environment once for all who want the same, on whatever machine.

Called as: windrow_environment.py FOLDER LOG SECONDS, with the lines of a requirements file and
then an empty line on standard input. The input stays open as long as the caller lives; when it
ends, everything that was started here is killed. Says on standard output what has happened, one
line each: "made PATH", "found PATH" or "failed WHY".

FOLDER is one environment's own. It is whole when its file "made" names the folder within it; a
folder that "made" does not name is what a killed process has left. Scripts in an environment hold
its path, so it is made where it stays and never moved.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

LOG_MOST = 16 << 20
LOOK_SECONDS = 0.1
SHOWN = 600


class Failed(Exception):
    """Says in one sentence why there is no environment."""


def end_with_caller():
    def wait():
        while os.read(0, 4096):
            pass
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=wait, daemon=True).start()


def read_lines():
    """Reads unbuffered, since the rest of the input is for whoever waits for its end."""
    data = b""
    while not (data.endswith(b"\n\n") or data == b"\n"):
        part = os.read(0, 1)
        if not part:
            raise Failed("nobody waits for it any more")
        data += part
    return data.rstrip(b"\n")


def found(folder):
    try:
        with open(os.path.join(folder, "made")) as file:
            path = os.path.join(folder, file.read())
    except OSError:
        return None
    return path if os.access(os.path.join(path, "bin", "python"), os.X_OK) else None


def tail(log, start):
    with open(log, "rb") as file:
        file.seek(max(start, os.path.getsize(log) - (1 << 16)))
        lines = file.read().decode("utf-8", "replace").split("\n")
    lines = [line.strip() for line in lines if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR:")]
    text = " ".join(errors or lines[-3:])
    return text if len(text) <= SHOWN else text[: SHOWN // 2] + " ... " + text[-SHOWN // 2 :]


def run(what, command, log, deadline):
    start = os.path.getsize(log) if os.path.exists(log) else 0
    with open(log, "ab") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        while process.poll() is None:
            if time.monotonic() > deadline:
                process.kill()
                raise Failed("%s takes longer than the limit: %s" % (what, tail(log, start)))
            if os.fstat(out.fileno()).st_size - start > LOG_MOST:
                process.kill()
                raise Failed("%s writes more than %d MiB" % (what, LOG_MOST >> 20))
            time.sleep(LOOK_SECONDS)
    if process.returncode != 0:
        raise Failed("%s ended with %d: %s" % (what, process.returncode, tail(log, start)))


def lock(folder, deadline, log):
    """Waits for the folder's lock, of the kind that programs in other languages take as well."""
    path = os.path.join(folder, "lock")
    told = False
    while True:
        os.makedirs(folder, exist_ok=True)
        try:
            file = open(path, "w")
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_ino == os.stat(path).st_ino:
                return file
        except FileNotFoundError:
            pass  # Whoever removes old ones has moved the folder away: this is a new one.
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Failed("another process makes it, and has not ended within the limit")
            if not told:
                told = True
                note(log, "another process makes it; waiting")
            time.sleep(LOOK_SECONDS)


def note(log, text):
    with open(log, "a") as file:
        file.write("windrow: %s\n" % text)


def make(folder, lines, log, seconds):
    for left in os.listdir(folder):
        if left.startswith("build-"):
            shutil.rmtree(os.path.join(folder, left), ignore_errors=True)
    path = tempfile.mkdtemp(prefix="build-", dir=folder)
    note(log, "makes %s with %s" % (path, sys.executable))
    try:
        fill(path, lines, log, time.monotonic() + seconds)
    except Failed:
        shutil.rmtree(path, ignore_errors=True)
        raise
    # One call for thousands of files: what is named below has to outlive a loss of power.
    os.sync()
    fresh = os.path.join(folder, "made.new")
    with open(fresh, "w") as file:
        file.write(os.path.basename(path))
        file.flush()
        os.fsync(file.fileno())
    os.rename(fresh, os.path.join(folder, "made"))
    return path


def fill(path, lines, log, deadline):
    run("python -m venv", [sys.executable, "-I", "-m", "venv", path], log, deadline)
    if lines:
        wanted = os.path.join(path, "requirements.txt")
        with open(wanted, "wb") as file:
            file.write(lines + b"\n")
        install = ["-I", "-m", "pip", "install", "--no-input", "--progress-bar", "off"]
        install += ["--disable-pip-version-check", "-r", wanted]
        run("pip", [os.path.join(path, "bin", "python")] + install, log, deadline)


def main():
    folder, log, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3])
    # Signals of a terminal are meant for the caller, who says what is to end.
    os.setsid()
    os.umask(0o022)
    lines = read_lines()
    end_with_caller()
    os.makedirs(folder, exist_ok=True)
    with lock(folder, time.monotonic() + seconds, log):
        path = found(folder)
        if path:
            return "found " + path
        return "made " + make(folder, lines, log, seconds)


if __name__ == "__main__":
    try:
        said = main()
    except (Failed, OSError) as error:
        said = "failed " + " ".join(str(error).split())
    sys.stdout.write(said + "\n")
    sys.stdout.flush()
    if said.startswith("failed"):
        # What pip has started may have outlived it.
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
