// name: scale_categories
// doc: The categories of a scale.
// parent: scale Scale
// child: category Category
// columns: Category
// about: 7
MATCH (scale)-[:HAS_CATEGORY]->(category:Category)
RETURN category
