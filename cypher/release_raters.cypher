// name: release_raters
// doc: The names of the raters of all studies joined to a release.
// parent: release Release
// child: rater Rater
// columns: key study rater
MATCH (release)-[:HAS_STUDY]->(study:Study)-[:HAS_RATER]->(rater:Rater)
WHERE study.key IS NOT NULL
RETURN rater.key AS key, study.study AS study, rater.rater AS rater
