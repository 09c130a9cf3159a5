// name: activity_pairs
// doc: The lines of crosswalks that name an activity's identifier, as the old one or the new one.
// parent: activity WorkActivity
// child: pair CrosswalkPair
// columns: CrosswalkPair
MATCH (activity)<-[:LEADS_TO]-(pair:CrosswalkPair)
RETURN pair
