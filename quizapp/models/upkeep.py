"""What was done to keep the instance safe: backups, restores, restore tests, rehearsals."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment

KINDS = ("backup", "restore_test", "restore", "rehearsal")


class Upkeep(Base):
    """One run of one kind, written when it has ended; `told` is its report."""

    __tablename__ = "upkeep"
    __table_args__ = (
        Index("ix_upkeep_kind", "kind", "id"),
        CheckConstraint("kind IN ('{}')".format("', '".join(KINDS)), name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    is_good: Mapped[bool]
    began_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime] = mapped_column(Moment)
    told: Mapped[dict] = mapped_column(Json)
