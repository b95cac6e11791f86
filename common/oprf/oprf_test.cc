#include "common/oprf/oprf.h"

#include <gmock/gmock.h>

#include <random>
#include <set>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/base/ids.h"
#include "common/oprf/hash_to_curve.h"
#include "common/testing/matchers.h"

namespace accord::oprf {
namespace {

std::string Unhex(const std::string& hex) { return absl::HexStringToBytes(hex); }

// These vectors are from RFC 9380, appendix J.1.1.
struct CurveVector {
  std::string message, x, y;
};

TEST(HashToCurve, GivesTheVectorsOfRfc9380) {
  const std::vector<CurveVector> vectors = {
      {"", "2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4",
       "8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415"},
      {"abc", "0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f",
       "5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e"},
      {"abcdef0123456789", "65038ac8f2b1def042a5df0b33b1f4eca6bff7cb0f9c6c1526811864e544ed80",
       "cad44d40a656e7aff4002a8de287abc8ae0482b5ae825822bb870d6df9b56ca3"}};
  for (const auto& vector : vectors) {
    const Point point = HashToCurve(vector.message, "QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_");
    const Number x = NewNumber(), y = NewNumber();
    ASSERT_EQ(EC_POINT_get_affine_coordinates(Group(), point.get(), x.get(), y.get(), Scratch()), 1);
    EXPECT_EQ(BN_cmp(x.get(), NumberOf(Unhex(vector.x)).get()), 0) << vector.message;
    EXPECT_EQ(BN_cmp(y.get(), NumberOf(Unhex(vector.y)).get()), 0) << vector.message;
  }
}

// These values are from RFC 9497, appendix A.3.1.
constexpr char kKey[] = "159749d750713afe245d2d39ccfaae8381c53ce92d098a9375ee70739c7ac0bf";
constexpr char kBlind[] = "3338fa65ec36e0290022b48eb562889d89dbfa691d1cde91517fa222ed7ad364";

TEST(Oprf, DerivesTheKeyOfRfc9497) {
  EXPECT_EQ(Hex(Scalar::Derive(std::string(32, '\xa3'), "test key").ToBytes()), kKey);
}

struct OprfVector {
  std::string input, blinded, evaluated, output;
};

// This is Finalize of the RFC, section 3.3.1.
std::string Finalize(const std::string& input, const std::string& unblinded) {
  const auto length = [](std::size_t size) { return std::string({'\0', static_cast<char>(size)}); };
  return Sha256(absl::StrCat(length(input.size()), input, length(unblinded.size()), unblinded, "Finalize"));
}

TEST(Oprf, GivesTheVectorsOfRfc9497) {
  const std::vector<OprfVector> vectors = {
      {"00", "03723a1e5c09b8b9c18d1dcbca29e8007e95f14f4732d9346d490ffc195110368d",
       "030de02ffec47a1fd53efcdd1c6faf5bdc270912b8749e783c7ca75bb412958832",
       "a0b34de5fa4c5b6da07e72af73cc507cceeb48981b97b7285fc375345fe495dd"},
      {"5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
       "03cc1df781f1c2240a64d1c297b3f3d16262ef5d4cf102734882675c26231b0838",
       "03a0395fe3828f2476ffcd1f4fe540e5a8489322d398be3c4e5a869db7fcb7c52c",
       "c748ca6dd327f0ce85f4ae3a8cd6d4d5390bbb804c9e12dcf94f853fece3dcce"}};
  const Scalar key = *Scalar::FromBytes(Unhex(kKey)), blind = *Scalar::FromBytes(Unhex(kBlind));
  for (const auto& vector : vectors) {
    const std::string input = Unhex(vector.input);
    const auto blinded = Multiply(blind, HashToGroup(input));
    EXPECT_EQ(Hex(*blinded), vector.blinded);
    const auto evaluated = Evaluate(key, *blinded);
    EXPECT_EQ(Hex(*evaluated), vector.evaluated);
    EXPECT_EQ(Hex(Finalize(input, *Unblind(blind, *evaluated))), vector.output);
  }
}

TEST(Oprf, UnblindsToTheSameWhateverTheBlind) {
  const Scalar key = Scalar::Random();
  std::set<std::string> blinded, unblinded;
  for (int i = 0; i < 20; ++i) {
    const Blinded each = Blind("phone:+14165550199");
    blinded.insert(each.element);
    unblinded.insert(*Unblind(each.blind, *Evaluate(key, each.element)));
  }
  EXPECT_EQ(blinded.size(), 20u);
  EXPECT_EQ(unblinded, std::set<std::string>{*Multiply(key, HashToGroup("phone:+14165550199"))});
}

TEST(Oprf, CarriesAnElementFromOneKeyToAnother) {
  for (int i = 0; i < 20; ++i) {
    const std::string input = absl::StrCat("target ", i);
    const Scalar from = Scalar::Random(), to = Scalar::Random();
    const auto carried = Multiply(to * from.Inverse(), *Multiply(from, HashToGroup(input)));
    EXPECT_EQ(*carried, *Multiply(to, HashToGroup(input)));
  }
}

TEST(Oprf, TakesNothingButPointsOfTheGroup) {
  const Scalar key = Scalar::Random();
  const std::string good = HashToGroup("x");
  ASSERT_OK(Multiply(key, good));
  std::string uncompressed(65, '\0');
  const auto point = Decode(good);
  EC_POINT_point2oct(Group(), point->get(), POINT_CONVERSION_UNCOMPRESSED,
                     reinterpret_cast<unsigned char*>(uncompressed.data()), 65, nullptr);
  // These are both encodings of the identity, and wrong lengths, forms and coordinates.
  for (const std::string& bad :
       {std::string(), std::string(1, '\0'), std::string(33, '\0'), good.substr(0, 32), good + "x",
        uncompressed, "\x04" + good.substr(1), "\x05" + good.substr(1), "\x02" + std::string(32, '\xff')}) {
    EXPECT_EQ(Multiply(key, bad).status().code(), absl::StatusCode::kInvalidArgument) << Hex(bad);
  }
  // About half of all x coordinates have no point on the curve.
  std::mt19937 random(7);
  int points = 0;
  for (int i = 0; i < 200; ++i) {
    std::string bytes(33, '\x02');
    for (std::size_t j = 1; j < bytes.size(); ++j) bytes[j] = static_cast<char>(random());
    points += Multiply(key, bytes).ok();
  }
  EXPECT_GT(points, 60);
  EXPECT_LT(points, 140);
}

TEST(Scalar, IsFromOneToTheOrderLessOne) {
  std::string order(32, '\0');
  BN_bn2binpad(Order(), reinterpret_cast<unsigned char*>(order.data()), 32);
  const auto no_scalar =
      accord::testing::FailsWith(absl::StatusCode::kInvalidArgument, "not a scalar of P-256");
  EXPECT_THAT(Scalar::FromBytes(order).status(), no_scalar);
  EXPECT_THAT(Scalar::FromBytes(std::string(32, '\0')).status(), no_scalar);
  EXPECT_THAT(Scalar::FromBytes(std::string(31, '\1')).status(), no_scalar);
  --order.back();
  const auto last = Scalar::FromBytes(order);
  ASSERT_OK(last);
  // The order minus 1 is -1, which is its own inverse.
  EXPECT_EQ(last->Inverse().ToBytes(), order);
  EXPECT_EQ((*last * *last).ToBytes(), std::string(31, '\0') + "\1");
}

}  // namespace
}  // namespace accord::oprf
