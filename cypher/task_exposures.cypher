// name: task_exposures
// doc: What studies say of a task, with how the rated row was joined to it.
// parent: task Task
// child: rating ExposureRating
// columns: ExposureRating basis ratedStatement ratedCode ratedHeading
// about: 10
MATCH (task)<-[join:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]-(subject:RatedSubject)-[:HAS_RATING]->(rating:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN rating, type(join) AS basis, subject.statement AS ratedStatement, subject.code AS ratedCode,
  subject.heading AS ratedHeading
