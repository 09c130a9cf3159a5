// name: occupation_ratings
// doc: The rows of the ratings file about the tasks of an occupation.
// parent: occupation Occupation
// child: rating Rating
// columns: Rating
MATCH (occupation)-[:HAS_TASK]->(task:Task)-[:RATED]->(rating:Rating)
WHERE task.key IS NOT NULL
RETURN rating
