// name: study_files
// doc: The published files that a study was loaded from.
// parent: study Study
// child: file SourceFile
// columns: SourceFile
// about: 3
MATCH (study)-[:HAS_FILE]->(file:SourceFile)
RETURN file
