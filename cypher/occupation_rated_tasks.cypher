// name: occupation_rated_tasks
// doc: The tasks of an occupation that have a figure on a scale.
// parent: occupation Occupation
// child: task Task
// parameters: scale
// columns: key value
MATCH (occupation)-[:HAS_TASK]->(task:Task)-[:RATED]->(rating:Rating)
WHERE rating.scale = $scale
RETURN task.key AS key, rating.value AS value
