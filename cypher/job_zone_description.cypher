// name: job_zone_description
// doc: What a job zone stands for.
// parent: zone JobZone
// child: description JobZoneDescription
// finds: one
// columns: JobZoneDescription
MATCH (zone)-[:DESCRIBED_BY]->(description:JobZoneDescription)
RETURN description
