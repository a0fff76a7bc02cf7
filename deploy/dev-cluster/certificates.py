"""Keys and certificates of the cluster's parts, by openssl; good for a month."""

import os
import subprocess

from places import HOST, NODE, SERVICE_FIRST, ClusterError, state, write

DAYS = "30"
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

# Part, its name, its group.
CLIENTS = [
    ("admin", "admin", "system:masters"),
    ("apiserver-kubelet", "apiserver-kubelet", "system:masters"),
    ("controller-manager", "system:kube-controller-manager", ""),
    ("scheduler", "system:kube-scheduler", ""),
    ("proxy", "system:kube-proxy", ""),
    ("dns", "system:coredns", ""),
    ("kubelet", "system:node:" + NODE, "system:nodes"),
]


def key(name):
    return state("pki", name + ".key")


def certificate(name):
    return state("pki", name + ".crt")


def make():
    """Make all that is needed, with a new authority."""
    os.makedirs(state("pki"), mode=0o700, exist_ok=True)
    run("req", "-x509", *KEY, "-days", DAYS, "-subj", "/CN=windrow-dev-cluster",
        "-keyout", key("ca"), "-out", certificate("ca"))
    names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc",
             "kubernetes.default.svc.cluster.local", "localhost"]
    addresses = [HOST, "127.0.0.1", SERVICE_FIRST]
    alternatives = ["DNS:" + n for n in names] + ["IP:" + a for a in addresses]
    sign("apiserver", "/CN=kube-apiserver", "serverAuth", alternatives)
    for part, name, group in CLIENTS:
        subject = ("/O=" + group if group else "") + "/CN=" + name
        sign(part, subject, "clientAuth", [])
    run("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", key("accounts"))


def sign(name, subject, usage, alternatives):
    extensions = "extendedKeyUsage=" + usage + "\n"
    if alternatives:
        extensions += "subjectAltName=" + ",".join(alternatives) + "\n"
    request = state("pki", name + ".csr")
    run("req", "-new", *KEY, "-subj", subject, "-keyout", key(name), "-out", request)
    run("x509", "-req", "-in", request, "-days", DAYS, "-CA", certificate("ca"), "-CAkey", key("ca"),
        "-CAcreateserial", "-extfile", write(state("pki", name + ".ext"), extensions),
        "-out", certificate(name))


def run(*arguments):
    done = subprocess.run(["openssl", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise ClusterError("openssl %s: %s" % (arguments[0], done.stdout.decode("utf-8", "replace")))
