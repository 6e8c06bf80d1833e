"""An event loop of a test's own, also where a browser's driver keeps one running in this thread."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


def run(main):
    """Run a coroutine function to its end in a thread of its own; return what it returns, raise what it raises."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(main())).result()
