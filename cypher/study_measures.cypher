// name: study_measures
// doc: The measures of a study.
// parent: study Study
// child: measure Measure
// columns: Measure
// about: 5
MATCH (study)-[:HAS_MEASURE]->(measure:Measure)
RETURN measure
