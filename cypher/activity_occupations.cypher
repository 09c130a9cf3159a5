// name: activity_occupations
// doc: The occupations with tasks linked to a work activity or to one below it.
// parent: activity WorkActivity
// child: occupation Occupation
// columns: Occupation
// tie: code
// order: CODE min(occupation.code)
// order: TITLE coalesce(max(occupation.heading), $last)
// order: JOB_ZONE coalesce(max(occupation.jobZone), $last)
// order: TASK_COUNT coalesce(max(occupation.taskCount), $last)
// filters: occupation
MATCH (activity)<-[:PART_OF*0..2]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)<-[:HAS_TASK]-(occupation:Occupation)
WHERE detailed.key IS NOT NULL AND task.key IS NOT NULL
RETURN occupation
