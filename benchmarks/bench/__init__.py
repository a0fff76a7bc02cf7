"""Workloads that compare Windrow with its peers: one file per concern, the standard library only."""
