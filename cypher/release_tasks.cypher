// name: release_tasks
// doc: All tasks of a release.
// parent: release Release
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
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)-[:HAS_TASK]->(task:Task)
WHERE occupation.key IS NOT NULL
RETURN task
