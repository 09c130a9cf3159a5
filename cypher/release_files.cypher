// name: release_files
// doc: The published files that a release was loaded from.
// parent: release Release
// child: file SourceFile
// columns: SourceFile
// about: 15
MATCH (release)-[:HAS_FILE]->(file:SourceFile)
RETURN file
