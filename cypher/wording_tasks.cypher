// name: wording_tasks
// doc: The tasks of a release that have the same words.
// parent: wording Wording
// child: task Task
// columns: Task
// about: 2
MATCH (wording)<-[:WORDED]-(task:Task)
RETURN task
