#include "common/listing/expression.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/base/error.h"

namespace accord::listing {
namespace {

// An operator that begins with another one comes before it.
constexpr std::array<std::pair<std::string_view, Comparison>, 7> kSigns = {{
    {"!=", Comparison::kUnequal},
    {"<=", Comparison::kLessOrEqual},
    {">=", Comparison::kGreaterOrEqual},
    {"=", Comparison::kEqual},
    {"<", Comparison::kLess},
    {">", Comparison::kGreater},
    {":", Comparison::kHas},
}};

bool IsExpressionSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool IsExpressionControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool BeginsExpressionField(char c) { return c >= 'a' && c <= 'z'; }
bool InExpressionField(char c) {
  return BeginsExpressionField(c) || (c >= '0' && c <= '9') || c == '_' || c == '.';
}
// This says whether the character may occur in a value without quotes; times and resource names need
// no quotes.
bool InBareExpressionValue(char c) {
  return !IsExpressionSpace(c) && !IsExpressionControl(c) &&
         std::string_view("()\"'\\=<>!,").find(c) == std::string_view::npos;
}
bool IsExpressionKeyword(std::string_view word) { return word == "AND" || word == "OR" || word == "NOT"; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  absl::StatusOr<Expression> Whole() {
    SkipSpace();
    if (AtEnd()) return Expression();
    ACCORD_ASSIGN_OR_RETURN(Expression expression, Sequence(0));
    if (!AtEnd()) return Fault("AND, OR or the end is expected");
    return expression;
  }

 private:
  // This parses operands that are joined by one word, AND or OR.
  absl::StatusOr<Expression> Sequence(int depth) {
    ACCORD_ASSIGN_OR_RETURN(Expression first, Unit(depth));
    Expression joined;
    for (;;) {
      const bool is_and = NextIs("AND"), is_or = !is_and && NextIs("OR");
      if (!is_and && !is_or) break;
      const Expression::Kind kind = is_and ? Expression::kAnd : Expression::kOr;
      if (joined.kind == Expression::kAll) {
        joined.kind = kind;
        joined.parts.push_back(std::move(first));
      } else if (joined.kind != kind) {
        return Fault("AND and OR stand side by side: say by parentheses what belongs together");
      }
      Skip(is_and ? 3 : 2);
      ACCORD_ASSIGN_OR_RETURN(Expression next, Unit(depth));
      joined.parts.push_back(std::move(next));
    }
    return joined.kind == Expression::kAll ? std::move(first) : std::move(joined);
  }

  absl::StatusOr<Expression> Unit(int depth) {
    if (depth >= kMostDepth) return Fault(absl::StrCat("more than ", kMostDepth, " levels"));
    if (NextIs("NOT")) {
      Skip(3);
      Expression negated{Expression::kNot};
      ACCORD_ASSIGN_OR_RETURN(Expression part, Unit(depth + 1));
      negated.parts.push_back(std::move(part));
      return negated;
    }
    if (!AtEnd() && text_[at_] == '(') {
      Skip(1);
      ACCORD_ASSIGN_OR_RETURN(Expression inner, Sequence(depth + 1));
      if (AtEnd() || text_[at_] != ')') return Fault("a closing parenthesis is expected");
      Skip(1);
      return inner;
    }
    return Term();
  }

  absl::StatusOr<Expression> Term() {
    if (++terms_ > kMostTerms) return Fault(absl::StrCat("more than ", kMostTerms, " comparisons"));
    Expression term{Expression::kTerm};
    if (AtEnd() || !BeginsExpressionField(text_[at_])) return Fault("the name of a field is expected");
    const std::size_t begin = at_;
    while (!AtEnd() && InExpressionField(text_[at_])) ++at_;
    term.field = std::string(text_.substr(begin, at_ - begin));
    SkipSpace();
    const std::string_view rest = text_.substr(at_);
    for (const auto& [sign, comparison] : kSigns) {
      if (rest.substr(0, sign.size()) != sign) continue;
      Skip(sign.size());
      term.comparison = comparison;
      ACCORD_ASSIGN_OR_RETURN(term.value, Value());
      return term;
    }
    return Fault("one of = != < <= > >= : is expected");
  }

  absl::StatusOr<std::string> Value() {
    if (!AtEnd() && (text_[at_] == '"' || text_[at_] == '\'')) return Quoted(text_[at_]);
    const std::size_t begin = at_;
    while (!AtEnd() && InBareExpressionValue(text_[at_])) ++at_;
    std::string value(text_.substr(begin, at_ - begin));
    if (value.empty() || IsExpressionKeyword(value)) {
      at_ = begin;
      return Fault("a value is expected; text with spaces or signs stands in quotes");
    }
    SkipSpace();
    return value;
  }

  absl::StatusOr<std::string> Quoted(char quote) {
    std::string value;
    for (++at_; !AtEnd(); ++at_) {
      char c = text_[at_];
      if (c == quote) {
        Skip(1);
        return value;
      }
      if (c == '\\') {
        ++at_;
        if (AtEnd() || (text_[at_] != quote && text_[at_] != '\\')) {
          return Fault("after a backslash, the quote or another backslash is expected");
        }
        c = text_[at_];
      }
      if (IsExpressionControl(c)) return Fault("a value holds no control characters");
      value.push_back(c);
    }
    return Fault("the closing quote is missing");
  }

  // This says whether the word is next and is not the beginning of a longer one.
  bool NextIs(std::string_view word) const {
    if (text_.substr(at_, word.size()) != word) return false;
    const std::size_t after = at_ + word.size();
    return after == text_.size() || IsExpressionSpace(text_[after]) || text_[after] == '(';
  }
  bool AtEnd() const { return at_ >= text_.size(); }
  void SkipSpace() {
    while (!AtEnd() && IsExpressionSpace(text_[at_])) ++at_;
  }
  void Skip(std::size_t bytes) {
    at_ += bytes;
    SkipSpace();
  }
  absl::Status Fault(std::string_view what) const {
    return RefuseFields(
        {{"filter", absl::StrCat("cannot be read at byte ", at_ + 1, ": ", std::string(what))}});
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  int terms_ = 0;
};

std::string QuotedExpressionText(std::string_view value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

// This writes a part of a longer expression, in parentheses where it needs them.
std::string WrittenPart(const Expression& part) {
  const bool plain = part.kind == Expression::kTerm || part.kind == Expression::kNot;
  return plain ? Written(part) : absl::StrCat("(", Written(part), ")");
}

}  // namespace

absl::StatusOr<Expression> ParseExpression(std::string_view text) {
  if (text.size() > kMostBytes) {
    return RefuseFields({{"filter", absl::StrCat("is longer than ", kMostBytes, " bytes")}});
  }
  return Parser(text).Whole();
}

std::string_view SignInExpression(Comparison comparison) {
  for (const auto& [sign, each] : kSigns) {
    if (each == comparison) return sign;
  }
  return "=";
}

std::string Written(const Expression& expression) {
  switch (expression.kind) {
    case Expression::kAll:
      return "";
    case Expression::kNot:
      return absl::StrCat("NOT ", WrittenPart(expression.parts.front()));
    case Expression::kTerm:
      return absl::StrCat(expression.field, " ", std::string(SignInExpression(expression.comparison)), " ",
                          QuotedExpressionText(expression.value));
    case Expression::kAnd:
    case Expression::kOr:
      break;
  }
  std::string out;
  for (const Expression& part : expression.parts) {
    if (!out.empty()) absl::StrAppend(&out, expression.kind == Expression::kAnd ? " AND " : " OR ");
    absl::StrAppend(&out, WrittenPart(part));
  }
  return out;
}

}  // namespace accord::listing
