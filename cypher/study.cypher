// name: study
// doc: Studies by key.
// child: study Study
// columns: Study
MATCH (study:Study {key: key})
RETURN study
