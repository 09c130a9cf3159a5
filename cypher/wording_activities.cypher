// name: wording_activities
// doc: The work activities of a release that have the same words.
// parent: wording Wording
// child: activity WorkActivity
// columns: WorkActivity
// about: 2
MATCH (wording)<-[:WORDED]-(activity:WorkActivity)
RETURN activity
