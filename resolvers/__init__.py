"""How an answer is made: from a document to rows and back."""

from .answer import Answer
from .cache import AnswerCache, AnswerKey, Counts, KeptAnswer
from .made import Made
from .service import Service

__all__ = [
    "Answer",
    "AnswerCache",
    "AnswerKey",
    "Counts",
    "KeptAnswer",
    "Made",
    "Service",
]
