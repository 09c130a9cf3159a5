// name: occupation_tasks
// doc: The tasks of an occupation.
// parent: occupation Occupation
// child: task Task
// columns: Task
MATCH (occupation)-[:HAS_TASK]->(task:Task)
RETURN task
