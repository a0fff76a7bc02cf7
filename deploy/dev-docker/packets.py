"""The bridge of our Docker, and the packet rules that it leaves."""

import re
import shlex
import subprocess

from network import bridge_up, quiet

BRIDGE = "wdock0"
HOST = "10.89.0.1/24"
# Of networks that tests make.
NETWORKS = "10.89.128.0/17"
RANGE = "10.89."
TABLES = ("filter", "nat")
CHAIN = "DOCKER"


def up():
    bridge_up(BRIDGE, HOST)
    # A Docker that has to do this itself also closes the machine for all others.
    with open("/proc/sys/net/ipv4/ip_forward", "r+") as forward:
        forward.write("1")


def of_another():
    """Whether a Docker rules here; one of ours has been asked to end before."""
    return any(line[:1] == ["-N"] and line[1].startswith(CHAIN)
               for table in TABLES for line in lines(table))


def down():
    bridges = {BRIDGE, *ours()}
    for table in TABLES:
        forget(table, bridges)
    for bridge in bridges:
        quiet("ip", "link", "delete", bridge)


def ours():
    """Our bridges: they have our addresses."""
    shown = subprocess.run(["ip", "-o", "-4", "address", "show"], stdout=subprocess.PIPE)
    return re.findall(r"^\d+: (\S+)\s+inet " + re.escape(RANGE), shown.stdout.decode(), re.MULTILINE)


def forget(table, bridges):
    listed = lines(table)
    chains = [line[1] for line in listed if line[0] == "-N" and line[1].startswith(CHAIN)]
    for rule in listed:
        if rule[0] == "-A" and rule[1] not in chains and is_ours(rule, chains, bridges):
            quiet("iptables", "-w", "-t", table, "-D", *rule[1:])
    for verb in ("-F", "-X"):
        for chain in chains:
            quiet("iptables", "-w", "-t", table, verb, chain)


def is_ours(rule, chains, bridges):
    return any(word in chains or word in bridges or word.startswith(RANGE) for word in rule[2:])


def lines(table):
    listed = subprocess.run(["iptables", "-w", "-t", table, "-S"], stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)
    return [shlex.split(line) for line in listed.stdout.decode().splitlines()]
