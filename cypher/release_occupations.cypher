// name: release_occupations
// doc: All occupations of a release.
// parent: release Release
// child: occupation Occupation
// columns: Occupation
// about: 1000
// tie: code
// order: CODE occupation.code
// order: TITLE coalesce(occupation.heading, $last)
// order: JOB_ZONE coalesce(occupation.jobZone, $last)
// order: TASK_COUNT coalesce(occupation.taskCount, $last)
// filters: occupation
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)
RETURN occupation
