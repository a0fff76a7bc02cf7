"""What the cluster is made of, built once for each version of what it is made from."""

import glob
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

import images
from configuration import PAUSE
from places import CACHE, HERE, ClusterError

VERSION = "v1.34.4"
HELM = "v3.19.5"
KWOK = "v0.7.0"
PYTHON = "windrow.test/python:3.11"
SUITE = "bookworm"
PYTHON_PACKAGES = "python3,python3-venv"
MIRROR = "http://deb.debian.org/debian"
COMPONENT = "k8s.io/component-base/version."
# A pod may run as any user; so Python's caches are made when the image is.
CLEAN = ["var/cache/apt", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"]


def kubernetes():
    flags = "-s -w -X %sgitVersion=%s -X %sgitMajor=1 -X %sgitMinor=34" % (
        COMPONENT, VERSION, COMPONENT, COMPONENT)
    return built("kubernetes", ["go.mod", "go.sum", "main.go"], lambda target: go(
        "kubernetes", ["build", "-trimpath", "-ldflags", flags, "-o", target, "."]), flags)


def dns():
    return built("dns", ["go.mod", "go.sum", "main.go"], lambda target: go(
        "dns", ["build", "-trimpath", "-ldflags", "-s -w", "-o", target, "."]))


def helm():
    """Helm itself; what it is for, the cluster does not need."""
    return installed("helm", "helm.sh/helm/v3/cmd/helm", HELM)


def kwok():
    """Says of nodes and pods that are not there that they run."""
    return installed("kwok", "sigs.k8s.io/kwok/cmd/kwok", KWOK)


def installed(name, package, version):
    """A program as its own module makes it."""
    def install(target):
        folder = os.path.dirname(target)
        go("dns", ["install", "-trimpath", package + "@" + version], {"GOBIN": folder})
        # Go names it as the package is named, which is its name; a rename marks it whole.
        os.rename(os.path.join(folder, name), target)

    return built(name, [], install, version)


def pause_image():
    def make(target):
        with tempfile.TemporaryDirectory() as root:
            run(["gcc", "-static", "-Os", "-s", "-o", root + "/pause", HERE + "/pause/pause.c"])
            images.write(root, PAUSE, target, {"Entrypoint": ["/pause"], "User": "65535:65535"}, 0)

    return built("pause", ["pause.c"], make, source_of("images.py"))


def python_image():
    """A Debian with Python, what makes environments, and nothing of ours, as a user's image may be."""
    def make(target):
        root = target + ".root"
        shutil.rmtree(root, ignore_errors=True)
        run(["debootstrap", "--variant=minbase", "--include=" + PYTHON_PACKAGES, SUITE, root, MIRROR])
        for folder in CLEAN:
            shutil.rmtree(os.path.join(root, folder), ignore_errors=True)
        for archive in glob.glob(root + "/var/cache/apt/archives/*.deb"):
            os.remove(archive)
        images.write(root, PYTHON, target, {
            "Cmd": ["python3"], "Env": ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8"]})
        shutil.rmtree(root)

    return built("python", [], make, source_of("images.py") + SUITE + PYTHON_PACKAGES + " ".join(CLEAN))


def built(part, sources, make, more=""):
    """The path of a part; makes it when there is none of these very sources."""
    total = hashlib.sha256(more.encode())
    for name in sources:
        total.update(source_of(os.path.join(part, name)).encode())
    folder = os.path.join(CACHE, "%s-%s" % (part, total.hexdigest()[:16]))
    target = os.path.join(folder, part)
    if not os.path.exists(target):
        print("dev: building %s for the cluster, once" % part, file=sys.stderr, flush=True)
        os.makedirs(folder, exist_ok=True)
        fresh = target + ".new"
        make(fresh)
        os.rename(fresh, target)
    return target


def source_of(name):
    with open(os.path.join(HERE, name)) as content:
        return content.read()


def go(module, arguments, environment=None):
    run(["go", *arguments], os.path.join(HERE, module),
        dict(os.environ, GOFLAGS="", GOTOOLCHAIN="local", CGO_ENABLED="0", **(environment or {})))


def run(command, folder=None, environment=None):
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        text = done.stdout.decode("utf-8", "replace")
        raise ClusterError("%s:\n%s" % (" ".join(command), text[-4000:]))
