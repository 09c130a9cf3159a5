// name: subject_ratings
// doc: The ratings in a row of a study.
// parent: subject RatedSubject
// child: rating ExposureRating
// columns: ExposureRating
// about: 5
MATCH (subject)-[:HAS_RATING]->(rating:ExposureRating)
RETURN rating
