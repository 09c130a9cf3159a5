// name: occupation_tasks
// doc: The tasks of an occupation.
// parent: occupation Occupation
// child: task Task
// columns: Task
// tie: taskId
// order: TASK_ID task.taskId
// order: IMPORTANCE coalesce(task.importance, $last)
// order: RELEVANCE coalesce(task.relevance, $last)
// filter: TYPE task.taskType = $value
// filter: MIN_IMPORTANCE task.importance >= $value
// filter: MAX_IMPORTANCE task.importance <= $value
// filter: MIN_RELEVANCE task.relevance >= $value
// filter: MAX_RELEVANCE task.relevance <= $value
// filter: DETAILED_ACTIVITY EXISTS { MATCH (task)-[:INVOLVES]->(linked:WorkActivity) WHERE linked.key IS NOT NULL AND linked.elementId = $value }
// filter: CODE_PREFIX EXISTS { MATCH (task)<-[:HAS_TASK]-(owner:Occupation) WHERE owner.key IS NOT NULL AND owner.code STARTS WITH $value }
MATCH (occupation)-[:HAS_TASK]->(task:Task)
RETURN task
