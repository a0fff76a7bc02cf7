"""The Docker that tests use: what is done about it, and what is said when there can be none."""

import contextlib
import io
import os
import subprocess
import sys
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "launcher"))

from containers_for_tests import DEV, ContainersForTests  # noqa: E402


class Machine(ContainersForTests):
    """A machine that is as a test says."""

    def __init__(self, environment, ran=False, why="", fails=(), images=False):
        super().__init__(environment, self.note, 0)
        self.ran, self.why, self.fails, self.images = ran, why, fails, images
        self.calls = []

    def note(self, command, look):
        self.calls.append(" ".join(["./dev"] + command[1:]))
        return 1 if self.calls[-1] in self.fails else 0

    def runs(self):
        return self.ran

    def hindrance(self):
        return self.why

    def has_images(self):
        return self.images

    def told(self):
        return {"DOCKER_HOST": "unix:///there"}


def up(machine):
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        return machine.up(), said.getvalue()


class ContainersForTestsTest(unittest.TestCase):

    def test_brings_one_up_with_images_and_takes_it_down_again(self):
        machine = Machine({})
        self.assertEqual(up(machine), (None, ""))
        machine.down()
        self.assertEqual(machine.calls, ["./dev docker up", "./dev images", "./dev docker down"])
        self.assertEqual(machine.environment, {"DOCKER_HOST": "unix:///there"})

    def test_leaves_one_that_ran_before_as_it_is(self):
        machine = Machine({}, ran=True, why="no root", images=True)
        self.assertEqual(up(machine), (None, ""))
        machine.down()
        self.assertEqual(machine.calls, [])

    def test_says_in_one_line_that_there_can_be_none(self):
        failed, said = up(Machine({}, why="no root"))
        self.assertIsNone(failed)
        self.assertEqual(said, "dev: no Docker for tests: no root; tests that need one are skipped\n")

    def test_takes_that_for_a_failure_in_ci(self):
        failed, _ = up(Machine({"CI": "true"}, why="no root"))
        self.assertEqual(failed, "a Docker for tests")

    def test_names_what_has_failed_and_still_takes_down(self):
        machine = Machine({}, fails=["./dev images"])
        self.assertEqual(up(machine)[0], "./dev images")
        machine.down()
        self.assertEqual(machine.calls[-1], "./dev docker down")
        self.assertEqual(machine.environment, {})


class DevDockerTest(unittest.TestCase):

    @staticmethod
    def dev(*arguments, **variables):
        asked = subprocess.run([DEV, "docker"] + list(arguments), env=dict(os.environ, **variables),
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return asked.returncode, asked.stdout.decode(), asked.stderr.decode()

    def test_uses_the_docker_that_is_named_and_tells_nothing_of_it(self):
        host = "tcp://docker.example:2376"
        answers = [(0, "Docker answers already: %s\n" % host, ""), (0, "", "")]
        self.assertEqual([self.dev(verb, DOCKER_HOST=host) for verb in ("up", "environment")], answers)

    def test_refuses_by_name_what_is_not_there(self):
        code, _, err = self.dev("sideways")
        self.assertEqual(code, 1)
        self.assertEqual(err, "dev: docker: sideways (expected: up, down, status or environment)\n")


if __name__ == "__main__":
    unittest.main()
