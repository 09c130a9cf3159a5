// name: occupation_related
// doc: The rows of the publisher's list of occupations related to an occupation.
// parent: occupation Occupation
// child: related RelatedOccupation
// columns: RelatedOccupation
// about: 20
MATCH (occupation)-[:HAS_RELATED]->(related:RelatedOccupation)
RETURN related
