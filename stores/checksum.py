"""The sha256 of a file: what published and archived files are known by."""

import hashlib
from pathlib import Path


def file_sha256(path: Path) -> str:
    """Give the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
