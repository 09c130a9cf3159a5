// name: wording_occupations
// doc: The occupations of a release that have the same words.
// parent: wording Wording
// child: occupation Occupation
// columns: Occupation
// about: 2
MATCH (wording)<-[:WORDED]-(occupation:Occupation)
RETURN occupation
