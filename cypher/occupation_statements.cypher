// name: occupation_statements
// doc: The statements that tasks of an occupation share with other tasks.
// parent: occupation Occupation
// child: statement Statement
// columns: Statement
MATCH (occupation)-[:HAS_TASK]->(task:Task)-[:SAYS]->(statement:Statement)
WHERE task.key IS NOT NULL
RETURN statement
