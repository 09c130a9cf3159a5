// name: task_occupation
// doc: The one occupation that a task belongs to.
// parent: task Task
// child: occupation Occupation
// finds: one
// columns: Occupation
MATCH (task)<-[:HAS_TASK]-(occupation:Occupation)
RETURN occupation
