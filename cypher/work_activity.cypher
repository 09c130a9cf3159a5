// name: work_activity
// doc: Work activities of any level by key.
// child: activity WorkActivity
// columns: WorkActivity
MATCH (activity:WorkActivity {key: key})
RETURN activity
