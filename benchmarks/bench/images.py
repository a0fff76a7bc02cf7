"""The images of pods."""

from typing import NamedTuple


class Images(NamedTuple):
    """Where the pods of ours take the agent from, and what all pods run."""

    agent: str
    job: str
