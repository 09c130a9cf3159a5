// name: release_join_counts
// doc: How many rows of each study joined to a release, by reason.
// parent: release Release
// child: count JoinCount
// columns: JoinCount
// about: 40
MATCH (release)-[:HAS_JOIN_COUNT]->(count:JoinCount)
RETURN count
