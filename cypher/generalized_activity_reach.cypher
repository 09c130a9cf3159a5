// name: generalized_activity_reach
// doc: The tasks below a generalized activity and their occupations, once a detailed activity.
// parent: activity WorkActivity
// child: task Task
// columns: key occupationKey
MATCH (activity)<-[:PART_OF]-(intermediate:WorkActivity)<-[:PART_OF]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)<-[:HAS_TASK]-(occupation:Occupation)
WHERE intermediate.key IS NOT NULL AND detailed.key IS NOT NULL AND task.key IS NOT NULL
RETURN task.key AS key, occupation.key AS occupationKey
