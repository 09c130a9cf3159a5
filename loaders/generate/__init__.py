"""Invented releases in O*NET's layouts: for tests, benchmarks, and the sample."""

from .layouts import LAYOUTS
from .release import GenerationReport, generate, generate_next
from .studies import FOLDERS

__all__ = ["FOLDERS", "LAYOUTS", "GenerationReport", "generate", "generate_next"]
