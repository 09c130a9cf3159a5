"""How texts are found: an index of a release's texts, and why a text is a hit."""

from .hit import Asked, Hit, Span, Text
from .index import Index

__all__ = ["Asked", "Hit", "Index", "Span", "Text"]
