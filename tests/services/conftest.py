"""Services are proved on both databases."""

import pytest


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request) -> str:
    """Every test here runs twice."""
    return request.param
