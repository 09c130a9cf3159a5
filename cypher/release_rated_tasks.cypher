// name: release_rated_tasks
// doc: What studies say of a release's tasks, and of which tasks they say it.
// parent: release Release
// child: task Task
// finds: groups
// columns: study exposureLabel score basis file column subjects lines
// filter: STUDY said.study = $value
// filter: RATER said.rater = $value
// filter: MEASURE said.measure = $value
// filters: task
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)-[:HAS_TASK]->(task:Task)<-[join:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]-(own:RatedSubject)-[:HAS_RATING]->(said:ExposureRating)
WHERE occupation.key IS NOT NULL AND own.key IS NOT NULL
RETURN said.study AS study, said.exposureLabel AS exposureLabel, said.score AS score,
  type(join) AS basis, said.file AS file, said.column AS column,
  collect(task.taskId) AS subjects, collect(said.line) AS lines
