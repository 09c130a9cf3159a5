// name: occupation_published
// doc: What one study publishes of an occupation as a whole, with how it was joined.
// parent: occupation Occupation
// child: said ExposureRating
// finds: groups
// columns: ExposureRating basis ratedStatement ratedCode ratedHeading
// filter: STUDY said.study = $value
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
MATCH (occupation)<-[join:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(subject:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN said, type(join) AS basis, subject.statement AS ratedStatement, subject.code AS ratedCode,
  subject.heading AS ratedHeading
