// name: occupation_weighed_links
// doc: Where the activities are that a study weighs in an occupation.
// parent: occupation Occupation
// child: activity WorkActivity
// finds: groups
// columns: rated activityKey basis
// filter: STUDY EXISTS { MATCH (whole)<-[:HAS_SUBJECT]-(study:Study) WHERE study.study = $value }
MATCH (occupation)<-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(whole:RatedSubject)-[:HAS_WEIGHT]->(weight:SubjectWeight)-[:WEIGHS]->(subject:RatedSubject)-[join:IS_ACTIVITY|IS_RETITLED_ACTIVITY|IS_TITLED_ACTIVITY]->(activity:WorkActivity)
WHERE whole.key IS NOT NULL AND weight.key IS NOT NULL AND subject.key IS NOT NULL
RETURN subject.key AS rated, activity.key AS activityKey, type(join) AS basis
