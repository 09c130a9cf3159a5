// name: activity_parent
// doc: The activity one level up.
// parent: activity WorkActivity
// child: parent WorkActivity
// finds: one
// columns: WorkActivity
MATCH (activity)-[:PART_OF]->(parent:WorkActivity)
RETURN parent
