// name: activity_task_said
// doc: What a study says of the tasks of a work activity or of one below it.
// parent: activity WorkActivity
// child: said ExposureRating
// finds: groups
// columns: study rated rater measure exposureLabel score column file line
// filter: STUDY said.study = $value
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
MATCH (activity)<-[:PART_OF*0..2]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)<-[:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]-(subject:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE detailed.key IS NOT NULL AND task.key IS NOT NULL AND subject.key IS NOT NULL
RETURN said.study AS study, task.key AS rated, said.rater AS rater, said.measure AS measure,
  said.exposureLabel AS exposureLabel, said.score AS score, said.column AS column, said.file AS file,
  said.line AS line
