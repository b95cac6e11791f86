"""This is what tests/policy/rules_catalogue.py writes of the catalogue of rules: two files of C++ for the services, two
for the client in C++, one each for Python, Node and Java, and a page."""
import textwrap

MADE = "tests/policy/rules_catalogue.py --write makes this file of common/base/rules.textproto"

HEADER = """// The rules by which calls are refused, each with the one status code that it has wherever it refuses.
// {made}.
#ifndef ACCORD_COMMON_BASE_RULES_H_
#define ACCORD_COMMON_BASE_RULES_H_

#include <string_view>

#include "absl/status/status.h"

namespace accord::rules {{

struct Rule {{
  // In upper case with underscores, this is ErrorInfo.reason. Clients rely on it, and it never changes.
  std::string_view reason;
  absl::StatusCode code;
  // This says whether the same call, unchanged, may succeed later.
  bool retry;
  // What is the case and what the caller does next, in English and in Canadian French.
  std::string_view en;
  std::string_view fr;
}};

// The rule of this name; null if the catalogue has none, as for one of another version.
const Rule* FindRule(std::string_view reason);

{constants}
}}  // namespace accord::rules

#endif  // ACCORD_COMMON_BASE_RULES_H_
"""

SOURCE = """// {made}.

// clang-format off
#include "common/base/rules.h"

#include <algorithm>
#include <array>

namespace accord::rules {{

{definitions}
namespace {{

// By name, which FindRule relies on.
constexpr std::array<const Rule*, {count}> kCatalogue = {{
{table}}};

}}  // namespace

const Rule* FindRule(std::string_view reason) {{
  const auto at = std::lower_bound(kCatalogue.begin(), kCatalogue.end(), reason,
                                   [](const Rule* rule, std::string_view name) {{ return rule->reason < name; }});
  return at != kCatalogue.end() && (*at)->reason == reason ? *at : nullptr;
}}

}}  // namespace accord::rules
"""

PAGE = """# Errors

Every refusal of Accord names its rule in `google.rpc.ErrorInfo.reason`, in the domain `accord.example`. Clients rely on
the rule and never on the message. A rule has one gRPC status code wherever it refuses. Retry says whether the same
call, unchanged, may succeed later: a refusal with `google.rpc.RetryInfo` says when. `UNAVAILABLE` with `ErrorInfo` comes
from Accord, and without it from the network.

`tests/policy/rules_catalogue.py --write` makes this page of the catalogue of rules, `common/base/rules.textproto`, which
has the same texts in French.

| Rule | Code | Retry | What is the case | What to do |
|---|---|---|---|---|
{rows}"""

PYTHON = '''"""The rules by which Accord refuses a call: what google.rpc.ErrorInfo.reason may be. docs/errors.md explains each.

{made}."""
import enum


class Rule(enum.StrEnum):
    """A later version of Accord may refuse by a rule that is not among these."""
{names}

RETRY = frozenset({{
{passing}}})
"""The same call, unchanged, may succeed later where one of these refused it."""
'''


NODE = '''// The rules by which Accord refuses a call: what google.rpc.ErrorInfo.reason may be. docs/errors.md
// explains each.
// {made}.

/** A later version of Accord may refuse by a rule that is not among these. */
export const Rule = Object.freeze({{
{names}}});

/** @typedef {{keyof typeof Rule}} RuleName */

/**
 * The same call, unchanged, may succeed later where one of these refused it.
 *
 * @type {{ReadonlySet<RuleName>}}
 */
export const PASSING = new Set([
{passing}]);
'''


JAVA = '''package example.accord.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rules by which Accord refuses a call: what google.rpc.ErrorInfo.reason may be. docs/errors.md explains
 * each, and a later version of Accord may refuse by a rule that is not among these.
 *
 * <p>{made}.
 */
public enum Rule {{
{names}
  private static final Map<String, Rule> BY_NAME = new HashMap<>();

  static {{
    for (Rule each : values()) {{
      BY_NAME.put(each.name(), each);
    }}
  }}

  private final boolean mayPass;

  Rule(boolean mayPass) {{
    this.mayPass = mayPass;
  }}

  /** This says whether the same call, unchanged, may succeed later where this rule refused it. */
  public boolean mayPass() {{
    return mayPass;
  }}

  /** The rule of this name, such as {{@code NOT_FOUND}}; it is empty if this library does not know it. */
  public static Optional<Rule> named(String reason) {{
    return Optional.ofNullable(BY_NAME.get(reason));
  }}
}}
'''


def constant_of(reason):
    """NOT_A_SIGNATORY is kNotASignatory."""
    return "k" + "".join(word.capitalize() for word in reason.split("_"))


def text_of(rule, language):
    return f"{rule[language]['meaning']} {rule[language]['action']}"


def literal(text):
    """Gives the text as string literals of C++, one on each line."""
    lines = textwrap.wrap(text, 100, drop_whitespace=False, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f'    "{line}"' for line in lines)


def header(rules):
    constants = "".join(f"extern const Rule {constant_of(rule['reason'])};\n" for rule in rules)
    return HEADER.format(made=MADE, constants=constants)


def definition_of(rule):
    return (f"constinit const Rule {constant_of(rule['reason'])} = {{\n"
            f"    \"{rule['reason']}\", absl::StatusCode::{constant_of(rule['code'])}, {rule['retry']},\n"
            f"{literal(text_of(rule, 'en'))},\n{literal(text_of(rule, 'fr'))}}};\n")


def source(rules):
    table = "".join(f"    &{constant_of(rule['reason'])},\n" for rule in rules)
    definitions = "".join(definition_of(rule) for rule in rules)
    return SOURCE.format(made=MADE, definitions=definitions, count=len(rules), table=table)


def page(rules):
    rows = "".join(f"| `{rule['reason']}` | `{rule['code']}` | {'yes' if rule['retry'] == 'true' else 'no'} | "
                   f"{rule['en']['meaning']} | {rule['en']['action']} |\n" for rule in rules)
    return PAGE.format(rows=rows)


def python(rules):
    names = "".join(f"    {rule['reason']} = \"{rule['reason']}\"\n" for rule in rules)
    passing = "".join(f"    Rule.{rule['reason']},\n" for rule in rules if rule["retry"] == "true")
    return PYTHON.format(made=MADE, names=names, passing=passing)


def node(rules):
    names = "".join(f"  {rule['reason']}: '{rule['reason']}',\n" for rule in rules)
    passing = "".join(f"  Rule.{rule['reason']},\n" for rule in rules if rule["retry"] == "true")
    return NODE.format(made=MADE, names=names, passing=passing)


def java(rules):
    return JAVA.format(made=MADE, names=",\n".join(f"  {rule['reason']}({rule['retry']})" for rule in rules) + ";\n")


CPP_HEADER = """// The rules by which Accord refuses a call: what google.rpc.ErrorInfo.reason may be. docs/errors.md
// explains each.
// {made}.
#ifndef ACCORD_CLIENT_RULES_H_
#define ACCORD_CLIENT_RULES_H_

#include <string_view>

namespace accord::client {{

// A later version of Accord may refuse by a rule that is not among these.
enum class Rule {{
  // This library does not know the rule, or the refusal names none.
  kUnknown,
{names}}};

// The rule of this name, such as `NOT_FOUND`.
Rule FindRule(std::string_view reason);
// The name of a rule; empty for kUnknown.
std::string_view NameOf(Rule rule);
// This says whether the same call, unchanged, may succeed later where this rule refused it.
bool MayPass(Rule rule);

}}  // namespace accord::client

#endif  // ACCORD_CLIENT_RULES_H_
"""

CPP_SOURCE = """// {made}.

// clang-format off
#include "accord/client/rules.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace accord::client {{
namespace {{

struct Named {{
  std::string_view name;
  bool may_pass;
}};

// By name, in the order of the enum after kUnknown.
constexpr std::array<Named, {count}> kRules = {{{{
{table}}}}};

}}  // namespace

Rule FindRule(std::string_view reason) {{
  const auto at = std::lower_bound(kRules.begin(), kRules.end(), reason,
                                   [](const Named& rule, std::string_view name) {{ return rule.name < name; }});
  if (at == kRules.end() || at->name != reason) return Rule::kUnknown;
  return static_cast<Rule>(at - kRules.begin() + 1);
}}

std::string_view NameOf(Rule rule) {{
  return rule == Rule::kUnknown ? std::string_view() : kRules.at(static_cast<std::size_t>(rule) - 1).name;
}}

bool MayPass(Rule rule) {{
  return rule != Rule::kUnknown && kRules.at(static_cast<std::size_t>(rule) - 1).may_pass;
}}

}}  // namespace accord::client
"""


def cpp_header(rules):
    return CPP_HEADER.format(made=MADE, names="".join(f"  {constant_of(rule['reason'])},\n" for rule in rules))


def cpp_source(rules):
    table = "".join(f"    {{\"{rule['reason']}\", {rule['retry']}}},\n" for rule in rules)
    return CPP_SOURCE.format(made=MADE, table=table, count=len(rules))


CPP = "clients/cpp/accord/client/rules"
JAVA_FILE = "clients/java/src/main/java/example/accord/client/Rule.java"
WRITTEN = {"common/base/rules.h": header, "common/base/rules.cc": source, "docs/errors.md": page,
           "clients/python/accord_rules.py": python, "clients/node/src/rules.mjs": node,
           JAVA_FILE: java, f"{CPP}.h": cpp_header, f"{CPP}.cc": cpp_source}
