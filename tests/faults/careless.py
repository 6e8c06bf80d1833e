"""The product with one promise broken on purpose: `python -m tests.faults.careless serve …` does not wait for the disk."""

from quizapp import cli, storage

if __name__ == "__main__":
    storage.DURABLE["synchronous"] = 1  # NORMAL: a commit is said to be done before it is synced
    cli.main()
