"""A township to try everything with: plainly made up, complete, and the same accounts at every call."""

import json
import os
import random
import secrets
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from quizapp.extensions import db
from quizapp.models import (
    Article,
    Campaign,
    Exam,
    Handbook,
    Person,
    QuestionKey,
    Reading,
    Receiver,
    RoleGrant,
    Unit,
    UnitClosure,
)
from quizapp.rules.errors import Conflict
from quizapp.rules.names import fold_login
from quizapp.rules.permissions import Actor
from quizapp.rules.question_types import KINDS, of_part
from quizapp.rules.words import N_
from quizapp.services import campaigns, exam_setup, exams, shipped, signing
from quizapp.services.attempts import finish, save, start
from quizapp.services.scope import load_actor
from quizapp.services.sign_in import hash_password
from quizapp.services.transaction import writing

TOWNSHIP = "990001001"
PLACES = [  # kind, name, and the estates of a community
    ("village", "东溪村", []),
    ("village", "西溪村", []),
    ("village", "柳湾村", []),
    ("village", "石桥村", []),
    ("village", "竹园村", []),
    ("village", "梅岭村", []),
    ("village", "清泉村", []),
    ("village", "高坡村", []),
    ("community", "溪口社区", ["溪口花园", "滨水家园"]),
    ("community", "新桥社区", ["新桥雅苑"]),
]
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
PLAN = """为全面提升镇、村（社区）工作人员的业务能力，开展本次岗位练兵活动。

1. **学习阶段**：通读两本手册，重点掌握与本岗位有关的条款。
2. **测试阶段**：在规定的时间内用手机完成网上测试，每人一次。
3. **总结阶段**：各村（社区）成绩计入镇综合考评。
"""
BLUEPRINT = {
    "sections": [
        {"title": "单选题", "kind": "single_choice", "count": 15, "points_milli": 3000},
        {"title": "多选题", "kind": "multiple_choice", "count": 5, "points_milli": 5000},
        {"title": "判断题", "kind": "true_false", "count": 6, "points_milli": 3000},
        {"title": "填空题", "kind": "fill_blank", "count": 3, "points_milli": 4000},
    ],
    "rule": "half_if_subset",
}


def is_beside_real_people() -> bool:
    """Whether there are people here and they are not the demo's."""
    has_people = db.session.scalar(select(Person.id).limit(1)) is not None
    return has_people and db.session.scalar(select(Unit.id).where(Unit.code == TOWNSHIP)) is None


def load(now: datetime) -> dict:
    """Fill an empty instance and return its accounts; again returns the same. Raises Conflict beside real people."""
    path = Path(current_app.instance_path) / "demo.json"
    if db.session.scalar(select(Unit.id).where(Unit.code == TOWNSHIP)) and path.exists():
        return json.loads(path.read_text("utf-8"))
    if is_beside_real_people():
        raise Conflict(N_("There is a real roster here; the demo goes into an empty instance only."))
    signing.publish_key(now)
    accounts = _people(now)
    report = {"accounts": [one for one in accounts if one["login"]], **_campaign(now)}
    _practise(now)
    _write(path, report)
    return report


def _write(path: Path, report: dict) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1)


def _people(now: datetime) -> list[dict]:
    """Make the units and everybody in them; leader, trainers, administrator and auditor first."""
    accounts = []
    with writing() as session:
        township = _township(session)
        staff = [
            ("leader", "leader", "示例镇长"),
            ("trainer", "trainer", "示例教员"),
            ("trainer", "trainer2", "示例教员乙"),  # what one trainer writes, another reviews
            ("admin", "admin", "示例管理员"),
            ("auditor", "auditor", "示例审计员"),
        ]
        for role, login, name in staff:
            accounts.append(_person(session, township, login, name, "镇机关", [(role, township)], now))
        names = iter(STEMS[n % 10] + BRANCHES[n % 12] for n in range(60))
        for number, (kind, name, estates) in enumerate(PLACES, 1):
            place = _unit(session, f"{TOWNSHIP}{200 + number}", name, kind, township)
            head = (f"leader{number}", f"示例{name[:2]}负责人", "村（社区）负责人")
            accounts.append(_person(session, place, *head, [("leader", place)], now))
            homes = [
                _unit(session, f"{place.code}{n:02}", estate, "estate", place) for n, estate in enumerate(estates, 1)
            ]
            for n in range(6):
                unit = homes[n] if n < len(homes) else place
                post = "小区管理员" if n < len(homes) else "专干"
                login = f"trainee{sum(one['role'] == 'trainee' for one in accounts) + 1:02}"
                accounts.append(_person(session, unit, login, next(names), post, [("trainee", unit)], now))
    return accounts


def _township(session) -> Unit:
    county = _unit(session, "990001", "示例县", "county", None)
    return _unit(session, TOWNSHIP, "柳溪镇（示例）", "township", county)


def _unit(session, code: str, name: str, kind: str, parent: Unit | None) -> Unit:
    unit = Unit(code=code, name=name, kind=kind, parent_id=parent and parent.id)
    session.add(unit)
    session.flush()
    above = session.execute(
        select(UnitClosure.ancestor_id, UnitClosure.depth).where(UnitClosure.descendant_id == unit.parent_id)
    ).all()
    for ancestor_id, depth in [(unit.id, -1), *above]:
        session.add(UnitClosure(ancestor_id=ancestor_id, descendant_id=unit.id, depth=depth + 1))
    return unit


def _person(session, unit: Unit, login: str, name: str, post: str, grants: list, now: datetime) -> dict:
    password = secrets.token_urlsafe(9)
    person = Person(
        login=login,
        login_key=fold_login(login),
        name=name,
        unit_id=unit.id,
        post=post,
        password_hash=hash_password(password),
        created_at=now,
    )
    session.add(person)
    session.flush()
    session.add_all(RoleGrant(person_id=person.id, unit_id=at.id, role=role) for role, at in grants)
    return {"role": grants[0][0], "login": login, "password": password, "unit": unit.name, "name": name}


def _campaign(now: datetime) -> dict:
    """Set up the running campaign: shipped handbooks and banks, a finished mock exam, the open exam, the receiver."""
    zone = ZoneInfo(current_app.extensions["settings"].timezone)
    today = now.astimezone(zone).date()
    unit_id = db.session.scalar(select(Unit.id).where(Unit.code == TOWNSHIP))
    handbooks, banks = shipped.load(unit_id, now)
    draft = campaigns.Draft(
        "城市和流动人口服务岗位练兵",
        TOWNSHIP,
        today - timedelta(days=20),
        today + timedelta(days=20),
        today,
        handbooks,
        PLAN,
        campaigns.usual_policy(),
    )
    campaign = campaigns.create(None, draft, now)
    with writing() as session:
        session.add(Receiver(slug="embedded", unit_id=unit_id, name="镇综合考评", kind="embedded"))
    mock = exam_setup.Draft(
        "摸底测验", campaign, now - timedelta(days=9), now - timedelta(days=2), 2400, banks, BLUEPRINT, counts=False
    )
    exam_setup.create(None, mock, now)
    closes = datetime.combine(today + timedelta(days=8), time(0), zone)
    exam = exam_setup.Draft("岗位练兵网上测试", campaign, now - timedelta(days=1), closes, 2400, banks, BLUEPRINT)
    return {"campaign_id": campaign, "exam_id": exam_setup.create(None, exam, now)}


def _practise(now: datetime) -> None:
    """Let most trainees have sat the mock exam and read a part of the handbooks, some well and some less."""
    dice = random.Random(20260731)
    exam = db.session.scalar(select(Exam).where(Exam.counts.is_(False)).join(Campaign))
    public_id, opened = exam.public_id, exam.opens_at
    people = db.session.execute(
        select(Person.id, Person.public_id, Person.name, Person.unit_id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == "trainee")
        .order_by(Person.id)
    ).all()
    for person in people:
        ability = dice.uniform(0.35, 0.95)
        if dice.random() < 0.88:
            _sit(load_actor(*person), public_id, opened + timedelta(minutes=dice.randrange(6 * 1440)), ability, dice)
        _read(person.id, ability, dice, now)
    exams.close(None, public_id, now)


def _sit(actor: Actor, exam: str, at: datetime, ability: float, dice: random.Random) -> None:
    running = start.start(actor, exam, at)
    ticket = save.ticket_of(running.attempt_id, actor.person_id)
    items = {slot: ticket.item(slot) for slot in ticket.items}
    ids = [item["revision_id"] for item in items.values()]
    keys = dict(
        db.session.execute(
            select(QuestionKey.revision_id, QuestionKey.key).where(QuestionKey.revision_id.in_(ids))
        ).all()
    )
    answers = []
    for seq, (slot, item) in enumerate(items.items(), 1):
        if dice.random() < 0.97:
            answers.append(save.Sent(slot, seq, _answer(item, keys[item["revision_id"]], ability, dice)))
    finish.submit(running.attempt_id, actor.person_id, 1, answers, at + timedelta(seconds=dice.randrange(500, 2200)))


def _answer(item: dict, key: dict, ability: float, dice: random.Random):
    is_right, key = dice.random() < ability, of_part(item, key)
    if item["kind"] in ("numerical", "matching", "ordering"):
        return _longer_answer(item, KINDS[item["kind"]].explain(item, key), is_right)
    if "option_ids" in item:
        right = [item["option_ids"][index] for index in key["right"]]
        if is_right:
            return right
        wrong = [one for one in item["option_ids"] if one not in right]
        return [dice.choice(wrong)] if item["kind"] == "single_choice" or dice.random() < 0.5 else right[:1]
    if "blanks" in item:
        return [accepted[0] if is_right else "不清楚" for accepted in key["blanks"]]
    return key["right"] if is_right else not key["right"]


def _longer_answer(item: dict, key: dict, is_right: bool):
    """Return a number, pairs or an order: all right, or with what people mix up."""
    if item["kind"] == "numerical":
        return key["value"] if is_right else "0"
    if item["kind"] == "matching":
        lefts, rights = list(key["pairs"]), list(key["pairs"].values())
        return dict(zip(lefts, rights if is_right else rights[::-1], strict=True))
    return key["order"] if is_right else [*key["order"][1:], key["order"][0]]


def _read(person_id: int, ability: float, dice: random.Random, now: datetime) -> None:
    articles = db.session.execute(select(Article.id).join(Handbook).order_by(Handbook.id, Article.id)).scalars().all()
    share = min(1.0, ability + 0.1) if dice.random() < 0.8 else 0.0
    at = now - timedelta(days=dice.randrange(1, 15))
    with writing() as session:
        session.add_all(
            Reading(person_id=person_id, article_id=one, first_read_at=at, last_read_at=at)
            for one in articles[: round(len(articles) * share)]
        )
