"""Gets the peers: PyPI packages into a virtual environment of our own, GNU parallel from Debian."""

import os
import shutil
import subprocess
import sys
from typing import Callable, Dict, List

from bench import machine

PINNED = {"ray": "2.60.0", "dask[distributed]": "2026.8.0", "joblib": "1.6.0"}
_MODULES = {"ray": "ray", "dask": "distributed", "joblib": "joblib"}
_VERSIONS = "import sys, importlib.metadata as m\nfor n in sys.argv[1:]:\n  print(n, m.version(n))"


class Installation:
    """The peers that are there, or that may be installed."""

    def __init__(self, work: str, allowed: bool, ask: bool, say: Callable[[str], None]):
        self._folder = os.path.join(work, "venv")
        self._allowed = allowed
        self._ask = ask
        self._say = say
        self._agreed = False

    @property
    def python(self) -> str:
        """The interpreter that peers run on: the environment's where there is one."""
        inside = os.path.join(self._folder, "bin", "python")
        return inside if os.path.exists(inside) else sys.executable

    def provide(self, peers: List[str]) -> Dict[str, str]:
        """Install what these peers need; returns versions by name, without those that cannot be had."""
        wanted = [name for name in peers if name in _MODULES]
        if wanted and not self._has(wanted) and self._may("%s from PyPI, into %s" % (
                ", ".join("%s %s" % pair for pair in PINNED.items()), os.path.relpath(self._folder))):
            self._install()
        if "parallel" in peers and not shutil.which("parallel"):
            self._install_parallel()
        return self._versions(peers)

    def _has(self, wanted: List[str]) -> bool:
        lines = "\n".join("import " + _MODULES[name] for name in wanted)
        return subprocess.run([self.python, "-c", lines], stderr=subprocess.DEVNULL, check=False).returncode == 0

    def _may(self, what: str) -> bool:
        if not self._allowed:
            self._say("not installed, as asked: " + what)
            return False
        self._say("will install: " + what)
        if self._ask and not self._agreed and sys.stdin.isatty():
            self._agreed = input("go on? [y/N] ").strip().lower() in ("y", "yes")
            return self._agreed
        return True

    def _install(self) -> None:
        commands = [[sys.executable, "-m", "venv", self._folder],
                    [os.path.join(self._folder, "bin", "python"), "-m", "pip", "install", "--quiet",
                     "--disable-pip-version-check"] + ["%s==%s" % pair for pair in PINNED.items()]]
        for command in commands:
            done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                self._say("could not install the peers from PyPI: " + done.stdout.strip()[-300:])
                return

    def _install_parallel(self) -> None:
        if not shutil.which("apt-get") or os.geteuid() != 0:
            self._say("GNU parallel is left out: install the package 'parallel' first (needs apt-get and root)")
        elif self._may("the Debian package parallel, with apt-get"):
            done = subprocess.run(["apt-get", "install", "-y", "--no-install-recommends", "parallel"],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            if done.returncode != 0:
                self._say("could not install parallel (try: apt-get update): " + done.stdout.strip()[-200:])

    def _versions(self, peers: List[str]) -> Dict[str, str]:
        found = {}
        for name in peers:
            if name in _MODULES:
                if self._has([name]):
                    line = machine.version_line([self.python, "-c", _VERSIONS, name])
                    found[name] = line.split(" ")[-1]
            elif name == "parallel":
                if shutil.which("parallel"):
                    found[name] = machine.version_line(["parallel", "--version"]).split(" ")[-1]
            else:
                found[name] = "Python " + machine.facts()["python"]
        return found
