// name: task_detailed_peers
// doc: Other tasks that share a detailed activity with the task, once a shared activity.
// parent: task Task
// child: other Task
// columns: key activityKey widerKeys
MATCH (task)-[:INVOLVES]->(activity:WorkActivity)<-[:INVOLVES]-(other:Task)
WHERE activity.key IS NOT NULL AND other.key <> task.key
RETURN other.key AS key, activity.key AS activityKey, [(activity)-[:PART_OF]->(wider:WorkActivity) | wider.key] AS widerKeys
