// name: related_occupation
// doc: The one occupation that a row of related occupations leads to.
// parent: related RelatedOccupation
// child: occupation Occupation
// finds: one
// columns: Occupation
MATCH (related)-[:RELATED_TO]->(occupation:Occupation)
RETURN occupation
