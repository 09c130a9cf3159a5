// name: measure
// doc: Measures by key.
// child: measure Measure
// columns: Measure
MATCH (measure:Measure {key: key})
RETURN measure
