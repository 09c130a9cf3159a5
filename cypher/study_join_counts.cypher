// name: study_join_counts
// doc: How the rows of a study were joined to its release.
// parent: study Study
// child: count JoinCount
// columns: JoinCount
MATCH (study)<-[:HAS_STUDY]-(release:Release)-[:HAS_JOIN_COUNT]->(count:JoinCount)
WHERE release.key IS NOT NULL AND count.study = study.study
RETURN count
