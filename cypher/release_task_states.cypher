// name: release_task_states
// doc: What is compared of a release's tasks with those of another release.
// parent: release Release
// child: task Task
// columns: key taskId statement taskType code ratedAs activities reworded
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)-[:HAS_TASK]->(task:Task)
WHERE occupation.key IS NOT NULL
RETURN task.key AS key, task.taskId AS taskId, task.statement AS statement,
  task.taskType AS taskType, occupation.code AS code, task.ratedAs AS ratedAs,
  [(task)-[:INVOLVES]->(activity:WorkActivity) | [activity.elementId, activity.heading]] AS activities,
  [(task)<-[:IS_REWORDED_TASK]-(own:RatedSubject)<-[:HAS_SUBJECT]-(study:Study) WHERE own.key IS NOT NULL | study.study] AS reworded
