// name: release
// doc: Releases by key.
// child: release Release
// columns: Release
MATCH (release:Release {key: key})
RETURN release
