// name: release_crosswalk_pairs
// doc: The lines of the crosswalks that lead to the codes of a release, or from them.
// parent: release Release
// child: pair CrosswalkPair
// columns: CrosswalkPair fromTaxonomy toTaxonomy
MATCH (release)-[:HAS_CROSSWALK]->(crosswalk:Crosswalk)-[:HAS_PAIR]->(pair:CrosswalkPair)
RETURN pair, crosswalk.fromTaxonomy AS fromTaxonomy, crosswalk.toTaxonomy AS toTaxonomy
