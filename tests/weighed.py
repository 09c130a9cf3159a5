"""Names of the study that weighs activities: ours, and those of its files."""

STUDY = "working-with-ai"
SIDES = ("user", "ai")
OF_ACTIVITIES = {
    "applicability": "ai_applicability_score",
    "coverage": "coverage",
    "completion": "completion",
    "impact-scope": "impact_scope",
    "positive-feedback": "feedback_positive_fraction",
}
"""The measures, with what the file of scores of occupations calls each."""
EQUAL = 1e-12
"""How far apart figures may be that are equal."""
