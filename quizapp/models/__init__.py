"""ROOM 2: tables. Columns, relations and constraints; no verbs."""

from quizapp.models.attempts import Answer, AnswerEvent, AnswerFile, Attempt, LateAnswer, Receipt, Result
from quizapp.models.audit import AuditEvent, Lease
from quizapp.models.bank_checks import BankCheck, DuplicatePair, QuestionFigure
from quizapp.models.banks import (
    ArticleFlag,
    Bank,
    Citation,
    Question,
    QuestionKey,
    QuestionReview,
    QuestionRevision,
    QuestionTag,
    QuestionWords,
)
from quizapp.models.boards import BoardPlace, BoardScore, BoardSum, RosterSum
from quizapp.models.campaigns import Campaign, CampaignHandbook, RosterEntry
from quizapp.models.clocks import MachineClock
from quizapp.models.deliveries import Delivery, ReceivedEvent, Receiver
from quizapp.models.evaluation import ChainHead, EnteredValue, SealedRow, Sheet, SigningKey
from quizapp.models.exams import Exam, ExamBank
from quizapp.models.extensions import ExtendedAttempt, Extension
from quizapp.models.fixed_papers import FixedPaper
from quizapp.models.handbooks import Article, ArticleText, Edition, Handbook, Reading
from quizapp.models.imports import Import, ImportedQuestion, UnfinishedQuestion
from quizapp.models.invigilation import (
    AttemptContact,
    AttemptSignal,
    AttemptSilence,
    OutageDismissal,
    ServingSpan,
)
from quizapp.models.people import KnownDevice, Person, RoleGrant, SignInFailure, SignInSession
from quizapp.models.pictures import Picture
from quizapp.models.proposals import Proposal
from quizapp.models.units import Unit, UnitClosure
from quizapp.models.upkeep import Upkeep

__all__ = [
    "Answer",
    "AnswerEvent",
    "AnswerFile",
    "Article",
    "ArticleFlag",
    "ArticleText",
    "Attempt",
    "AttemptContact",
    "AttemptSignal",
    "AttemptSilence",
    "AuditEvent",
    "Bank",
    "BankCheck",
    "BoardPlace",
    "BoardScore",
    "BoardSum",
    "Campaign",
    "CampaignHandbook",
    "ChainHead",
    "Citation",
    "Delivery",
    "DuplicatePair",
    "Edition",
    "EnteredValue",
    "Exam",
    "ExamBank",
    "ExtendedAttempt",
    "Extension",
    "FixedPaper",
    "Handbook",
    "Import",
    "ImportedQuestion",
    "KnownDevice",
    "LateAnswer",
    "Lease",
    "MachineClock",
    "OutageDismissal",
    "Person",
    "Picture",
    "Proposal",
    "Question",
    "QuestionFigure",
    "QuestionKey",
    "QuestionReview",
    "QuestionRevision",
    "QuestionTag",
    "QuestionWords",
    "Reading",
    "Receipt",
    "ReceivedEvent",
    "Receiver",
    "Result",
    "RoleGrant",
    "RosterEntry",
    "RosterSum",
    "SealedRow",
    "ServingSpan",
    "Sheet",
    "SignInFailure",
    "SignInSession",
    "SigningKey",
    "UnfinishedQuestion",
    "Unit",
    "UnitClosure",
    "Upkeep",
]
