"""The organisation tree: one row a unit, and its closure so that "within and below" is one join."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base

KINDS = ("province", "city", "county", "township", "village", "community", "estate")


class Unit(Base):
    __tablename__ = "units"
    __table_args__ = (CheckConstraint("kind IN ('{}')".format("', '".join(KINDS)), name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)


class UnitClosure(Base):
    """Every unit below every unit above it, itself included at depth 0."""

    __tablename__ = "unit_closure"

    ancestor_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    descendant_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True, index=True)
    depth: Mapped[int]
