"""How an answer is made: from a document to rows and back."""

from .answer import Answer
from .service import Service

__all__ = ["Answer", "Service"]
