// name: release_study_files
// doc: The published files that the studies joined to a release were loaded from.
// parent: release Release
// child: file SourceFile
// columns: key study synthetic fileName contents coverage rows
MATCH (release)-[:HAS_STUDY]->(study:Study)-[:HAS_FILE]->(file:SourceFile)
RETURN file.key AS key, study.study AS study, study.synthetic AS synthetic,
  file.fileName AS fileName, file.contents AS contents, file.coverage AS coverage,
  file.rows AS rows
