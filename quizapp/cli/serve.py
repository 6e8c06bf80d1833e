"""`quizapp serve`: the site, in the foreground, with a worker beside it."""

import sys

import click

from quizapp.cli.report import say
from quizapp.rules.errors import Conflict
from quizapp.rules.words import N_


@click.command()
@click.option("--host", default="0.0.0.0", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="Port to listen on; 0 takes a free one.")
@click.option("--processes", default=1, show_default=True, type=click.IntRange(1),
              help="More than one needs PostgreSQL.")  # fmt: skip
@click.option("--no-worker", is_flag=True, help="Start no worker: another machine runs one.")
def serve(host: str, port: int, processes: int, no_worker: bool) -> None:
    """Serve the site until told to stop, with a worker beside it.

    The database is brought up to date first; while an exam is open that is refused.
    """
    from quizapp import create_app, serving
    from quizapp.cli import timekeeping
    from quizapp.cli.pulse import with_pulse
    from quizapp.services import migration, signing
    from quizapp.services.backup import keeping
    from quizapp.services.transaction import is_postgresql
    from quizapp.serving import clock

    app = create_app()
    with app.app_context():
        if processes > 1 and not is_postgresql():
            raise Conflict(N_("Several processes need PostgreSQL: SQLite has one that writes at a time."))
        migration.migrate(clock.now(), keeping.before_migration)
        signing.publish_key(timekeeping.now(app))
    is_https = app.extensions["settings"].is_https

    def ready(address: str) -> None:
        say(N_("Serving at %(address)s"), address=address)
        if not is_https:
            say(N_("Plain http: passwords and answers can be read on the way. Put a proxy with TLS in front "
                   "and set QUIZAPP_PUBLIC_URL."))  # fmt: skip

    try:
        serving.serve(
            (lambda: with_pulse(app)) if processes == 1 else "quizapp.cli.pulse:application",
            host,
            port,
            processes=processes,
            on_ready=ready,
            aside="quizapp.cli.timekeeping:application",
            beside=[] if no_worker else [[sys.executable, "-m", "quizapp", "worker"]],
        )
    except OSError as error:
        raise Conflict(
            N_("Cannot listen on %(host)s:%(port)s: %(reason)s"), host=host, port=port, reason=error.strerror
        ) from error
