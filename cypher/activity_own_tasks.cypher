// name: activity_own_tasks
// doc: The tasks that are linked to a work activity itself.
// parent: activity WorkActivity
// child: task Task
// columns: Task
// tie: taskId
// order: TASK_ID task.taskId
MATCH (activity)<-[:INVOLVES]-(task:Task)
RETURN task
