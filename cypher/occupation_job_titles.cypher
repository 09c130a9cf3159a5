// name: occupation_job_titles
// doc: Other titles of an occupation.
// parent: occupation Occupation
// child: jobTitle JobTitle
// columns: JobTitle
// about: 80
MATCH (occupation)-[:ALSO_CALLED]->(jobTitle:JobTitle)
RETURN jobTitle
