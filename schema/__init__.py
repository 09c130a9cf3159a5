"""What may be asked: Strawberry types, each field a catalogue entry and a function."""

from .query import Query
from .sdl import build_schema, executable_schema, sdl

__all__ = ["Query", "build_schema", "executable_schema", "sdl"]
