// name: task_related_generalized
// doc: Other tasks that share a generalized activity, or one below it, with the task.
// parent: task Task
// child: other Task
// columns: Task score paths
// tie: taskId
// order: GENERALIZED coalesce(max(top.information), $last)
// order: DETAILED_GENERALIZED coalesce(max(CASE WHEN their.key = own.key THEN own.information ELSE top.information END), $last)
// order: INTERMEDIATE_GENERALIZED coalesce(max(CASE WHEN theirMiddle.key = middle.key THEN middle.information ELSE top.information END), $last)
// order: DETAILED_INTERMEDIATE_GENERALIZED coalesce(max(CASE WHEN their.key = own.key THEN own.information WHEN theirMiddle.key = middle.key THEN middle.information ELSE top.information END), $last)
// filter: OTHER_OCCUPATION NOT EXISTS { MATCH (task)<-[:HAS_TASK]-(owner:Occupation)-[:HAS_TASK]->(other) WHERE owner.key IS NOT NULL }
// filters: task
MATCH (task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(middle:WorkActivity)-[:PART_OF]->(top:WorkActivity)
WITH DISTINCT own, middle, top
MATCH (top)<-[:PART_OF]-(theirMiddle:WorkActivity)<-[:PART_OF]-(their:WorkActivity)<-[:INVOLVES]-(other:Task)
WHERE theirMiddle.key IS NOT NULL AND their.key IS NOT NULL AND other.key <> task.key
RETURN other, value AS score, [(other)-[:INVOLVES]->(near:WorkActivity) | [near.key, near.information, [(near)-[:PART_OF]->(wide:WorkActivity) | [wide.key, wide.information, [(wide)-[:PART_OF]->(widest:WorkActivity) | [widest.key, widest.information]]]]]] AS paths
