// name: release_occupations
// doc: All occupations of a release.
// parent: release Release
// child: occupation Occupation
// columns: Occupation
// tie: code
// order: CODE occupation.code
// filters: occupation
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)
RETURN occupation
