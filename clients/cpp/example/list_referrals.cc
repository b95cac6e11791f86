// This prints the referrals that were sent to the agency, by the settings of a file, which its argument
// names, or of the environment.
#include <accord/client/client.h>
#include <accord/protocols/v1/referral_service.grpc.pb.h>

#include <iostream>

namespace protocols = accord::protocols::v1;
using Referrals = protocols::ReferralService::Stub;

int main(int argc, char** argv) {
  try {
    const accord::client::Client accord = accord::client::Connect(argc > 1 ? argv[1] : "");
    protocols::ListReferralsRequest request;
    request.set_sent_to_us(true);
    for (const protocols::Referral& each :
         accord.All(&Referrals::ListReferrals, request, &protocols::ListReferralsResponse::referrals)) {
      std::cout << each.name() << " " << protocols::ReferralState_Name(each.state()) << "\n";
    }
    return 0;
  } catch (const accord::client::AccordError& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
