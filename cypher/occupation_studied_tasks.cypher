// name: occupation_studied_tasks
// doc: The tasks that an occupation had in a study.
// parent: occupation Occupation
// child: subject RatedSubject
// finds: groups
// columns: study rated taskId statement taskType basis file line
// filter: STUDY study.study = $value
MATCH (occupation)<-[:TASK_OF]-(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study)
WHERE subject.key IS NOT NULL
RETURN study.study AS study, subject.key AS rated, subject.taskId AS taskId, subject.statement AS statement,
  subject.taskType AS taskType, null AS basis, subject.file AS file, subject.line AS line
