"""The Docker that tests use: one that answers, or one of this machine's own, brought up for them."""

import glob
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DEV = os.path.join(ROOT, "dev")
IMAGES = os.path.join(ROOT, "dist", "images", "*.tar")


class ContainersForTests:
    """Where tests find Docker. `up` sets the variables that tests look at, `down` leaves things as they were."""

    def __init__(self, environment, stream, begin):
        """
        stream: runs a command, shows what it prints, and gives its exit code
        begin: when these tests began; images that are older are made anew
        """
        self.environment = environment
        self.stream = stream
        self.begin = begin
        self.ours = False

    def up(self):
        """Make a Docker known to tests; return what failed, if anything did."""
        ran = self.runs()
        why = "" if ran else self.hindrance()
        if why:
            print("dev: no Docker for tests: %s; tests that need one are skipped" % why, flush=True)
            # Whoever relies on CI must not take skipped tests for passed ones.
            return "a Docker for tests" if self.environment.get("CI") == "true" else None
        self.ours = not ran
        if self.ours and self.stream([DEV, "docker", "up"], lambda line: None) != 0:
            return "./dev docker up"
        if not self.has_images() and self.stream([DEV, "images"], lambda line: None) != 0:
            return "./dev images"
        self.environment.update(self.told())
        return None

    @staticmethod
    def hindrance():
        """Why this machine cannot have one; empty when it can."""
        if os.uname().sysname != "Linux" or not os.path.exists("/etc/debian_version"):
            return "%s (expected: a Docker that answers, or Debian)" % os.uname().sysname
        if os.geteuid() != 0:
            return "user %d (expected: a Docker that answers, or root)" % os.geteuid()
        return ""

    @staticmethod
    def runs():
        return subprocess.run([DEV, "docker", "status"], capture_output=True).returncode == 0

    def has_images(self):
        made = glob.glob(IMAGES)
        return bool(made) and all(os.path.getmtime(image) >= self.begin for image in made)

    @staticmethod
    def told():
        """Variables by which tests find a Docker of our own; none for one that they find by themselves."""
        asked = subprocess.run([DEV, "docker", "environment"], capture_output=True, check=True)
        return dict(line.split("=", 1) for line in asked.stdout.decode().splitlines())

    def down(self):
        """Take down what was brought up for the tests; one that ran before goes on."""
        if self.ours:
            self.stream([DEV, "docker", "down"], lambda line: None)
