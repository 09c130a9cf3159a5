// name: occupation_task_rows
// doc: The rows of a study that stand for the tasks of an occupation.
// parent: occupation Occupation
// child: subject RatedSubject
// finds: groups
// columns: study rated taskId statement taskType basis file line
// filter: STUDY study.study = $value
MATCH (occupation)-[:HAS_TASK]->(task:Task)<-[join:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]-(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study)
WHERE task.key IS NOT NULL AND subject.key IS NOT NULL
RETURN study.study AS study, task.key AS rated, subject.taskId AS taskId, subject.statement AS statement,
  subject.taskType AS taskType, type(join) AS basis, subject.file AS file, subject.line AS line
