"""Lets what is here use the modules of the development cluster: images, processes, packet rules."""

import os
import sys

sys.path.append(
    os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "dev-cluster"))
