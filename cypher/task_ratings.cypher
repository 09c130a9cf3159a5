// name: task_ratings
// doc: The rows of the ratings file about a task, one a scale and category.
// parent: task Task
// child: rating Rating
// columns: Rating
// about: 9
MATCH (task)-[:RATED]->(rating:Rating)
RETURN rating
