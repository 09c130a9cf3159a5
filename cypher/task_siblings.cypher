// name: task_siblings
// doc: The other tasks of the task's occupation.
// parent: task Task
// child: sibling Task
// columns: Task
// about: 25
MATCH (task)<-[:HAS_TASK]-(occupation:Occupation)-[:HAS_TASK]->(sibling:Task)
WHERE occupation.key IS NOT NULL AND sibling.key <> task.key
RETURN sibling
