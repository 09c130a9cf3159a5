// name: task_intermediate_peers
// doc: Tasks that share an intermediate activity by way of another detailed one, once a path.
// parent: task Task
// child: other Task
// columns: key activityKey
MATCH (task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(activity:WorkActivity)<-[:PART_OF]-(theirs:WorkActivity)<-[:INVOLVES]-(other:Task)
WHERE own.key IS NOT NULL AND activity.key IS NOT NULL AND theirs.key IS NOT NULL AND other.key <> task.key
RETURN other.key AS key, activity.key AS activityKey
