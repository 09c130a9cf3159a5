// name: release_crosswalks
// doc: The crosswalks that lead to the codes of a release.
// parent: release Release
// child: crosswalk Crosswalk
// columns: Crosswalk
// about: 2
MATCH (release)-[:HAS_CROSSWALK]->(crosswalk:Crosswalk)
RETURN crosswalk
