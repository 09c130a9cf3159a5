// name: release_activity_states
// doc: What is compared of a release's work activities with those of another release.
// parent: release Release
// child: activity WorkActivity
// columns: key elementId heading level parents
MATCH (release)-[:HAS_ACTIVITY]->(activity:WorkActivity)
RETURN activity.key AS key, activity.elementId AS elementId, activity.heading AS heading,
  activity.level AS level,
  [(activity)-[:PART_OF]->(parent:WorkActivity) | parent.elementId] AS parents
