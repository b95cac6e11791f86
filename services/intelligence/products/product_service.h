// These are the handlers of ProductService: a product reaches nobody whom its reports may not reach
// (docs/domain.md 3.3).
#ifndef ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_SERVICE_H_
#define ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_SERVICE_H_

#include <string>
#include <vector>

#include "accord/intelligence/v1/product_service.pb.h"
#include "common/host/calls/handlers.h"
#include "services/intelligence/report_checks.h"
#include "services/intelligence/sharing/originator_control.h"

namespace accord::intelligence {

class ProductService {
 public:
  ProductService(const storage::PageTokens* tokens, const v1::RuleSet* rules)
      : reports_("report", tokens),
        report_copies_("report_copy", tokens),
        products_("product", tokens),
        copies_("product_copy", tokens),
        control_(tokens, rules),
        rules_(rules) {}
  void Register(host::Handlers* handlers);

 private:
  using Tx = storage::Transaction;
  using Write = storage::Write;
  using Result = absl::StatusOr<v1::Product>;

  Result Create(host::Call&, Tx&, const Write&, const v1::CreateProductRequest&);
  Result Get(host::Call&, Tx&, const v1::GetProductRequest&);
  absl::StatusOr<v1::ListProductsResponse> List(host::Call&, Tx&, const v1::ListProductsRequest&);
  Result Review(host::Call&, Tx&, const Write&, const v1::ReviewProductRequest&);
  Result Sanitise(host::Call&, Tx&, const Write&, const v1::SanitiseProductRequest&);
  Result Agree(host::Call&, Tx&, const Write&, const v1::AgreeProductRequest&);
  Result WithdrawAgreement(host::Call&, Tx&, const Write&, const v1::WithdrawProductAgreementRequest&);
  Result Approve(host::Call&, Tx&, const Write&, const v1::ApproveProductRequest&);
  Result Issue(host::Call&, Tx&, const Write&, const v1::IssueProductRequest&);
  Result Withdraw(host::Call&, Tx&, const Write&, const v1::WithdrawProductRequest&);
  absl::StatusOr<v1::ProductCopy> GetCopy(host::Call&, Tx&, const v1::GetProductCopyRequest&);
  absl::StatusOr<v1::ListProductCopiesResponse> ListCopies(host::Call&, Tx&,
                                                           const v1::ListProductCopiesRequest&);
  absl::StatusOr<v1::ExportProductBundleResponse> Export(host::Call&, Tx&,
                                                         const v1::ExportProductBundleRequest&);

  // This gives the product with the transition of `event` applied, if its state permits the event.
  Result Open(host::Call&, Tx&, const std::string& name, const std::string& event);
  Result Keep(host::Call&, Tx&, const Write&, const std::string& etag, v1::Product);
  // This gives what a viewer may read of a product. A maker that lost access to an input no longer reads what
  // it made from it.
  Result ReadableBy(Tx&, v1::Product, const std::string& viewer, absl::Time now);
  // This gives a product in a state that permits `event`.
  Result OpenForAgreement(host::Call&, Tx&, const std::string& name, const std::string& event);
  // This says what a purged input does to a sanitised text: the text stands if it was issued already, and
  // ends if it was not.
  enum class Purged { kStands, kEnds };
  // This fails with REPORT_NOT_ACTIVE unless every input was admitted and is in use now.
  absl::Status CheckInputsStand(Tx&, const v1::Product&, absl::Time now, Purged);
  // This gives the same decision as a bool, for readers.
  absl::StatusOr<bool> InputsStand(Tx&, const v1::Product&, absl::Time now);
  // This gives the inputs of the product. It fails with NOT_FOUND unless the maker has all of them, and with
  // REPORT_NOT_ACTIVE unless all are in use.
  absl::StatusOr<std::vector<v1::Report>> Inputs(Tx&, const v1::Product&, absl::Time now);
  // This gives the recalled inputs that the maker would be able to read if they had not been recalled.
  absl::StatusOr<std::vector<std::string>> RecalledInputs(Tx&, const v1::Product&, absl::Time now);
  // This fails with REPORT_NOT_ACTIVE if there are recalled inputs, so that the maker learns what became of
  // its input.
  absl::Status CheckNoneRecalled(Tx&, const v1::Product&, absl::Time now);
  // This refuses a handling that is looser than that of an input, with PRODUCT_LOOSER_THAN_INPUT.
  absl::Status CheckHandling(Tx&, const v1::Product&, absl::Time now);
  // This requires that a sanitised text names no source and none of the victims of its inputs.
  absl::Status CheckSanitised(Tx&, const v1::Product&, absl::Time now);
  // This says whether an agency may have the product now, and refuses with PRODUCT_HANDLING_FORBIDS,
  // NO_RELEASE or SANITISED_ONLY. A sanitised text is refused with AGREEMENT_MISSING unless every originator
  // still agrees to it. When the product is issued, the answer is for its maker, and so it does not depend on
  // who holds an input by somebody else's hand.
  enum class Moment { kIssue, kReading };
  absl::Status CheckRecipient(Tx&, const v1::Product&, const std::string& agency, Moment, absl::Time now);
  // Logs, for each originator, that the product disclosed what its report says, sanitised or not.
  absl::Status LogDisclosures(host::Call&, Tx&, const v1::Product&, const v1::ProductCopy&, const Write&);
  // This fills in what the recipient reads, if it may have it now.
  absl::StatusOr<bool> FillReadable(Tx&, v1::ProductCopy*, absl::Time now);

  storage::Resources reports_;
  storage::Resources report_copies_;
  storage::Resources products_;
  storage::Resources copies_;
  OriginatorControl control_;
  const v1::RuleSet* rules_;
};

}  // namespace accord::intelligence

#endif  // ACCORD_SERVICES_INTELLIGENCE_PRODUCTS_PRODUCT_SERVICE_H_
