// name: release_dataset
// doc: The dataset that a release is one of.
// parent: release Release
// child: dataset Dataset
// finds: one
// columns: Dataset
MATCH (release)-[:OF]->(dataset:Dataset)
RETURN dataset
