// name: occupation_subjects
// doc: The rows of studies that stand for an occupation, with ratings or without.
// parent: occupation Occupation
// child: subject RatedSubject
// columns: key study
MATCH (occupation)<-[:IS_OCCUPATION]-(subject:RatedSubject)<-[:HAS_SUBJECT]-(study:Study)
WHERE subject.key IS NOT NULL
RETURN subject.key AS key, study.study AS study
