// name: join_count_rows
// doc: The rows of studies that a count of a join counts.
// parent: count JoinCount
// child: subject RatedSubject
// columns: RatedSubject
// tie: line
// order: LINE subject.line
MATCH (count)<-[:COUNTED_IN]-(subject:RatedSubject)
RETURN subject
