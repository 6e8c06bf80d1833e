"""Pictures in questions, by their digest; never changed, the same one kept once."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.extensions import Base
from quizapp.models.types import Moment


class Picture(Base):
    __tablename__ = "pictures"

    digest: Mapped[str] = mapped_column(String(24), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))  # png or webp
    data: Mapped[str] = mapped_column(Text)  # base64, so that every copy of the tables is plain text
    created_at: Mapped[datetime] = mapped_column(Moment)
