// name: crosswalk_files
// doc: The published files that a crosswalk was loaded from.
// parent: crosswalk Crosswalk
// child: file SourceFile
// columns: SourceFile
MATCH (crosswalk)-[:HAS_FILE]->(file:SourceFile)
RETURN file
