// name: task_unrated
// doc: Why studies do not rate a task.
// parent: task Task
// child: reason Unrated
// columns: Unrated
// about: 2
MATCH (task)-[:UNRATED]->(reason:Unrated)
RETURN reason
