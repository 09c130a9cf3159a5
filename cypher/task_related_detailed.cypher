// name: task_related_detailed
// doc: Other tasks that share a detailed activity with the task.
// parent: task Task
// child: other Task
// columns: Task score paths
// tie: taskId
// order: DETAILED coalesce(max(own.information), $last)
// filter: OTHER_OCCUPATION NOT EXISTS { MATCH (task)<-[:HAS_TASK]-(owner:Occupation)-[:HAS_TASK]->(other) WHERE owner.key IS NOT NULL }
// filters: task
MATCH (task)-[:INVOLVES]->(own:WorkActivity)<-[:INVOLVES]-(other:Task)
WHERE own.key IS NOT NULL AND other.key <> task.key
RETURN other, value AS score, [(other)-[:INVOLVES]->(near:WorkActivity) | [near.key, near.information, [(near)-[:PART_OF]->(wide:WorkActivity) | [wide.key, wide.information, [(wide)-[:PART_OF]->(widest:WorkActivity) | [widest.key, widest.information]]]]]] AS paths
