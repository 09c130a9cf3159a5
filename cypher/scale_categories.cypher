// name: scale_categories
// doc: The categories of a scale.
// parent: scale Scale
// child: category Category
// columns: Category
MATCH (scale)-[:HAS_CATEGORY]->(category:Category)
RETURN category
