// name: release_occupation_states
// doc: What is compared of a release's occupations with those of another release.
// parent: release Release
// child: occupation Occupation
// columns: key code heading description
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)
RETURN occupation.key AS key, occupation.code AS code, occupation.heading AS heading,
  occupation.description AS description
