// name: activity_unrated
// doc: Why studies do not rate an work activity.
// parent: activity WorkActivity
// child: reason Unrated
// columns: Unrated
MATCH (activity)-[:UNRATED]->(reason:Unrated)
RETURN reason
