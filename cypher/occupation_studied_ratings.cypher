// name: occupation_studied_ratings
// doc: What a study says of the tasks that an occupation had in it.
// parent: occupation Occupation
// child: said ExposureRating
// finds: groups
// columns: study rated rater measure exposureLabel score column file line
// filter: STUDY said.study = $value
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
MATCH (occupation)<-[:TASK_OF]-(subject:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN said.study AS study, subject.key AS rated, said.rater AS rater, said.measure AS measure,
  said.exposureLabel AS exposureLabel, said.score AS score, said.column AS column, said.file AS file,
  said.line AS line
