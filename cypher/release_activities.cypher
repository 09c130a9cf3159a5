// name: release_activities
// doc: All work activities of a release, of the three levels.
// parent: release Release
// child: activity WorkActivity
// columns: WorkActivity
MATCH (release)-[:HAS_ACTIVITY]->(activity:WorkActivity)
RETURN activity
