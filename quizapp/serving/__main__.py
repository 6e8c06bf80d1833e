"""A process started by the first one, which hands its sockets over.

One of several that serve: `python -m quizapp.serving FACTORY SOCKET READY`. The one that makes pages aside:
`python -m quizapp.serving aside FACTORY LINE…`.
"""

import sys

from quizapp.serving.program import load, serve_inherited

if __name__ == "__main__":
    if sys.argv[1] == "aside":
        from quizapp.serving.aside import answer_aside, stand_back

        stand_back()
        answer_aside(load(sys.argv[2]), [int(one) for one in sys.argv[3:]])
    else:
        serve_inherited(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
