// name: release_scales
// doc: The rating scales of a release.
// parent: release Release
// child: scale Scale
// columns: Scale
// about: 29
MATCH (release)-[:HAS_SCALE]->(scale:Scale)
RETURN scale
