// name: task_activities
// doc: The detailed work activities that a task is linked to.
// parent: task Task
// child: activity WorkActivity
// columns: WorkActivity
// about: 2
MATCH (task)-[:INVOLVES]->(activity:WorkActivity)
RETURN activity
