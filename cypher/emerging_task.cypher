// name: emerging_task
// doc: Emerging tasks by key.
// child: emerging EmergingTask
// columns: EmergingTask
MATCH (emerging:EmergingTask {key: key})
RETURN emerging
