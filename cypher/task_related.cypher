// name: task_related
// doc: Other tasks that share a statement or an activity with the task.
// parent: task Task
// child: other Task
// columns: Task score reasons
// tie: taskId
// way: IDENTICAL_STATEMENT (task)-[:SAYS]->(shared:Statement)<-[:SAYS]-(other:Task) WHERE shared.key IS NOT NULL AND other.key <> task.key
// way: DETAILED_ACTIVITY (task)-[:INVOLVES]->(shared:WorkActivity)<-[:INVOLVES]-(other:Task) WHERE shared.key IS NOT NULL AND other.key <> task.key
// way: INTERMEDIATE_ACTIVITY (task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(shared:WorkActivity) WHERE own.key IS NOT NULL WITH DISTINCT shared MATCH (shared)<-[:PART_OF]-(their:WorkActivity)<-[:INVOLVES]-(other:Task) WHERE their.key IS NOT NULL AND other.key <> task.key
// way: GENERALIZED_ACTIVITY (task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(middle:WorkActivity)-[:PART_OF]->(shared:WorkActivity) WHERE own.key IS NOT NULL AND middle.key IS NOT NULL WITH DISTINCT shared MATCH (shared)<-[:PART_OF]-(theirMiddle:WorkActivity)<-[:PART_OF]-(their:WorkActivity)<-[:INVOLVES]-(other:Task) WHERE theirMiddle.key IS NOT NULL AND their.key IS NOT NULL AND other.key <> task.key
// reason: shared.key
// order: INFORMATION coalesce(shared.information, $last) + 0
// filter: OTHER_OCCUPATION NOT EXISTS { MATCH (task)<-[:HAS_TASK]-(owner:Occupation)-[:HAS_TASK]->(other) WHERE owner.key IS NOT NULL }
// filters: task
RETURN other, value AS score, reasons AS reasons
