"""Lets tests find what they test."""

import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.realpath(__file__))
for folder in (os.path.dirname(HERE), os.path.join(os.path.dirname(HERE), "peers")):
    if folder not in sys.path:
        sys.path.insert(0, folder)
