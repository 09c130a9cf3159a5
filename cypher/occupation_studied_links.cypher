// name: occupation_studied_links
// doc: Where the tasks are now that an occupation had in a study.
// parent: occupation Occupation
// child: task Task
// columns: key importance relevance basis rated
MATCH (occupation)<-[:TASK_OF]-(subject:RatedSubject)-[join:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]->(task:Task)
WHERE subject.key IS NOT NULL
RETURN task.key AS key, task.importance AS importance, task.relevance AS relevance,
  type(join) AS basis, subject.key AS rated
