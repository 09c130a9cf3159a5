"""What a test needs from its surroundings: skipped without, or failed on purpose."""

import os

import pytest


def require(*, met: bool, switch: str, reason: str) -> None:
    """Skip with a reason, or fail where the environment promises that it is there."""
    if met:
        return
    if os.environ.get(switch):
        pytest.fail(f"{reason} ({switch} is set)")
    pytest.skip(reason)
