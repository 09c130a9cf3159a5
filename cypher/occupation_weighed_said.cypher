// name: occupation_weighed_said
// doc: What a study says of the activities that it weighs in an occupation.
// parent: occupation Occupation
// child: said ExposureRating
// finds: groups
// columns: study rated rater measure exposureLabel score column file line
// filter: STUDY said.study = $value
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
MATCH (occupation)<-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(whole:RatedSubject)-[:HAS_WEIGHT]->(weight:SubjectWeight)-[:WEIGHS]->(subject:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE whole.key IS NOT NULL AND weight.key IS NOT NULL AND subject.key IS NOT NULL
RETURN said.study AS study, subject.key AS rated, said.rater AS rater, said.measure AS measure,
  said.exposureLabel AS exposureLabel, said.score AS score, said.column AS column, said.file AS file,
  said.line AS line
