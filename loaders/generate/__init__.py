"""Invented releases in O*NET's layouts: for tests, benchmarks, and the sample."""

from .layouts import LAYOUTS
from .release import GenerationReport, generate

__all__ = ["LAYOUTS", "GenerationReport", "generate"]
