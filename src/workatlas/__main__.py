"""Lets ``python -m workatlas`` do what the command ``workatlas`` does."""

from workatlas.server.cli import main

main()
