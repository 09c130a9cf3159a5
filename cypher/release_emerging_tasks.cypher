// name: release_emerging_tasks
// doc: All emerging tasks of a release.
// parent: release Release
// child: emerging EmergingTask
// columns: EmergingTask
// tie: line
// order: LINE emerging.line
// filter: CATEGORY emerging.category = $value
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)-[:HAS_EMERGING]->(emerging:EmergingTask)
WHERE occupation.key IS NOT NULL
RETURN emerging
