"""These are the pages that show commands, and the people of the case who type them."""
from typed_system import Person

FRONT, OPERATE = "README.md", "docs/operate.md"
CONTINUITY, MIGRATION = "docs/continuity.md", "docs/migration.md"

# The first has no context yet; the second takes those that the case has kept.
NEWCOMER = Person()
VISITOR = Person(actor="visitor")
OFFICE = Person("admin", "admin", "administration")
WORKER = Person("cas-york", "worker", "child_protection")
DIRECTOR = Person("cas-york", "director", "protocol_governance")
PRIVACY = Person("cas-york", "privacy", "privacy_review")
MEMBER = Person("ps-york", "member", "criminal_investigation")
SERGEANT = Person("ps-york", "supervisor", "criminal_investigation")
WITNESS = Person("ps-york", "privacy", "privacy_review")
INTEL = Person("ps-york", "intel", "intelligence")
ANALYST = Person("ci-ciso", "analyst", "intelligence")
BUREAU = Person("ci-ciso", "coordinator", "intelligence")
COUNSEL = Person("cr-york", "counsel", "prosecution")
CROWN = Person("cr-phtpt", "coordinator", "prosecution")
REGISTRAR = Person("pc-opc", "registrar", "training")
