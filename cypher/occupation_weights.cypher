// name: occupation_weights
// doc: How much activities count in an occupation, as a study weighs them.
// parent: occupation Occupation
// child: subject RatedSubject
// finds: groups
// columns: study rated code elementId heading weight column file line
// filter: STUDY study.study = $value
MATCH (occupation)<-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(whole:RatedSubject)-[:HAS_WEIGHT]->(weight:SubjectWeight)-[:WEIGHS]->(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study)
WHERE whole.key IS NOT NULL AND weight.key IS NOT NULL AND subject.key IS NOT NULL
RETURN study.study AS study, subject.key AS rated, whole.code AS code, subject.elementId AS elementId,
  subject.heading AS heading, weight.weight AS weight, weight.column AS column, weight.file AS file,
  weight.line AS line
