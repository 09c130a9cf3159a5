"""What each side is asked: the documents, in WorkAtlas's words and in the library's.

The two ask for the same stored values. WorkAtlas and the plain Strawberry server take
the same document and give the same data. ``@neo4j/graphql`` has a shape of its own:
ratings come as one list, files by the identifier that the graph holds.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

Variables = Mapping[str, Any]
_ARGUMENTS = re.compile(r"\((orderBy|via): [^)]*\)")
TASK_PAGE = Path(__file__).parent.parent.parent / "tests/goldens/task_page.graphql"

_FIGURE = """
fragment F on Figure { value n standardError lowerBound upperBound recommendSuppress
  surveyed domainSource provenance { file { name } line column } }"""
_PLAIN_FIGURE = """
fragment F on Figure { value n standardError lowerBound upperBound recommendSuppress
  surveyed domainSource provenance { file { name } line column } }
fragment G on FrequencyFigure { value n standardError lowerBound upperBound
  recommendSuppress surveyed domainSource provenance { file { name } line column } }"""
_RATING = """{ scale category value n standardError lowerBound upperBound
  recommendSuppress surveyed domainSource file line }"""
_EXPOSURES = """{ ratings
  { study rater measure exposureLabel score column file line } }"""

PAGE = """query Page($id: Int!) { task(taskId: $id) {
  taskId statement type occupation { code title }
  importance { ...F } relevance { ...F } frequency { category label ...F }
  workActivities { elementId title level
    parent { elementId title level parent { elementId title level } } }
  exposureRatings { study { id } rater { id } measure { id } label score basis
    provenance { file { name } line column } }
  siblings(orderBy: {by: IMPORTANCE, direction: DESCENDING}) {
    taskId statement importance { value } } } }"""
_L_PAGE = f"""query Page($key: String!) {{ tasks(where: {{key: {{eq: $key}}}}) {{
  taskId statement taskType
  ratings {_RATING}
  workActivities {{ elementId heading level
    parent {{ elementId heading level parent {{ elementId heading level }} }} }}
  sameSubjects {_EXPOSURES} rewordedSubjects {_EXPOSURES}
  occupation {{ code heading tasks(sort: [{{importance: DESC}}]) {{
    taskId statement importance }} }} }} }}"""

OCCUPATION = """query Occupation($code: String!) { occupation(code: $code) {
  code title description tasks { taskId statement type
    importance { ...F } relevance { ...F } frequency { category label ...F }
    workActivities { elementId title level }
    exposureRatings { study { id } rater { id } measure { id } label score } } } }"""
_L_OCCUPATION = f"""query Occupation($key: String!) {{
  occupations(where: {{key: {{eq: $key}}}}) {{
    code heading description tasks {{ taskId statement taskType
      ratings {_RATING} workActivities {{ elementId heading level }}
      sameSubjects {{ ratings {{ study rater measure exposureLabel score }} }}
      rewordedSubjects {{ ratings {{ study rater measure exposureLabel score }} }}
    }} }} }}"""

FIFTY = """query Fifty($codes: [String!]!) { occupations(codes: $codes) {
  code title tasks { taskId statement } } }"""
_L_FIFTY = """query Fifty($keys: [String!]!) { occupations(where: {key: {in: $keys}}) {
  code heading tasks { taskId statement } } }"""

RELATED = """query Related($id: Int!) { task(taskId: $id) {
  related(via: [DETAILED_ACTIVITY], first: 20) { task { taskId statement
    related(via: [DETAILED_ACTIVITY], first: 20) { task { taskId statement } } } } }
}"""
_L_RELATED = """query Related($key: String!) { tasks(where: {key: {eq: $key}}) {
  workActivities { elementId tasks(limit: 20) { taskId statement
    workActivities { elementId tasks(limit: 20) { taskId statement } } } } } }"""

PEERS = """query Peers($id: Int!) { task(taskId: $id) {
  related(via: [DETAILED_ACTIVITY], first: 20) { task { taskId statement } } } }"""
_L_FILTER = """query Filter($key: String!) { tasks(limit: 20, where: {
  workActivities: {some: {tasks: {some: {key: {eq: $key}}}}}}) {
  taskId statement } }"""


class Question(NamedTuple):
    """A query in both languages, and what it is about: a task, an occupation, ..."""

    name: str
    ours: str
    theirs: str
    about: str


def _ours(document: str) -> str:
    return document + _FIGURE if "...F" in document else document


def plain_document(document: str) -> str:
    """Give WorkAtlas's document for a schema with just what it asks for."""
    text = _ARGUMENTS.sub("", document).replace(
        "category label ...F", "category label ...G"
    )
    return text.replace(_FIGURE, _PLAIN_FIGURE)


QUESTIONS = (
    Question("task page", _ours(PAGE), _L_PAGE, "task"),
    Question("occupation", _ours(OCCUPATION), _L_OCCUPATION, "occupation"),
    Question("50 occupations", _ours(FIFTY), _L_FIFTY, "occupations"),
    Question("related, 2 levels", _ours(RELATED), _L_RELATED, "task"),
    Question("related as a filter", _ours(PEERS), _L_FILTER, "task"),
)

PAGE_QUESTION, OCCUPATIONS_QUESTION = QUESTIONS[0], QUESTIONS[2]
REPEATED, POPULAR = "repeated task page", "popular task pages"
IN_RELEASE = Question(
    "task page in any release",
    PAGE_QUESTION.ours.replace("$id: Int!", "$id: Int!, $release: String").replace(
        "taskId: $id", "taskId: $id, release: $release"
    ),
    "",
    "release",
)
CONTRACT = Question(
    "whole task page", TASK_PAGE.read_text(encoding="utf-8"), "", "contract"
)


def our_variables(about: str, chosen: Any) -> Variables:
    """Give the variables of WorkAtlas's document."""
    if about == "release":
        return dict(zip(("id", "release"), chosen, strict=True))
    if about == "contract":
        return {"taskId": chosen, "accessed": "2026-01-01"}
    name = {"task": "id", "occupation": "code", "occupations": "codes"}[about]
    return {name: chosen}


def their_variables(about: str, chosen: Any, prefix: str) -> Variables:
    """Give the variables of the library's document: keys of the same build."""
    if about == "occupations":
        return {"keys": [f"{prefix}/occupation/{code}" for code in chosen]}
    return {"key": f"{prefix}/{about}/{chosen}"}
