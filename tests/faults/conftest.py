"""Faults strike on both databases; a fault of one alone overrides `database_kind` in its module."""

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request) -> str:
    """Every test here runs twice."""
    return request.param
