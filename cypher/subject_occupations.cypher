// name: subject_occupations
// doc: The occupations of a release that a study's row is joined to.
// parent: subject RatedSubject
// child: occupation Occupation
// columns: Occupation
// about: 2
MATCH (subject)-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]->(occupation:Occupation)
RETURN occupation
