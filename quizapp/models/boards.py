"""What rankings are read from: places, how many people reached which score, sums of units. All of it can be rebuilt."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base


class BoardPlace(Base):
    """The result of a person that counts, once for each unit in whose ranking it stands."""

    __tablename__ = "board_places"
    __table_args__ = (
        Index("ix_board_places_rank", "exam_id", "unit_id", "order_milli", "seconds_used", "person_id"),
        {"sqlite_with_rowid": False},
    )

    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    home_id: Mapped[int] = mapped_column(ForeignKey("units.id"))  # where the roster has the person
    order_milli: Mapped[int]  # minus the points, so that the whole index runs one way
    points_milli: Mapped[int]
    full_milli: Mapped[int]
    seconds_used: Mapped[int]
    is_counted: Mapped[int]  # 1, or 0 of somebody excused: in the ranking of people, but in no unit's sums
    is_passed: Mapped[int]


class BoardScore(Base):
    """How many people of a unit reached a score: what stands above a place is summed up, not counted."""

    __tablename__ = "board_scores"
    __table_args__ = {"sqlite_with_rowid": False}

    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    points_milli: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]


class BoardSum(Base):
    """What those of a unit who sat and are not excused reached together."""

    __tablename__ = "board_sums"
    __table_args__ = {"sqlite_with_rowid": False}

    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    sat: Mapped[int]
    passed: Mapped[int]
    points_milli: Mapped[int] = mapped_column(BigInteger)
    full_milli: Mapped[int] = mapped_column(BigInteger)  # of all their papers together


class RosterSum(Base):
    """How many people of a campaign's roster belong to a unit and what lies below it, and how many are excused."""

    __tablename__ = "roster_sums"
    __table_args__ = {"sqlite_with_rowid": False}

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    people: Mapped[int]
    excused: Mapped[int]
