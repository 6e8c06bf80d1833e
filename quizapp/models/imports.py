"""Files that were taken into banks: what each did, which questions it touched, and what was left to finish."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Json, Moment, new_public_id

STATES = ("open", "finished", "dropped")


class Import(Base):
    """One file taken into one bank; `told` counts what became of its questions, and of their undoing."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(120))
    told: Mapped[dict] = mapped_column(Json)
    taken_at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ImportedQuestion(Base):
    """A question that an import added or changed, by the revision it made; 1 where the import added it."""

    __tablename__ = "imported_questions"

    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"), primary_key=True, index=True)
    number: Mapped[int]
    was_retired: Mapped[bool] = mapped_column(default=False)


class UnfinishedQuestion(Base):
    """What a file held and nobody could take in yet: the question as it was read, and its lines."""

    __tablename__ = "unfinished_questions"
    __table_args__ = (
        Index("ix_unfinished_questions_bank", "bank_id", "state", "id"),
        CheckConstraint("state IN ('{}')".format("', '".join(STATES)), name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=new_public_id)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    bank_id: Mapped[int] = mapped_column(ForeignKey("banks.id"))
    body: Mapped[dict] = mapped_column(Json)  # in the shape of `bank check --json`
    lines: Mapped[list] = mapped_column(Json)  # [place, text] of the source
    state: Mapped[str] = mapped_column(String(8), default="open")
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
