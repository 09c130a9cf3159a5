// name: release_rated_occupations
// doc: What studies say of a release's occupations, and of which they say it.
// parent: release Release
// child: occupation Occupation
// finds: groups
// columns: study exposureLabel score basis file column subjects lines
// filter: STUDY said.study = $value
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)<-[join:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(own:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE occupation.key IS NOT NULL AND own.key IS NOT NULL
RETURN said.study AS study, said.exposureLabel AS exposureLabel, said.score AS score,
  type(join) AS basis, said.file AS file, said.column AS column,
  collect(occupation.code) AS subjects, collect(said.line) AS lines
