// name: activity_tasks
// doc: The tasks linked to a work activity or to one below it, once a detailed activity.
// parent: activity WorkActivity
// child: task Task
// columns: Task
MATCH (activity)<-[:PART_OF*0..2]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)
WHERE detailed.key IS NOT NULL
RETURN task
