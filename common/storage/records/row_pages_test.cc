#include "common/storage/records/row_pages.h"

#include <gmock/gmock.h>

#include "common/testing/matchers.h"

namespace accord::storage {
namespace {

using ::accord::testing::Must;
using ::accord::testing::RefusedBy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RowPages : public ::testing::Test {
 protected:
  absl::StatusOr<RowPage<int>> Page(std::vector<int> all, int size, const std::string& token = "",
                                    const std::string& scope = "numbers") {
    return PageOfRows(tokens_, scope, std::move(all), size, token);
  }

  PageTokens tokens_{std::string(32, 'k')};
};

TEST_F(RowPages, ComeInOrderUntilThereIsNoneLeft) {
  const auto first = Must(Page({1, 2, 3}, 2));
  EXPECT_THAT(first.rows, ElementsAre(1, 2));
  const auto last = Must(Page({1, 2, 3}, 2, first.next_page_token));
  EXPECT_THAT(last.rows, ElementsAre(3));
  EXPECT_THAT(last.next_page_token, IsEmpty());
}

TEST_F(RowPages, OfNothingAreOneThatIsEmpty) {
  const auto only = Must(Page({}, 0));
  EXPECT_THAT(only.rows, IsEmpty());
  EXPECT_THAT(only.next_page_token, IsEmpty());
}

TEST_F(RowPages, TakeNoTokenOfAnotherListAndNoneThatNobodySealed) {
  const auto first = Must(Page({1, 2, 3}, 1));
  EXPECT_THAT(Page({1, 2, 3}, 1, first.next_page_token, "others"), RefusedBy(rules::kPageTokenInvalid));
  EXPECT_THAT(Page({1, 2, 3}, 1, "2"), RefusedBy(rules::kPageTokenInvalid));
  EXPECT_THAT(Page({1, 2, 3}, -1), RefusedBy(rules::kFieldInvalid));
}

TEST_F(RowPages, EndWhereTheDataBecameShorter) {
  const auto first = Must(Page({1, 2, 3}, 2));
  EXPECT_THAT(Must(Page({1}, 2, first.next_page_token)).rows, IsEmpty());
}

}  // namespace
}  // namespace accord::storage
