// name: release_led_activities
// doc: The activities of a release that lines of crosswalks lead to, by what the lines name.
// parent: release Release
// child: activity WorkActivity
// finds: groups
// columns: activityKey
// filter: NAMED (pair.fromCode = $value OR pair.toCode = $value)
MATCH (release)-[:HAS_CROSSWALK]->(crosswalk:Crosswalk)-[:HAS_PAIR]->(pair:CrosswalkPair)-[:LEADS_TO]->(activity:WorkActivity)
WHERE crosswalk.key IS NOT NULL AND pair.key IS NOT NULL
RETURN activity.key AS activityKey
