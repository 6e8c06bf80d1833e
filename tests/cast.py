"""The small cast that plays in all tests: one township with two villages, and strangers from the next township.

Everybody is added by the services, with the fixed password PASSWORD, hashed cheaply.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from tests.scenes import scene

PASSWORD = "crane-over-the-lake-7"
MET = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # when the cast was added
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

COUNTY, TOWNSHIP, OTHER_TOWNSHIP = "999901", "999901101", "999901102"
VILLAGE, NEXT_VILLAGE, OTHER_VILLAGE = "999901101201", "999901101202", "999901102201"
UNITS = [
    (COUNTY, "云溪县", "county", None),
    (TOWNSHIP, "青禾镇", "township", COUNTY),
    (VILLAGE, "柳塘村", "village", TOWNSHIP),
    (NEXT_VILLAGE, "石桥社区", "community", TOWNSHIP),
    (OTHER_TOWNSHIP, "白浪镇", "township", COUNTY),
    (OTHER_VILLAGE, "渡口村", "village", OTHER_TOWNSHIP),
]
# name in the tests: login (the same), person's name, unit, post, roles
PEOPLE = {
    "trainee": ("周小满", VILLAGE, "村专干", ("trainee",)),
    "neighbour": ("吴立秋", NEXT_VILLAGE, "小区管理员", ("trainee",)),
    "trainer": ("郑惊蛰", TOWNSHIP, "宣教干事", ("trainer",)),
    "village_leader": ("王清明", VILLAGE, "村书记", ("leader",)),
    "township_leader": ("冯霜降", TOWNSHIP, "分管领导", ("leader",)),
    "admin": ("陈白露", TOWNSHIP, "系统管理员", ("admin",)),
    "auditor": ("褚大寒", TOWNSHIP, "审计员", ("auditor",)),
    "stranger": ("卫处暑", OTHER_VILLAGE, "村专干", ("trainee",)),
    "stranger_leader": ("蒋小雪", OTHER_TOWNSHIP, "分管领导", ("leader",)),
}


@dataclass(frozen=True)
class Cast:
    """Who plays: public ids by the names above; services' actors by `actor`."""

    ids: dict[str, str]

    def actor(self, login: str):
        """Return the person as services know who acts, with the roles held now; inside an application context."""
        from sqlalchemy import select

        from quizapp.extensions import db
        from quizapp.models import Person
        from quizapp.services.scope import load_actor

        person = db.session.scalar(select(Person).where(Person.login == login))
        return load_actor(person.id, person.public_id, person.name, person.unit_id)


def hire(now: datetime = MET) -> Cast:
    """Add the units and the people; inside an application context."""
    from quizapp.services import units
    from quizapp.services.people import changes

    for code, name, kind, parent in UNITS:
        units.add(None, code, name, kind, parent, now)
    return Cast(
        {
            login: changes.add(None, changes.NewPerson(login, name, unit, post, roles, PASSWORD), now).id
            for login, (name, unit, post, roles) in PEOPLE.items()
        }
    )


def sign_in(client, login: str, password: str = PASSWORD) -> str:
    """Sign a test client in by the API and return the CSRF token that its unsafe calls must carry."""
    token = client.get("/api/v1/csrf").json["csrf_token"]
    answer = client.post("/api/v1/session", json={"login": login, "password": password}, headers={"X-CSRFToken": token})
    assert answer.status_code == 200, answer.text
    return answer.json["csrf_token"]


@pytest.fixture
def cheap_passwords(monkeypatch):
    """Let hashing a password take microseconds; checking one follows the hash and is quick as well."""
    from quizapp.services import sign_in

    monkeypatch.setattr(sign_in, "hasher", CHEAP)
    monkeypatch.setattr(sign_in, "NOBODY", CHEAP.hash("nobody"))


@scene
def cast() -> Cast:
    """The cast on this test's database."""
    return hire()


def written() -> dict:
    """Return every row of the database by table."""
    from quizapp.extensions import db

    return {table: db.session.execute(table.select()).all() for table in db.metadata.sorted_tables}
