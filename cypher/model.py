"""The graph's vocabulary: every label with its properties, every relationship.

A loader may write nothing else and a statement may ask for nothing else. Properties
are never called id, title, type, name, label or node_type: the embedded store gives
those a meaning of its own (docs/decisions/0002). Relationships carry no properties.
"""

from typing import Literal, NamedTuple

PropertyType = Literal["string", "int", "float", "bool"]


class EdgeKind(NamedTuple):
    """A relationship type between two labels, in its one direction."""

    start: str
    name: str
    end: str


_FACT: dict[str, PropertyType] = {"file": "string", "line": "int"}
_SURVEY: dict[str, PropertyType] = {"surveyed": "string", "domainSource": "string"}
_TERMS: dict[str, PropertyType] = {
    "publisher": "string",
    "homepage": "string",
    "licenceTitle": "string",
    "licenceUrl": "string",
    "attribution": "string",
}

NODES: dict[str, dict[str, PropertyType]] = {
    "Dataset": {"dataset": "string", "heading": "string", **_TERMS},
    "Release": {
        "release": "string",
        "heading": "string",
        "version": "string",
        "published": "string",
        "synthetic": "bool",
        "layout": "string",
        "layoutVerified": "bool",
        "url": "string",
        "fingerprint": "string",  # of the release alone, without joined studies
        "taxonomy": "string",  # of its codes: SOC 2010 or SOC 2018, of O*NET-SOC
    },
    "SourceFile": {
        "fileName": "string",
        "url": "string",
        "sha256": "string",
        "bytes": "int",
        "rows": "int",
        "retrieved": "string",
        "contents": "string",  # the layout's name of the table: task_ratings, ...
        "coverage": "string",
        "nullToken": "string",
        "licenceTitle": "string",
        "licenceUrl": "string",
    },
    "Occupation": {
        "code": "string",
        "heading": "string",
        "description": "string",
        # Of its job zone, and how many tasks it has: lists are ordered by them.
        "jobZone": "int",
        "taskCount": "int",
        **_FACT,
    },
    "JobTitle": {
        "jobTitle": "string",
        "shortTitle": "string",
        "sources": "string",
        "kind": "string",
        **_FACT,
    },
    # A row of the publisher's list of related occupations, between two of them.
    "RelatedOccupation": {
        "tier": "string",
        "position": "int",
        **_FACT,
    },
    "JobZone": {"zone": "int", **_SURVEY, **_FACT},
    "JobZoneDescription": {
        "zone": "int",
        "heading": "string",
        "experience": "string",
        "education": "string",
        "training": "string",
        "examples": "string",
        "svpRange": "string",
        **_FACT,
    },
    "Task": {
        "taskId": "int",
        "statement": "string",
        "taskType": "string",
        "incumbents": "int",
        # The values of two of its ratings: lists are ordered and ranked by them.
        "importance": "float",
        "relevance": "float",
        # A hash of the values of all its ratings: another one where a value differs.
        "ratedAs": "string",
        **_SURVEY,
        **_FACT,
    },
    # What the publisher considers for a later release: a task, or a wording of one.
    "EmergingTask": {
        "code": "string",
        "statement": "string",
        "category": "string",
        "writeIns": "int",
        **_SURVEY,
        **_FACT,
    },
    "Rating": {
        "scale": "string",
        "category": "int",
        "value": "float",
        "n": "int",
        "standardError": "float",
        "lowerBound": "float",
        "upperBound": "float",
        "recommendSuppress": "bool",
        **_SURVEY,
        **_FACT,
    },
    "Scale": {
        "scale": "string",
        "heading": "string",
        "minimum": "float",
        "maximum": "float",
        **_FACT,
    },
    "Category": {
        "scale": "string",
        "category": "int",
        "meaning": "string",
        **_FACT,
    },
    "WorkActivity": {
        "elementId": "string",
        "heading": "string",
        "level": "string",
        "description": "string",
        # In bits, of the share of linked tasks that are linked to it or below it.
        "information": "float",
        **_FACT,
    },
    # A statement that several tasks have, to the letter.
    "Statement": {
        "statement": "string",
        # In bits, of the share of tasks that have it.
        "information": "float",
    },
    # The words of tasks, occupations or activities, named by a hash of them: so what
    # has the same words is found in another release.
    "Wording": {},
    "ActivityLink": {**_SURVEY, **_FACT},
    "ContentElement": {
        "elementId": "string",
        "heading": "string",
        "description": "string",
        **_FACT,
    },
    "Study": {
        "study": "string",
        # Of its article, or of the invented labels.
        "heading": "string",
        "authors": "string",
        "published": "string",
        "journal": "string",
        "volume": "string",
        "issue": "string",
        "pages": "string",
        "doi": "string",
        "preprintHeading": "string",
        "preprintPublished": "string",
        "arxiv": "string",
        # Of the data set: of its version, where the files are those of one.
        "dataHeading": "string",
        "dataPublished": "string",
        "version": "string",
        "url": "string",
        "synthetic": "bool",
        "madeOn": "string",
        "taxonomy": "string",  # of its codes
        "level": "string",  # of the activities that it rates
        "unlisted": "string",  # what it means that something has no row
        "aggregates": "string",  # codes of its own, each with those it stands for
        "aggregation": "string",  # how it makes figures of occupations
        "fingerprint": "string",
        **_TERMS,
    },
    "Rater": {
        "rater": "string",
        "heading": "string",
        "kind": "string",
        "description": "string",
        "position": "int",
    },
    "Measure": {
        "measure": "string",
        "heading": "string",
        "description": "string",
        "unit": "string",
        "minimum": "float",
        "maximum": "float",
        "formula": "string",
        "direction": "string",
        "labels": "string",
        "labelOrder": "string",  # from the least to the most, where they are ordered
        "rates": "string",  # kinds of RatedSubject that have it
        "notMeaning": "string",
        "position": "int",
    },
    # A row of a study's file, and what it is about, as the file has it.
    "RatedSubject": {
        "kind": "string",
        "taskId": "int",
        "code": "string",
        "elementId": "string",
        "statement": "string",
        "heading": "string",
        "taskType": "string",
        "suppressed": "bool",  # it has placeholders in place of some figures
        **_FACT,
    },
    # How much an activity counts in an occupation, as a study weighs it.
    "SubjectWeight": {"weight": "float", "column": "string", **_FACT},
    "ExposureRating": {
        "study": "string",
        "rater": "string",
        "measure": "string",
        "exposureLabel": "string",
        "score": "float",
        "column": "string",
        **_FACT,
    },
    # How many rows of a study's file were joined in one way, or why they were not.
    "JoinCount": {
        "study": "string",
        "fileName": "string",
        "reason": "string",
        "rows": "int",
    },
    # Why a study has no rating of something, or none under some measures.
    "Unrated": {
        "study": "string",
        "subjects": "string",  # TASK, OCCUPATION or ACTIVITY
        "reason": "string",
        "measures": "string",
    },
    # A published table that leads from codes of occupations, or from identifiers of
    # activities, to those that they became.
    "Crosswalk": {
        "crosswalk": "string",
        "heading": "string",
        "fromTaxonomy": "string",
        "toTaxonomy": "string",
        "subjects": "string",  # OCCUPATION or ACTIVITY: what has its codes
        "published": "string",
        "url": "string",
        "synthetic": "bool",
        "fingerprint": "string",
        **_TERMS,
    },
    "CrosswalkPair": {
        "fromCode": "string",
        "fromHeading": "string",
        "toCode": "string",
        "toHeading": "string",
        **_FACT,
    },
}
"""Each label with the type of each property; every node has a string ``key`` too."""

REFERENCE: frozenset[str] = frozenset(
    {
        *("Dataset", "Release", "SourceFile", "Scale", "Category"),
        *("Study", "Rater", "Measure", "JoinCount", "Unrated", "Crosswalk"),
    }
)
"""The labels that describe a build as a whole: it has few nodes of them."""

EDGES: frozenset[EdgeKind] = frozenset(
    EdgeKind(*triple.split())
    for triple in (
        "Release OF Dataset",
        "Release HAS_FILE SourceFile",
        "Release HAS_OCCUPATION Occupation",
        "Release HAS_ACTIVITY WorkActivity",
        "Release HAS_SCALE Scale",
        "Release HAS_ELEMENT ContentElement",
        "Release HAS_STUDY Study",
        "Release HAS_JOIN_COUNT JoinCount",
        "Release HAS_CROSSWALK Crosswalk",
        "Scale HAS_CATEGORY Category",
        "Occupation HAS_TASK Task",
        "Occupation HAS_EMERGING EmergingTask",
        "EmergingTask REVISES Task",
        "Occupation ALSO_CALLED JobTitle",
        "Occupation HAS_RELATED RelatedOccupation",
        "RelatedOccupation RELATED_TO Occupation",
        "Occupation HAS_JOB_ZONE JobZone",
        "JobZone DESCRIBED_BY JobZoneDescription",
        "Task RATED Rating",
        "Task INVOLVES WorkActivity",
        "Task SAYS Statement",
        "Task WORDED Wording",
        "Occupation WORDED Wording",
        "WorkActivity WORDED Wording",
        "Task HAS_LINK ActivityLink",
        "ActivityLink LINKS_TO WorkActivity",
        "WorkActivity PART_OF WorkActivity",
        "ContentElement BELONGS_TO ContentElement",
        "Study HAS_FILE SourceFile",
        "Study HAS_RATER Rater",
        "Study HAS_MEASURE Measure",
        "Study HAS_SUBJECT RatedSubject",
        "RatedSubject HAS_RATING ExposureRating",
        "RatedSubject HAS_WEIGHT SubjectWeight",
        "SubjectWeight WEIGHS RatedSubject",
        "RatedSubject COUNTED_IN JoinCount",
        # How a row was joined is the relationship's type.
        "RatedSubject IS_TASK Task",
        "RatedSubject IS_REWORDED_TASK Task",
        "RatedSubject SAYS_TASK Task",
        "RatedSubject SAYS_TASKS Task",
        "RatedSubject IS_OCCUPATION Occupation",
        "RatedSubject HOLDS_OCCUPATION Occupation",
        "RatedSubject HOLDS_OCCUPATIONS Occupation",
        "RatedSubject BECAME_OCCUPATION Occupation",
        "RatedSubject BECAME_OCCUPATIONS Occupation",
        "RatedSubject MERGED_IN_OCCUPATION Occupation",
        "RatedSubject IS_ACTIVITY WorkActivity",
        "RatedSubject IS_RETITLED_ACTIVITY WorkActivity",
        "RatedSubject IS_TITLED_ACTIVITY WorkActivity",
        "RatedSubject LED_BY CrosswalkPair",
        "CrosswalkPair LEADS_TO Occupation",
        "CrosswalkPair LEADS_TO WorkActivity",
        "Crosswalk HAS_FILE SourceFile",
        "Crosswalk HAS_PAIR CrosswalkPair",
        "Task UNRATED Unrated",
        "Occupation UNRATED Unrated",
        "WorkActivity UNRATED Unrated",
        "RatedSubject TASK_OF Occupation",
    )
)
"""Every relationship that a graph may hold."""
