// name: activity_children
// doc: The activities one level down.
// parent: activity WorkActivity
// child: child WorkActivity
// columns: WorkActivity
// about: 10
MATCH (activity)<-[:PART_OF]-(child:WorkActivity)
RETURN child
