// name: release_studies
// doc: The studies joined to a release.
// parent: release Release
// child: study Study
// columns: Study
// about: 5
MATCH (release)-[:HAS_STUDY]->(study:Study)
RETURN study
