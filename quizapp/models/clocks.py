"""The clock as each machine carries it on since its start."""

from datetime import datetime

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Moment


class MachineClock(Base):
    """One start of one machine: UTC is its steady clock plus `offset_ms`."""

    __tablename__ = "machine_clocks"

    boot: Mapped[str] = mapped_column(String(64), primary_key=True)
    offset_ms: Mapped[int] = mapped_column(BigInteger)
    steady_ms: Mapped[int] = mapped_column(BigInteger)  # when it was noted last
    noted_at: Mapped[datetime] = mapped_column(Moment)  # the same moment in UTC: time does not go back behind it
    jump_ms: Mapped[int] = mapped_column(BigInteger)  # by how much the reference was ahead then; 0: they agree
    jumped_at: Mapped[datetime | None] = mapped_column(Moment)
