// name: release_studied_occupations
// doc: The occupations of a release that studies have rows about, rated or blank.
// parent: release Release
// child: occupation Occupation
// finds: groups
// columns: study studied
// filter: STUDY source.study = $value
MATCH (release)-[:HAS_OCCUPATION]->(occupation:Occupation)<-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]-(own:RatedSubject)<-[:HAS_SUBJECT]-(source:Study)
WHERE own.key IS NOT NULL
RETURN source.study AS study, collect(occupation.code) AS studied
