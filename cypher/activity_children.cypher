// name: activity_children
// doc: The activities one level down.
// parent: activity WorkActivity
// child: child WorkActivity
// columns: WorkActivity
MATCH (activity)<-[:PART_OF]-(child:WorkActivity)
RETURN child
