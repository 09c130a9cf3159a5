// name: subject_activities
// doc: The work activities of a release that a study's row is joined to.
// parent: subject RatedSubject
// child: activity WorkActivity
// columns: WorkActivity
// about: 1
MATCH (subject)-[:IS_ACTIVITY|IS_RETITLED_ACTIVITY|IS_TITLED_ACTIVITY]->(activity:WorkActivity)
RETURN activity
