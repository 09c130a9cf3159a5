// name: occupation_unrated
// doc: Why studies do not rate an occupation.
// parent: occupation Occupation
// child: reason Unrated
// columns: Unrated
// about: 2
MATCH (occupation)-[:UNRATED]->(reason:Unrated)
RETURN reason
