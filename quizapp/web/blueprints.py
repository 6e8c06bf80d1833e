"""Every column's pages, by name; nothing is found by scanning."""

from flask import Flask

from quizapp.web import (
    answer_files,
    attempts,
    audit,
    banks,
    campaigns,
    clock,
    decisions,
    deliveries,
    evaluation,
    exam_management,
    exams,
    handbook_uploads,
    handbooks,
    health,
    people,
    pictures,
    ranking,
    readiness,
    sign_in,
    today,
    units,
)

PAGES = (
    health.blueprint,
    sign_in.blueprint,
    handbooks.blueprint,
    exams.blueprint,
    attempts.blueprint,
    attempts.checking,
    answer_files.blueprint,
    pictures.blueprint,
    ranking.blueprint,
    today.blueprint,
    people.blueprint,
    units.blueprint,
    audit.blueprint,
    campaigns.blueprint,
    exam_management.blueprint,
    decisions.blueprint,
    banks.blueprint,
    handbook_uploads.blueprint,
    evaluation.blueprint,
    clock.blueprint,
    deliveries.blueprint,
    readiness.blueprint,
)


def register(app: Flask) -> None:
    """Hang in the pages."""
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
