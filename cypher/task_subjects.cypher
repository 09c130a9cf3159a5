// name: task_subjects
// doc: The rows of studies that stand for a task, with ratings or without.
// parent: task Task
// child: subject RatedSubject
// columns: key study
MATCH (task)<-[:IS_TASK|IS_REWORDED_TASK]-(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study)
WHERE subject.key IS NOT NULL
RETURN subject.key AS key, study.study AS study
