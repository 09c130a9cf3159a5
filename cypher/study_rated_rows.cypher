// name: study_rated_rows
// doc: What a study says of its tasks, joined or not, and in which rows.
// parent: study Study
// child: own RatedSubject
// finds: groups
// columns: study exposureLabel score basis file column subjects lines
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
MATCH (study)-[:HAS_SUBJECT]->(own:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE own.key IS NOT NULL
RETURN said.study AS study, said.exposureLabel AS exposureLabel, said.score AS score,
  null AS basis, said.file AS file, said.column AS column,
  collect(coalesce(own.taskId, 0)) AS subjects, collect(said.line) AS lines
