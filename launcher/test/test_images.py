"""The images of server and agent: what is in them, and that they are the same each time."""

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
IMAGES = os.path.join(ROOT, "dist", "images")


def build():
    done = subprocess.run(["bash", os.path.join(ROOT, "dev"), "images"], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise AssertionError(done.stdout.decode("utf-8", "replace"))
    return done.stdout.decode()


def files(name):
    return [os.path.join(IMAGES, file) for file in sorted(os.listdir(IMAGES)) if name in file]


def digests():
    found = {}
    for path in files(".tar"):
        with open(path, "rb") as content:
            found[path] = hashlib.sha256(content.read()).hexdigest()
    return found


class Image:
    """An image in a tar file."""

    def __init__(self, name):
        with tarfile.open(files("-%s-" % name)[0]) as tar:
            self.manifest = json.load(tar.extractfile("manifest.json"))[0]
            self.settings = json.load(tar.extractfile(self.manifest["Config"]))["config"]
            self.entries = {}
            self.text = {}
            for layer in self.manifest["Layers"]:
                self.read(tar.extractfile(layer).read())

    def read(self, layer):
        with tarfile.open(fileobj=io.BytesIO(gzip.decompress(layer))) as tar:
            for entry in tar:
                name = "/" + entry.name.strip("/")
                self.entries[name] = entry
                if name.endswith((".options", "passwd", "ca-certificates.crt")):
                    self.text[name] = tar.extractfile(entry).read().decode()


@unittest.skipUnless(shutil.which("dpkg"), "images are made on Debian only")
class ImagesTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        build()
        cls.first = digests()
        cls.agent = Image("agent")
        cls.server = Image("server")

    def test_the_same_sources_give_the_same_bytes(self):
        build()
        self.assertEqual(2, len(self.first))
        self.assertEqual(self.first, digests())

    def test_neither_runs_as_root_and_both_say_what_they_are(self):
        for name, image in (("agent", self.agent), ("server", self.server)):
            with self.subTest(name):
                self.assertEqual("10001:10001", image.settings["User"])
                self.assertIn("windrow:x:10001:10001:", image.text["/etc/passwd"])
                self.assertEqual("Apache-2.0",
                                 image.settings["Labels"]["org.opencontainers.image.licenses"])
                tag = "windrow/%s:%s" % (
                    name, image.settings["Labels"]["org.opencontainers.image.version"])
                self.assertEqual([tag], image.manifest["RepoTags"])

    def test_programs_can_be_run_and_only_the_folder_for_what_passes_is_open_to_all(self):
        for image in (self.agent, self.server):
            for program in ("bin/java", "lib/jspawnhelper"):
                entry = image.entries["/opt/windrow/runtime/" + program]
                self.assertEqual(0o755, entry.mode & 0o777)
            open_to_all = {name for name, entry in image.entries.items() if entry.mode & 0o002}
            self.assertLessEqual(open_to_all, {"/tmp", "/var/lib/windrow"})

    def test_the_agent_has_its_own_jars_and_no_others(self):
        jars = [name for name in self.agent.entries if name.startswith("/opt/windrow/lib/")]
        self.assertTrue(any("/worker-" in jar for jar in jars))
        for other in ("runtime", "cli", "vertx", "netty", "sqlite", "kubernetes", "engine"):
            self.assertFalse([jar for jar in jars if "/%s" % other in jar], other)
        self.assertIn("${agent}/lib/*", self.agent.text["/opt/windrow/agent.options"])

    def test_the_server_can_run_pods(self):
        jars = [os.path.basename(name) for name in self.server.entries if name.endswith(".jar")]
        for part in ("api-server-", "k8s-runner-", "kubernetes-client-", "sqlite-jdbc-"):
            self.assertEqual(1, len([jar for jar in jars if jar.startswith(part)
                                     and not jar.startswith("kubernetes-client-api")]), part)

    def test_authorities_are_debians_and_not_those_of_the_machine(self):
        here = "/usr/share/ca-certificates/mozilla"
        count = len([name for name in os.listdir(here) if name.endswith(".crt")])
        for image in (self.agent, self.server):
            bundle = image.text["/etc/ssl/certs/ca-certificates.crt"]
            self.assertEqual(count, bundle.count("BEGIN CERTIFICATE"))

    def test_licences_come_along(self):
        for image in (self.agent, self.server):
            for place in ("/opt/windrow/LICENSE", "/usr/share/doc/libc6/copyright",
                          "/usr/share/doc/openjdk/java.base/LICENSE"):
                self.assertIn(place, image.entries)


if __name__ == "__main__":
    unittest.main()
