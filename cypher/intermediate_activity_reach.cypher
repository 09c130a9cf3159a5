// name: intermediate_activity_reach
// doc: The tasks below an intermediate activity and their occupations, once a detailed activity.
// parent: activity WorkActivity
// child: task Task
// columns: key occupationKey detailedKey
MATCH (activity)<-[:PART_OF]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)<-[:HAS_TASK]-(occupation:Occupation)
WHERE task.key IS NOT NULL
RETURN task.key AS key, occupation.key AS occupationKey, detailed.key AS detailedKey
