// name: crosswalk_pairs
// doc: The lines of a crosswalk.
// parent: crosswalk Crosswalk
// child: pair CrosswalkPair
// columns: CrosswalkPair
MATCH (crosswalk)-[:HAS_PAIR]->(pair:CrosswalkPair)
RETURN pair
