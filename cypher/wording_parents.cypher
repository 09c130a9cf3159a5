// name: wording_parents
// doc: The activities one level up from those of a release that have the same words.
// parent: wording Wording
// child: parent WorkActivity
// columns: WorkActivity
MATCH (wording)<-[:WORDED]-(activity:WorkActivity)-[:PART_OF]->(parent:WorkActivity)
RETURN parent
