// name: scale
// doc: Scales by key.
// child: scale Scale
// columns: Scale
MATCH (scale:Scale {key: key})
RETURN scale
