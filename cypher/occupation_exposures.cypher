// name: occupation_exposures
// doc: What studies publish of an occupation as a whole, with how it was joined.
// parent: occupation Occupation
// child: rating ExposureRating
// columns: ExposureRating basis ratedStatement ratedCode ratedHeading
// about: 18
MATCH (occupation)<-[join:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(subject:RatedSubject)-[:HAS_RATING]->(rating:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN rating, type(join) AS basis, subject.statement AS ratedStatement, subject.code AS ratedCode,
  subject.heading AS ratedHeading
