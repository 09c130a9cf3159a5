// name: activity_tasks
// doc: The tasks linked to a detailed work activity.
// parent: activity WorkActivity
// child: task Task
// columns: Task
MATCH (activity)<-[:INVOLVES]-(task:Task)
RETURN task
