// name: source_file
// doc: Source files by key.
// child: file SourceFile
// columns: SourceFile
MATCH (file:SourceFile {key: key})
RETURN file
