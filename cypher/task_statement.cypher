// name: task_statement
// doc: The statement that a task shares with others, if it does.
// parent: task Task
// child: statement Statement
// finds: one
// columns: Statement
MATCH (task)-[:SAYS]->(statement:Statement)
RETURN statement
