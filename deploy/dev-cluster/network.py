"""The bridge that pods, services and the host meet on."""

import shlex
import subprocess

from places import BRIDGE, HOST, NETWORK, POD_RANGE, ClusterError

# Chains that kube-proxy makes, and network plugins for each pod.
SERVICES = "KUBE-SERVICES"
OURS = ("KUBE-",)

FORWARD = [
    ["FORWARD", "-s", POD_RANGE, "-j", "ACCEPT"],
    ["FORWARD", "-d", POD_RANGE, "-j", "ACCEPT"],
]


def up():
    bridge_up(BRIDGE, HOST + "/16")
    with open("/proc/sys/net/ipv4/ip_forward", "r+") as forward:
        forward.write("1")
    for rule in FORWARD:
        if not quiet("iptables", "-w", "-C", *rule):
            run("iptables", "-w", "-I", *rule)


def bridge_up(name, address):
    if not quiet("ip", "link", "show", name):
        run("ip", "link", "add", name, "type", "bridge")
    # Else it takes that of its lowest port: each pod that comes or goes may change it, and for
    # some seconds other pods send what is for the host to where nobody is.
    run("ip", "link", "set", name, "address", hardware(address))
    run("ip", "address", "replace", address, "dev", name)
    run("ip", "link", "set", name, "up")


def hardware(address):
    """An address of our own for a network card, of its address on the network."""
    return ":".join(["0a", "58", *("%02x" % int(part) for part in address.split("/")[0].split("."))])


def down():
    for rule in FORWARD:
        while quiet("iptables", "-w", "-D", *rule):
            pass
    quiet("ip", "link", "delete", BRIDGE)


def has_other_cluster():
    """Whether something else already rules over services on this machine."""
    return quiet("iptables", "-w", "-t", "nat", "-n", "-L", SERVICES)


def cut(pods):
    """Let nothing from these addresses come through any more, not even the end of a connection."""
    for rule in silence(pods):
        if not quiet("iptables", "-w", "-C", *rule):
            run("iptables", "-w", "-I", *rule)


def rejoin(pods):
    for rule in silence(pods):
        while quiet("iptables", "-w", "-D", *rule):
            pass


def silence(pods):
    return [[chain, "-s", pods, "-j", "DROP"] for chain in ("INPUT", "FORWARD")]


def forget_rules(of=None):
    """Remove the packet rules that kube-proxy leaves, and plugins whose pod was killed.

    of: the network whose pods these are; without it all of ours, and those of kube-proxy
    """
    for tool in ("iptables", "ip6tables"):
        for table in ("filter", "nat", "mangle"):
            forget(tool, table, of)


def forget(tool, table, of):
    listed = subprocess.run([tool, "-w", "-t", table, "-S"], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)
    lines = [shlex.split(line) for line in listed.stdout.decode().splitlines()]
    rules = [line for line in lines if line[0] == "-A"]
    pods = {target(rule) for rule in rules if "POSTROUTING" == rule[1] and is_of_pods(rule, of)}
    chains = [line[1] for line in lines if line[0] == "-N"
              and (line[1] in pods or (of is None and line[1].startswith(OURS)))]
    for rule in rules:
        if rule[1] not in chains and target(rule) in chains:
            quiet(tool, "-w", "-t", table, "-D", *rule[1:])
    for verb in ("-F", "-X"):
        for chain in chains:
            quiet(tool, "-w", "-t", table, verb, chain)


def target(rule):
    return rule[rule.index("-j") + 1] if "-j" in rule else None


def is_of_pods(rule, of):
    named = 'name: "%s"' % of if of else 'name: "%s' % NETWORK
    return any(word.startswith(named) for word in rule)


def quiet(*command):
    return subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise ClusterError(
            "%s: %s" % (" ".join(command), done.stdout.decode("utf-8", "replace").strip()))


def unmount(*folders):
    """Unmount what is mounted below these folders, the innermost first."""
    with open("/proc/self/mountinfo") as mounts:
        points = [line.split()[4] for line in mounts]
    for point in sorted(points, reverse=True):
        if point.startswith(tuple(folder + "/" for folder in folders)):
            quiet("umount", "-l", point)
