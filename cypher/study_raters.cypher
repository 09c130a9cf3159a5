// name: study_raters
// doc: The raters of a study.
// parent: study Study
// child: rater Rater
// columns: Rater
// about: 3
MATCH (study)-[:HAS_RATER]->(rater:Rater)
RETURN rater
