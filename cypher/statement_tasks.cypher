// name: statement_tasks
// doc: The tasks that share a statement.
// parent: statement Statement
// child: task Task
// columns: Task
// about: 15
// tie: taskId
// order: TASK_ID task.taskId
MATCH (statement)<-[:SAYS]-(task:Task)
RETURN task
