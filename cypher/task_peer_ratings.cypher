// name: task_peer_ratings
// doc: The figure on a scale of every other task of the task's occupation.
// parent: task Task
// child: peer Task
// parameters: scale
// columns: key value
MATCH (task)<-[:HAS_TASK]-(occupation:Occupation)-[:HAS_TASK]->(peer:Task)-[:RATED]->(rating:Rating)
WHERE occupation.key IS NOT NULL AND rating.scale = $scale
RETURN peer.key AS key, rating.value AS value
