// name: emerging_task_revises
// doc: The task that an emerging one would put in other words.
// parent: emerging EmergingTask
// child: task Task
// finds: one
// columns: Task
MATCH (emerging)-[:REVISES]->(task:Task)
RETURN task
