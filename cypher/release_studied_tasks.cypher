// name: release_studied_tasks
// doc: The tasks of a release that studies have rows about, rated or blank.
// parent: release Release
// child: task Task
// finds: groups
// columns: study studied
// filter: STUDY source.study = $value
// filters: task
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)-[:HAS_TASK]->(task:Task)<-[:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]-(own:RatedSubject)<-[:HAS_SUBJECT]-(source:Study)
WHERE occupation.key IS NOT NULL AND own.key IS NOT NULL
RETURN source.study AS study, collect(task.taskId) AS studied
