// name: release_tasks
// doc: All tasks of a release.
// parent: release Release
// child: task Task
// columns: Task
// tie: taskId
// order: TASK_ID task.taskId
// order: IMPORTANCE coalesce(task.importance, $last)
// order: RELEVANCE coalesce(task.relevance, $last)
// order: SURVEYED coalesce(task.surveyed, $last)
// order: STATEMENT coalesce(task.statement, $last)
// filters: task
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)-[:HAS_TASK]->(task:Task)
WHERE occupation.key IS NOT NULL
RETURN task
