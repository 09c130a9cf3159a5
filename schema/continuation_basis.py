"""On what basis a node of one release continues a node of another."""

from enum import Enum

import strawberry

from .member import member


@strawberry.enum(
    description="On what basis a node of one release continues one of another. Nothing "
    "else is a basis: what is only alike continues nothing."
)
class ContinuationBasis(Enum):
    """Bases; they are told apart, and a link may rest on several."""

    SAME_ID = member(
        "SAME_ID",
        "The same number of a task or identifier of an activity, and the same words.",
    )
    SAME_ID_REWORDED = member(
        "SAME_ID_REWORDED",
        "The same number of a task or identifier of an activity, in other words.",
    )
    SAME_TEXT = member(
        "SAME_TEXT",
        "Another task's number, the same statement to the letter; several tasks may "
        "have it.",
    )
    SAME_CODE = member("SAME_CODE", "The same code of an occupation.")
    CROSSWALK_ONE = member(
        "CROSSWALK_ONE", "Over the official crosswalk: the one code became the other."
    )
    CROSSWALK_SPLIT = member(
        "CROSSWALK_SPLIT",
        "Over the official crosswalk: the older code was split, and this is a part.",
    )
    CROSSWALK_MERGED = member(
        "CROSSWALK_MERGED",
        "Over the official crosswalk: the older code was merged with others.",
    )
    SAME_TITLE = member(
        "SAME_TITLE",
        "The same title: of an occupation, whatever its code, or of an activity of the "
        "same level with another identifier.",
    )


def same_id(words: str, others: str) -> ContinuationBasis:
    """Give the basis of the same identifier, by the words on both sides."""
    is_same = words == others
    return ContinuationBasis.SAME_ID if is_same else ContinuationBasis.SAME_ID_REWORDED
