// name: task
// doc: Tasks by key.
// child: task Task
// columns: Task
MATCH (task:Task {key: key})
RETURN task
