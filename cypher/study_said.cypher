// name: study_said
// doc: What a study says under its measures, and of which tasks or activities.
// parent: study Study
// child: own RatedSubject
// finds: groups
// columns: rater measure exposureLabel score taskIds elementIds
MATCH (study)-[:HAS_SUBJECT]->(own:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE own.key IS NOT NULL
RETURN said.rater AS rater, said.measure AS measure, said.exposureLabel AS exposureLabel,
  said.score AS score, collect(own.taskId) AS taskIds, collect(own.elementId) AS elementIds
