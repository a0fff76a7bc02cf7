"""Entry point of a Windrow worker process; the agent starts it as ``python windrow_worker.py``.

It is kept tiny because Python never caches the byte code of a main script.
"""

import os
import sys


def _main():
    if sys.version_info < (3, 8):
        sys.stderr.write("this is Python %d.%d.%d\n" % sys.version_info[:3])
        sys.exit(2)
    here = os.path.dirname(os.path.abspath(__file__))
    # Not always there: PYTHONSAFEPATH, which is the user's to set, leaves the script's folder out.
    if here not in sys.path:
        sys.path.insert(0, here)
    # Many images forbid byte code, which is right for their layers; here it saves each worker most of its start.
    dont_write_bytecode = sys.dont_write_bytecode
    sys.dont_write_bytecode = False
    from windrow_harness.worker import main

    main(here, dont_write_bytecode)


# A process that the script starts with the "spawn" method imports this file again, and must not become a worker.
if __name__ == "__main__":
    _main()
