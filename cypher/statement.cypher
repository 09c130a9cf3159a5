// name: statement
// doc: Shared statements by key.
// child: statement Statement
// columns: Statement
MATCH (statement:Statement {key: key})
RETURN statement
