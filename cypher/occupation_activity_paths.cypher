// name: occupation_activity_paths
// doc: The detailed activities of an occupation's tasks, with those above them.
// parent: occupation Occupation
// child: near WorkActivity
// columns: key information paths
MATCH (occupation)-[:HAS_TASK]->(task:Task)-[:INVOLVES]->(near:WorkActivity)
WHERE task.key IS NOT NULL
RETURN near.key AS key, near.information AS information, [(near)-[:PART_OF]->(wide:WorkActivity) | [wide.key, wide.information, [(wide)-[:PART_OF]->(widest:WorkActivity) | [widest.key, widest.information]]]] AS paths
