// name: rater
// doc: Raters by key.
// child: rater Rater
// columns: Rater
MATCH (rater:Rater {key: key})
RETURN rater
