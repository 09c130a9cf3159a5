// name: wording_owned_tasks
// doc: The tasks of a release that have the same words, with the code of whose they are.
// parent: wording Wording
// child: task Task
// columns: Task code
// about: 2
MATCH (wording)<-[:WORDED]-(task:Task)<-[:HAS_TASK]-(occupation:Occupation)
WHERE task.key IS NOT NULL
RETURN task, occupation.code AS code
