// name: occupation
// doc: Occupations by key.
// child: occupation Occupation
// columns: Occupation
MATCH (occupation:Occupation {key: key})
RETURN occupation
