// name: study_inputs
// doc: The rows of a study, with the occupations of each then and now, and its weights.
// parent: study Study
// child: subject RatedSubject
// columns: key taskId elementId taskType studiedIn heldIn wholes weights
MATCH (study)-[:HAS_SUBJECT]->(subject:RatedSubject)
RETURN subject.key AS key, subject.taskId AS taskId, subject.elementId AS elementId,
  subject.taskType AS taskType,
  [(subject)-[:TASK_OF]->(occupation:Occupation) | [occupation.code, occupation.jobZone]] AS studiedIn,
  [(subject)-[:IS_TASK|IS_REWORDED_TASK|SAYS_TASK|SAYS_TASKS]->(task:Task)<-[:HAS_TASK]-(holder:Occupation) WHERE task.key IS NOT NULL | [task.taskId, task.taskType, task.importance, task.relevance, holder.code, holder.jobZone, holder.taskCount]] AS heldIn,
  [(subject)-[:IS_OCCUPATION|HOLDS_OCCUPATION|HOLDS_OCCUPATIONS|BECAME_OCCUPATION|BECAME_OCCUPATIONS|MERGED_IN_OCCUPATION]->(whole:Occupation) | [whole.code, whole.jobZone]] AS wholes,
  [(subject)-[:HAS_WEIGHT]->(weight:SubjectWeight)-[:WEIGHS]->(weighed:RatedSubject) WHERE weight.key IS NOT NULL | [weighed.elementId, weight.weight]] AS weights
