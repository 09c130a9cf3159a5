// name: occupation_sharing
// doc: Other occupations whose tasks share a statement or an activity with its tasks.
// parent: occupation Occupation
// child: other Occupation
// columns: Occupation score reasons
// tie: code
// way: IDENTICAL_STATEMENT (occupation)-[:HAS_TASK]->(task:Task)-[:SAYS]->(shared:Statement) WHERE task.key IS NOT NULL WITH DISTINCT shared MATCH (shared)<-[:SAYS]-(their:Task)<-[:HAS_TASK]-(other:Occupation) WHERE their.key IS NOT NULL AND other.key <> occupation.key
// way: DETAILED_ACTIVITY (occupation)-[:HAS_TASK]->(task:Task)-[:INVOLVES]->(shared:WorkActivity) WHERE task.key IS NOT NULL WITH DISTINCT shared MATCH (shared)<-[:INVOLVES]-(their:Task)<-[:HAS_TASK]-(other:Occupation) WHERE their.key IS NOT NULL AND other.key <> occupation.key
// way: INTERMEDIATE_ACTIVITY (occupation)-[:HAS_TASK]->(task:Task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(shared:WorkActivity) WHERE task.key IS NOT NULL AND own.key IS NOT NULL WITH DISTINCT shared MATCH (shared)<-[:PART_OF]-(theirOwn:WorkActivity)<-[:INVOLVES]-(their:Task)<-[:HAS_TASK]-(other:Occupation) WHERE theirOwn.key IS NOT NULL AND their.key IS NOT NULL AND other.key <> occupation.key
// way: GENERALIZED_ACTIVITY (occupation)-[:HAS_TASK]->(task:Task)-[:INVOLVES]->(own:WorkActivity)-[:PART_OF]->(middle:WorkActivity)-[:PART_OF]->(shared:WorkActivity) WHERE task.key IS NOT NULL AND own.key IS NOT NULL AND middle.key IS NOT NULL WITH DISTINCT shared MATCH (shared)<-[:PART_OF]-(theirMiddle:WorkActivity)<-[:PART_OF]-(theirOwn:WorkActivity)<-[:INVOLVES]-(their:Task)<-[:HAS_TASK]-(other:Occupation) WHERE theirMiddle.key IS NOT NULL AND theirOwn.key IS NOT NULL AND their.key IS NOT NULL AND other.key <> occupation.key
// reason: shared.key
// order: INFORMATION coalesce(shared.information, $last) + 0
// filters: occupation
RETURN other, value AS score, reasons AS reasons
