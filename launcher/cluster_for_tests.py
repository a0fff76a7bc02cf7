"""The cluster that tests use: one that is named, or one of this machine's own, brought up for them."""

import glob
import os
import subprocess

VARIABLE = "WINDROW_TEST_KUBECONFIG"
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEV = os.path.join(ROOT, "dev")


class ClusterForTests:
    """Where tests find a cluster. `up` sets the variable that tests look at, `down` leaves things as they were."""

    def __init__(self, environment, stream):
        """`stream` runs a command, shows what it prints, and gives its exit code."""
        self.environment = environment
        self.stream = stream
        self.ours = False

    def up(self):
        """Make a cluster known to tests; return what failed, if anything did."""
        if self.environment.get(VARIABLE):
            return None
        why = self.hindrance()
        if why:
            print("dev: no cluster for tests: %s; tests that need one are skipped" % why, flush=True)
            # Whoever relies on CI must not take skipped tests for passed ones.
            return "a cluster for tests" if self.environment.get("CI") == "true" else None
        self.ours = not self.runs()
        for command in (["cluster", "up"], ["images"]):
            if self.stream([DEV] + command, lambda line: None) != 0:
                return "./dev " + " ".join(command)
        images = sorted(glob.glob(os.path.join(ROOT, "dist", "images", "*.tar")))
        if self.stream([DEV, "cluster", "load"] + images, lambda line: None) != 0:
            return "./dev cluster load"
        self.environment[VARIABLE] = self.kubeconfig()
        return None

    @staticmethod
    def hindrance():
        """Why this machine cannot have one; empty when it can."""
        if os.uname().sysname != "Linux" or not os.path.exists("/etc/debian_version"):
            return "%s (expected: Debian, or %s)" % (os.uname().sysname, VARIABLE)
        if os.geteuid() != 0:
            return "user %d (expected: root, or %s)" % (os.geteuid(), VARIABLE)
        return ""

    @staticmethod
    def runs():
        return subprocess.run([DEV, "cluster", "status"], capture_output=True).returncode == 0

    @staticmethod
    def kubeconfig():
        asked = subprocess.run([DEV, "cluster", "kubeconfig"], capture_output=True, check=True)
        return asked.stdout.decode().strip()

    def down(self):
        """Take down what was brought up for the tests; one that ran before goes on."""
        if self.ours:
            self.stream([DEV, "cluster", "down"], lambda line: None)
