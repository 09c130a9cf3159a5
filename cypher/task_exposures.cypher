// name: task_exposures
// doc: What studies say of a task, with how the rated sentence was joined to it.
// parent: task Task
// child: rating ExposureRating
// columns: ExposureRating basis ratedStatement
MATCH (task)<-[join:IS_TASK|IS_REWORDED_TASK]-(subject:RatedSubject)-[:HAS_RATING]->(rating:ExposureRating)
WHERE subject.key IS NOT NULL
RETURN rating, type(join) AS basis, subject.statement AS ratedStatement
