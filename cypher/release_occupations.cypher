// name: release_occupations
// doc: All occupations of a release.
// parent: release Release
// child: occupation Occupation
// columns: Occupation
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)
RETURN occupation
