// name: release_measures
// doc: The names and labels of the measures of all studies joined to a release.
// parent: release Release
// child: measure Measure
// columns: key study measure unit labels labelOrder
MATCH (release)-[:HAS_STUDY]->(study:Study)-[:HAS_MEASURE]->(measure:Measure)
WHERE study.key IS NOT NULL
RETURN measure.key AS key, study.study AS study, measure.measure AS measure, measure.unit AS unit,
  measure.labels AS labels, measure.labelOrder AS labelOrder
