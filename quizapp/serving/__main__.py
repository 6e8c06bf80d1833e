"""One of several serving processes, started by the first one: `python -m quizapp.serving FACTORY SOCKET READY`."""

import sys

from quizapp.serving.program import serve_inherited

if __name__ == "__main__":
    serve_inherited(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
