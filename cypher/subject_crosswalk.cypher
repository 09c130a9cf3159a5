// name: subject_crosswalk
// doc: The lines of a crosswalk that led from a row to occupations.
// parent: subject RatedSubject
// child: pair CrosswalkPair
// columns: CrosswalkPair
// about: 2
MATCH (subject)-[:LED_BY]->(pair:CrosswalkPair)
RETURN pair
