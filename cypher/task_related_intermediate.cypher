// name: task_related_intermediate
// doc: Other tasks that share an intermediate activity, or one below it, with the task.
// parent: task Task
// child: other Task
// columns: Task score paths
// tie: taskId
// order: INTERMEDIATE coalesce(max(middle.information), $last)
// order: DETAILED_INTERMEDIATE coalesce(max(CASE WHEN their.key = own.key THEN own.information ELSE middle.information END), $last)
// filter: OTHER_OCCUPATION NOT EXISTS { MATCH (task)<-[:HAS_TASK]-(owner:Occupation)-[:HAS_TASK]->(other) WHERE owner.key IS NOT NULL }
// filters: task
MATCH (task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(middle:WorkActivity)
WITH DISTINCT own, middle
MATCH (middle)<-[:PART_OF]-(their:WorkActivity)<-[:INVOLVES]-(other:Task)
WHERE their.key IS NOT NULL AND other.key <> task.key
RETURN other, value AS score, [(other)-[:INVOLVES]->(near:WorkActivity) | [near.key, near.information, [(near)-[:PART_OF]->(wide:WorkActivity) | [wide.key, wide.information, [(wide)-[:PART_OF]->(widest:WorkActivity) | [widest.key, widest.information]]]]]] AS paths
