// name: occupation_job_zone
// doc: The job zone that an occupation is in.
// parent: occupation Occupation
// child: zone JobZone
// finds: one
// columns: JobZone
MATCH (occupation)-[:HAS_JOB_ZONE]->(zone:JobZone)
RETURN zone
