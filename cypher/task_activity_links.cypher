// name: task_activity_links
// doc: The rows of the file that links a task to its detailed activities.
// parent: task Task
// child: link ActivityLink
// columns: ActivityLink activityKey
// about: 2
MATCH (task)-[:HAS_LINK]->(link:ActivityLink)-[:LINKS_TO]->(activity:WorkActivity)
RETURN link, activity.key AS activityKey
