// name: activity_task_rows
// doc: The rows of a study that stand for the tasks of a work activity or of one below it.
// parent: activity WorkActivity
// child: subject RatedSubject
// finds: groups
// columns: study rated taskId statement taskType basis file line
// filter: STUDY study.study = $value
MATCH (activity)<-[:PART_OF*0..2]-(detailed:WorkActivity)<-[:INVOLVES]-(task:Task)<-[join:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]-(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study)
WHERE detailed.key IS NOT NULL AND task.key IS NOT NULL AND subject.key IS NOT NULL
RETURN study.study AS study, task.key AS rated, subject.taskId AS taskId, subject.statement AS statement,
  subject.taskType AS taskType, type(join) AS basis, subject.file AS file, subject.line AS line
