// name: occupation_emerging_tasks
// doc: The emerging tasks of an occupation.
// parent: occupation Occupation
// child: emerging EmergingTask
// columns: EmergingTask
// about: 2
MATCH (occupation)-[:HAS_EMERGING]->(emerging:EmergingTask)
RETURN emerging
