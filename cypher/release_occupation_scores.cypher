// name: release_occupation_scores
// doc: What studies publish of the occupations of a release, once an occupation.
// parent: release Release
// child: rating ExposureRating
// columns: key study rater measure score code jobZone
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)<-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(subject:RatedSubject)-[:HAS_RATING]->(rating:ExposureRating)
WHERE occupation.key IS NOT NULL AND subject.key IS NOT NULL
RETURN rating.key AS key, rating.study AS study, rating.rater AS rater, rating.measure AS measure,
  rating.score AS score, occupation.code AS code, occupation.jobZone AS jobZone
