"""Valid queries that are much work."""

import json

from .request import Places

_STUDY = 'study: "gpts-are-gpts", rater: "human", measure: "beta"'
_PAIR = 'study: "gpts-are-gpts", between: ["human", "gpt-4"]'


def heavy(places: Places) -> dict[str, list[str]]:
    """Give them by what they ask for."""
    newest, oldest = places.releases[0], places.releases[-1]
    tasks = list(places.tasks[:50])
    few, codes = (json.dumps(list(places.codes[:n])) for n in (10, 50))
    correlated = "{ over population { total compared } spearman { value } }"
    ratings = f"first: {{{_STUDY}}}, second: {{{_STUDY.replace('human', 'gpt-4')}}}"
    return {
        "related": [
            f"{{ task(taskId: {t}) {{ related(first: 50) {{ score task {{ statement "
            "related(first: 10) { task { taskId } } } } } }"
            for t in tasks
        ],
        "path": [
            f'{{ path(from: "{newest}/task/{a}", to: "{newest}/task/{b}") '
            "{ length nodes { id } } }"
            for a, b in zip(tasks, reversed(tasks), strict=True)
            if a != b
        ],
        "neighbourhood": [
            f'{{ neighbourhood(id: "{newest}/task/{t}", depth: 3, first: 100) '
            "{ truncated nodes { id } links { source target } } }"
            for t in tasks
        ],
        "compareReleases": [
            f'{{ compareReleases(from: "{oldest}", to: "{newest}", kind: {kind}) {{ '
            "counts { added removed reworded moved reRated linksGained } "
            "changes(change: REWORDED, first: 100) { nodes { ... on ChangedTask { "
            "wording { similarity parts { kind text } } } } } } }"
            for kind in ("TASK", "OCCUPATION", "WORK_ACTIVITY")
        ],
        "rankCorrelation": [
            f"{{ rankCorrelation({ratings}, over: {over}) {correlated} }}"
            for over in ("OCCUPATIONS", "TASKS")
        ],
        "disagreements": [
            f"{{ disagreements({_PAIR}, over: {over}) {{ agreement {{ value }} "
            "matrix { first second count } tasks(first: 100) { nodes { task { id } } "
            "} } }"
            for over in ("RELEASE_TASKS", "STUDY_ROWS")
        ],
        "search": [
            f'{{ search(query: "{text}", first: 100) {{ text reason node {{ id }} }} }}'
            for text in ("p", "plan and", "e", "analyse data", "direct teams", "zqx")
        ],
        "history": [
            (
                f"{{ occupations(codes: {few}) {{ history {{ release {{ id }} }} "
                "tasks { history { changes } } } }"
            )
        ],
        "cite": [
            (
                f"{{ cite(nodes: {json.dumps([f'{newest}/task/{t}' for t in tasks])}, "
                "style: BIBTEX) { text } }"
            )
        ],
        "exposure": [
            (
                f"{{ occupations(codes: {codes}) {{ exposure({_STUDY}) {{ value "
                "rank { position } inputs { score share } otherWeights { value } } } }"
            )
        ],
        "filtered": [
            "{ taskConnection(first: 100, filter: {any: [{type: CORE}, "
            f'{{codePrefix: "{n}"}}]}}, orderBy: {{by: STATEMENT}}) '
            "{ totalCount nodes { statement occupation { title } } } }"
            for n in range(11, 31)
        ],
    }
