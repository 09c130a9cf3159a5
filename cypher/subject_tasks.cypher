// name: subject_tasks
// doc: The tasks of a release that a study's row is joined to.
// parent: subject RatedSubject
// child: task Task
// columns: Task
// about: 2
MATCH (subject)-[:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]->(task:Task)
RETURN task
