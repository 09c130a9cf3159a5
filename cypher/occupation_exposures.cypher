// name: occupation_exposures
// doc: What studies publish of an occupation as a whole.
// parent: occupation Occupation
// child: rating ExposureRating
// columns: ExposureRating basis ratedStatement
MATCH (occupation)<-[join:IS_OCCUPATION]-(subject:RatedSubject)-[:HAS_RATING]->(rating:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN rating, type(join) AS basis, subject.statement AS ratedStatement
