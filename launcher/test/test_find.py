"""What find.sh answers on machines made of scripts."""

import os
import stat
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TOOLS = ("bash", "sed", "head", "tr", "id", "readlink")


class Machine:
    """A PATH with a few programs and nothing else."""

    def __init__(self, folder):
        self.folder = folder
        for tool in TOOLS:
            for place in ("/bin", "/usr/bin"):
                if os.path.exists(os.path.join(place, tool)):
                    os.symlink(os.path.join(place, tool), os.path.join(folder, tool))
                    break

    def program(self, name, body="exit 0"):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write("#!/bin/sh\n%s\n" % body)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
        return self

    def ask(self, question, **variables):
        environment = dict(variables, PATH=self.folder, HOME=self.folder)
        script = '. "$0/launcher/find.sh"; ' + question
        done = subprocess.run(
            ["/bin/bash", "-c", script, ROOT], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        return done.returncode, done.stdout.decode().strip()


class FindTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name
        os.mkdir(os.path.join(self.folder, "bin"))
        self.machine = Machine(os.path.join(self.folder, "bin"))

    def jdk(self, version):
        home = os.path.join(self.folder, "jdk" + version)
        os.makedirs(os.path.join(home, "bin"))
        for name in ("java", "javac"):
            path = os.path.join(home, "bin", name)
            with open(path, "w") as file:
                file.write("#!/bin/sh\n")
            os.chmod(path, 0o755)
        with open(os.path.join(home, "release"), "w") as file:
            file.write('IMPLEMENTOR="Somebody"\nJAVA_VERSION="%s"\n' % version)
        return home

    def test_reads_the_release_of_a_jdk(self):
        for version, release in (("25", "25"), ("25.0.3", "25"), ("17.0.15", "17"), ("25-ea", "25")):
            self.assertEqual(self.machine.ask('jdk_release "$H"', H=self.jdk(version)), (0, release))

    def test_prefers_the_jdk_of_java_home(self):
        home = self.jdk("25.0.1")
        self.assertEqual(self.machine.ask("find_jdk", JAVA_HOME=home), (0, home))

    def test_needs_no_home_folder(self):
        home = self.jdk("25.0.1")
        self.assertEqual(self.machine.ask("set -u; unset HOME; find_jdk", JAVA_HOME=home), (0, home))

    def test_passes_over_a_java_home_of_another_release(self):
        home = self.jdk("17.0.1")
        self.assertNotEqual(self.machine.ask("find_jdk", JAVA_HOME=home)[1], home)

    def test_finds_the_jdk_behind_links_on_the_path(self):
        home = self.jdk("25.0.2")
        os.symlink(os.path.join(home, "bin", "javac"), os.path.join(self.folder, "link"))
        os.symlink("../link", os.path.join(self.folder, "bin", "javac"))
        self.assertEqual(self.machine.ask("find_jdk"), (0, home))

    def test_finds_the_jdk_of_sdkman(self):
        home = self.jdk("25.0.4")
        place = os.path.join(self.folder, "sdkman", "candidates", "java")
        os.makedirs(place)
        os.symlink(home, os.path.join(place, "25.0.4-tem"))
        found = self.machine.ask(
            'jdk_release() { case $1 in *sdkman*) echo 25 ;; *) return 1 ;; esac; }; find_jdk',
            SDKMAN_DIR=os.path.join(self.folder, "sdkman"),
        )
        self.assertEqual(found, (0, os.path.join(place, "25.0.4-tem")))

    def test_compares_versions(self):
        for version, enough in (("3.8.7", 0), ("3.9.0", 0), ("4.0", 0), ("3.8.6", 1), ("3.8", 1), ("2.99.99", 1)):
            self.assertEqual(self.machine.ask("at_least %s 3 8 7" % version)[0], enough, version)

    def test_refuses_an_old_maven(self):
        self.machine.program("mvn", 'echo "Apache Maven 3.6.3 (abc)"')
        self.assertNotEqual(self.machine.ask("find_maven")[0], 0)
        self.machine.program("mvn", 'echo "Apache Maven 3.9.9 (abc)"')
        self.assertEqual(self.machine.ask("find_maven")[0], 0)

    def test_refuses_an_old_python(self):
        self.machine.program("python3", "exit 1")
        self.assertNotEqual(self.machine.ask("find_python")[0], 0)
        self.machine.program("python", "exit 0")
        self.assertTrue(self.machine.ask("find_python")[1].endswith("/python"))

    def test_refuses_an_old_go(self):
        for version, code in (("go1.19.8", 1), ("go1.24", 0), ("go1.26rc1", 0), ("devel", 1)):
            self.machine.program("go", "echo " + version)
            self.assertEqual(self.machine.ask("find_go")[0], code, version)

    def test_takes_another_kubectl_than_debians(self):
        self.machine.program("apt-get")
        ask = "packages_for cluster | tr '\\n' ' '"
        self.assertIn("kubernetes-client", self.machine.ask(ask)[1])
        self.machine.program("kubectl")
        self.assertNotIn("kubernetes-client", self.machine.ask(ask)[1])

    def test_names_the_command_of_each_system(self):
        root = "id() { echo 0; }; "
        for tool, command in (
            ("dnf", "dnf install -y java-25-openjdk-devel maven python3"),
            ("apk", "apk add openjdk25-jdk maven python3"),
            ("brew", "brew install openjdk@25 maven python"),
        ):
            with self.subTest(tool), tempfile.TemporaryDirectory() as folder:
                machine = Machine(folder).program(tool)
                self.assertEqual(machine.ask(root + "install_command jdk maven python"), (0, command))

    def test_names_debians_own_jdk_where_there_is_one(self):
        self.machine.program("apt-get").program("apt-cache", 'case $* in *openjdk-25*) echo found ;; esac')
        command = self.machine.ask("id() { echo 1000; }; install_command jdk maven")
        self.assertEqual(command, (0, "sudo apt-get install -y openjdk-25-jdk-headless maven"))

    def test_names_adoptiums_archive_where_debian_has_no_jdk(self):
        self.machine.program("apt-get").program("apt-cache")
        code, command = self.machine.ask("id() { echo 0; }; install_command jdk")
        self.assertEqual(code, 0)
        self.assertNotIn("\n", command)
        self.assertTrue(command.endswith("apt-get update && apt-get install -y temurin-25-jdk"), command)


if __name__ == "__main__":
    unittest.main()
