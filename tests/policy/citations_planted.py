"""A small tree in which every citation holds, and the faults that citations.py must find in it."""
PLANTED = {
    "README.md": "# A\n\n## The pieces\n\n`./accord run`, `./accord bench gateway`. See `docs/operate.md`, "
                 "`common/{a,b}.h` and [the index](docs/decisions/README.md).\n",
    "CHANGELOG.md": "# Changes\n\n### Before you upgrade\n\nStop.\n",
    "CONTRIBUTING.md": "# Contributing\n\n```diff\n--- a/common/a.h\n+int b;\n```\n\n"
                       "```diff\n+common/new.h\n common/b.h      one line\n```\n",
    "docs/operate.md": "# Operating\n\n## Back up and restore\n\nAs domain 1.2 has it, and\n"
                       "docs/domain.md 1.2 and 1.3. Read \"Before you upgrade\" in `CHANGELOG.md`.\n",
    "docs/domain.md": "# Field\n\n## 1. Rules\n\n### 1.2 Who\n\nA fact [S1].\n\n1. One rule.\n2. Another.\n\n### 1.3 What\n\n| S1 | where |\n",
    "docs/decisions/README.md": "# Decisions\n\n| 2026-01-02 | [One way](2026-01-02-one-way.md) |\n",
    "docs/decisions/2026-01-02-one-way.md": "# One way\n\nBack to [backups](../operate.md#back-up-and-restore).\n",
    "accord": "case $command in\n  run|bench) \"cmd_$command\";;\nesac\n",
    "tests/bench/gateway": "",
    "common/a.h": "// Rules of the field (docs/domain.md 1.2\n// and 1.3, and docs/operate.md, "
                  "\"Back up\n// and restore\").\nint a;  // See common/b.h.\n",
    "common/b.h": "#include \"common/absent.h\"\nconst char* b = \"\\\"Back up and restore\\\" in docs/operate.md\";\n",
    "common/c.cc": "// Who is told (domain 1.2, rules 1 and 2), and of what (docs/domain.md 1.2 and 1).\nint c;\n",
    "k8s/alerts.yaml": "runbook: docs/operate.md#back-up-and-restore  # README, \"The pieces\"\n",
}
# What is changed in which planted file, and what must be said of it.
FAULTS = [
    ("README.md", "docs/operate.md", "docs/gone.md", "README.md: there is no docs/gone.md"),
    ("README.md", "{a,b}", "{a,c}", "there is no common/c.h"),
    ("README.md", "docs/decisions/README.md", "docs/decisions/INDEX.md", "leads nowhere"),
    ("README.md", "accord run", "accord walk", "./accord has no command walk"),
    ("README.md", "bench gateway", "bench door", "there is no benchmark door"),
    ("README.md", "The pieces", "Pieces", "README.md has no heading \"The pieces\""),
    ("README.md", "`docs/operate.md`", "`notes.md`", "README.md: there is no notes.md"),
    ("docs/operate.md", "domain 1.2", "domain 1.4", "docs/domain.md has no section 1.4"),
    ("docs/operate.md", "1.3", "1.5", "docs/domain.md has no section 1.5"),
    ("docs/operate.md", "## Back", "## Pack", "has no heading for #back-up-and-restore"),
    ("docs/domain.md", "[S1]", "[S2]", "there is no source S2"),
    ("docs/domain.md", "[S1]", "", "nothing cites source S1"),
    ("docs/domain.md", "### 1.3", "### 1.4", "docs/domain.md has no section 1.3"),
    ("docs/decisions/README.md", "](2026-01-02-one-way.md)", "](../operate.md)", "the index names it 0 times"),
    ("docs/decisions/README.md", "| 2026-01-02 |", "| 2026-01-03 |", "the index gives another day"),
    ("docs/decisions/2026-01-02-one-way.md", "#back-up", "#pack-up", "has no such heading"),
    ("common/a.h", "1.2", "7.1", "common/a.h: docs/domain.md has no section 7.1"),
    ("common/a.h", "and 1.3", "and 1.9", "common/a.h: docs/domain.md has no section 1.9"),
    ("common/a.h", "and restore", "and return", "common/a.h: docs/operate.md has no heading"),
    ("common/a.h", "common/b.h", "common/c.h", "common/a.h: there is no common/c.h"),
    ("common/b.h", "Back up and", "Back and", "common/b.h: docs/operate.md has no heading"),
    ("common/b.h", "docs/operate.md", "docs/operating.md", "there is no docs/operating.md"),
    ("k8s/alerts.yaml", "#back-up", "#pack-up", "k8s/alerts.yaml: docs/operate.md has no heading for"),
    ("k8s/alerts.yaml", "The pieces", "Parts", "README.md has no heading \"Parts\""),
    ("docs/operate.md", "\"Before you", "\"Before we", "CHANGELOG.md has no heading \"Before we upgrade\""),
    ("CONTRIBUTING.md", "a/common/a.h", "a/common/x.h", "CONTRIBUTING.md: there is no common/x.h"),
    ("CONTRIBUTING.md", " common/b.h", " common/y.h", "CONTRIBUTING.md: there is no common/y.h"),
    ("common/c.cc", "rules 1 and 2", "rules 1 and 3", "docs/domain.md 1.2 has no rule 3"),
    ("common/c.cc", "1.2 and 1)", "1.2 and 4)", "common/c.cc: docs/domain.md has no section 4"),
    ("docs/domain.md", "2. Another", "Another", "docs/domain.md 1.2 has no rule 2"),
]
