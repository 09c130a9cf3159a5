// name: crosswalk
// doc: Crosswalks by key.
// child: crosswalk Crosswalk
// columns: Crosswalk
MATCH (crosswalk:Crosswalk {key: key})
RETURN crosswalk
