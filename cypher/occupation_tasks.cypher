// name: occupation_tasks
// doc: The tasks of an occupation.
// parent: occupation Occupation
// child: task Task
// columns: Task
// about: 25
// tie: taskId
// order: TASK_ID task.taskId
// order: IMPORTANCE coalesce(task.importance, $last)
// order: RELEVANCE coalesce(task.relevance, $last)
// order: SURVEYED coalesce(task.surveyed, $last)
// order: STATEMENT coalesce(task.statement, $last)
// filters: task
MATCH (occupation)-[:HAS_TASK]->(task:Task)
RETURN task
