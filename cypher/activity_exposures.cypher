// name: activity_exposures
// doc: What studies say of a work activity, with how the rated row was joined to it.
// parent: activity WorkActivity
// child: rating ExposureRating
// columns: ExposureRating basis ratedStatement ratedCode ratedHeading
// about: 10
MATCH (activity)<-[join:IS_ACTIVITY|IS_RETITLED_ACTIVITY|IS_TITLED_ACTIVITY]-(subject:RatedSubject)-[:HAS_RATING]->(rating:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN rating, type(join) AS basis, subject.statement AS ratedStatement, subject.code AS ratedCode,
  subject.heading AS ratedHeading
