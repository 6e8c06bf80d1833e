"""Fixed papers of an exam: form A, form B, …; each as drawn, and how many people were dealt it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment


class FixedPaper(Base):
    __tablename__ = "fixed_papers"

    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    paper: Mapped[dict] = mapped_column(Json)
    dealt: Mapped[int] = mapped_column(default=0)
    drawn_at: Mapped[datetime] = mapped_column(Moment)
