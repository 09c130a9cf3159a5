// name: task_activity_paths
// doc: The detailed activities of a task, with those above them.
// parent: task Task
// child: near WorkActivity
// columns: key information paths
MATCH (task)-[:INVOLVES]->(near:WorkActivity)
RETURN near.key AS key, near.information AS information, [(near)-[:PART_OF]->(wide:WorkActivity) | [wide.key, wide.information, [(wide)-[:PART_OF]->(widest:WorkActivity) | [widest.key, widest.information]]]] AS paths
