// name: occupation_studied_links
// doc: Where the tasks that an occupation had in a study are now.
// parent: occupation Occupation
// child: task Task
// finds: groups
// columns: study rated taskKey importance relevance basis
// filter: STUDY study.study = $value
MATCH (occupation)<-[:TASK_OF]-(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study), (subject)-[join:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]->(task:Task)
WHERE subject.key IS NOT NULL
RETURN study.study AS study, subject.key AS rated, task.key AS taskKey, task.importance AS importance,
  task.relevance AS relevance, type(join) AS basis
