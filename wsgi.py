"""The application for any WSGI server; `quizapp serve` is the one that stamps arrivals and lets answers go first."""

from quizapp import create_app

application = create_app()
