// name: activity_tasks
// doc: The tasks linked to a work activity or to one below it, once a detailed activity.
// parent: activity WorkActivity
// child: task Task
// columns: Task
// about: 500
// tie: taskId
// order: TASK_ID min(task.taskId)
// order: IMPORTANCE coalesce(max(task.importance), $last)
// order: RELEVANCE coalesce(max(task.relevance), $last)
// order: SURVEYED coalesce(max(task.surveyed), $last)
// order: STATEMENT coalesce(max(task.statement), $last)
// filters: task
MATCH (activity)<-[:PART_OF*0..2]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)
WHERE detailed.key IS NOT NULL
RETURN task
