// name: detailed_activity_reach
// doc: The tasks linked to a detailed activity and their occupations.
// parent: activity WorkActivity
// child: task Task
// columns: key occupationKey
MATCH (activity)<-[:INVOLVES]-(task:Task)<-[:HAS_TASK]-(occupation:Occupation)
WHERE task.key IS NOT NULL
RETURN task.key AS key, occupation.key AS occupationKey
