"""What a statement may not hold if both stores are to give the same answer.

Each rule was found by running statements on KGLite and Neo4j side by side.
"""

import re

from .model import EDGES, NODES

_FORBIDDEN = {
    r"\bCOLLECT\s*\{": "COLLECT {} is not in both stores",
    r"\bOPTIONAL\s+CALL\b": "OPTIONAL CALL is not in both stores",
    r"/\*": "comments of the form /* */ are not in both stores",
    r":\s*!": "label negation is not in both stores",
    r"\bSHORTEST\b": "SHORTEST is not in both stores",
    r"\{\s*\d*\s*,\s*\d*\s*\}": "quantified paths are not in both stores",
    r"[\w.$]+\s*<=?\s*[\w.$]+\s*<=?": "chained comparisons differ between the stores",
    r"\{\s*\.": "map projections come back in another order",
    r"\b(percentileCont|percentileDisc|stdevp?|duration|round|avg|sum)\s*\(": (
        "floating-point aggregates and rounding differ between the stores"
    ),
    r"\]\s*\[[^\]]*\.\.": "a slice of a comprehension is computed in full first",
    r"\)\s*<?--": "every hop needs a type and a direction",
    r"\*(?!\d*\.\.\d)": "a path of any length has no bound",
    r"\bIN\s+\$": "IN with a parameter scans in the embedded store: UNWIND instead",
    r"['\"]": "a value stands in the text: make it a parameter",
    r"\.(id|title|type|name|label|node_type)\b": (
        "id, title, type, name, label and node_type are special in the embedded store"
    ),
    r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD|FOREACH)\b": "statements here only read",
}
_NODE = re.compile(r"\(\w*:(\w+)")
_EDGE = re.compile(r"\[\w*:([\w|]+)")
_PROPERTY = re.compile(r"\b\w+\.(\w+)")


def check_portable(statement: str) -> str | None:
    """Say what keeps a statement from giving equal answers on both stores, or None."""
    for pattern, why in _FORBIDDEN.items():
        if re.search(pattern, statement):
            return why
    hops = re.findall(r"<?-\[[^\]]*\]->?", statement)
    if any(("<" in hop[:2]) == hop.endswith(">") for hop in hops):
        return "every hop needs one direction"
    return _unknown(statement)


def _unknown(statement: str) -> str | None:
    types = {edge.name for edge in EDGES}
    properties = {"key"} | {p for props in NODES.values() for p in props}
    for known, found in (
        (NODES.keys(), _NODE.findall(statement)),
        (types, [t for group in _EDGE.findall(statement) for t in group.split("|")]),
        (properties, _PROPERTY.findall(statement)),
    ):
        missing = [name for name in found if name not in known]
        if missing:
            return f"{missing[0]} is not in the graph's model"
    return None
