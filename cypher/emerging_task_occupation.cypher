// name: emerging_task_occupation
// doc: The one occupation that an emerging task is proposed for.
// parent: emerging EmergingTask
// child: occupation Occupation
// finds: one
// columns: Occupation
MATCH (emerging)<-[:HAS_EMERGING]-(occupation:Occupation)
RETURN occupation
