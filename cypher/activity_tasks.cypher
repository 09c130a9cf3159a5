// name: activity_tasks
// doc: The tasks linked to a work activity or to one below it, once a detailed activity.
// parent: activity WorkActivity
// child: task Task
// columns: Task
// tie: taskId
// order: TASK_ID min(task.taskId)
// order: IMPORTANCE coalesce(max(task.importance), $last)
// order: RELEVANCE coalesce(max(task.relevance), $last)
// filter: TYPE task.taskType = $value
// filter: MIN_IMPORTANCE task.importance >= $value
// filter: MAX_IMPORTANCE task.importance <= $value
// filter: MIN_RELEVANCE task.relevance >= $value
// filter: MAX_RELEVANCE task.relevance <= $value
// filter: DETAILED_ACTIVITY EXISTS { MATCH (task)-[:INVOLVES]->(linked:WorkActivity) WHERE linked.key IS NOT NULL AND linked.elementId = $value }
// filter: CODE_PREFIX EXISTS { MATCH (task)<-[:HAS_TASK]-(owner:Occupation) WHERE owner.key IS NOT NULL AND owner.code STARTS WITH $value }
MATCH (activity)<-[:PART_OF*0..2]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)
WHERE detailed.key IS NOT NULL
RETURN task
