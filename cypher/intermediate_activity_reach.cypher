// name: intermediate_activity_reach
// doc: The tasks below an intermediate activity and their occupations, once a detailed activity.
// parent: activity WorkActivity
// child: task Task
// columns: key occupationKey
MATCH (activity)<-[:PART_OF]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)<-[:HAS_TASK]-(occupation:Occupation)
WHERE detailed.key IS NOT NULL AND task.key IS NOT NULL
RETURN task.key AS key, occupation.key AS occupationKey
