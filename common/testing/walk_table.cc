// The table has one row for each test and service. Methods that change nobody's record
// (PART_NOBODY) need none: they require only a role, and tests/access_matrix.golden shows it.
#include "common/testing/walk_coverage.h"

namespace accord::testing {

const std::vector<WalkedBy>& WalkTable() {
  static const auto* table = new std::vector<WalkedBy>{
      {"Intelligence.EachChangeOfAReportIsMadeByItsPartInItsState", "accord.intelligence.v1.ReportService",
       "UpdateReportDraft SubmitReport GradeReport SetReportHandling RecallReport ValidateReport"},
      {"BureauWalk.OfADecision", "accord.intelligence.v1.ReportService", "DecideReport"},
      {"BureauWalk.OfAPurge", "accord.intelligence.v1.PurgeService", "ProposeReportPurge ConfirmReportPurge"},
      {"BureauWalk.OfAPosition", "accord.intelligence.v1.PositionService",
       "AdvancePosition AssignPositionPortfolio"},
      {"BureauWalk.OfWhatTheBureauBegins", "accord.intelligence.v1.PositionService", "EstablishPosition"},
      {"BureauWalk.OfWhatTheBureauBegins", "accord.intelligence.v1.MembershipService",
       "SetMembershipCategory"},
      {"BureauWalk.OfWhatTheBureauBegins", "accord.intelligence.v1.DisseminationService",
       "ProposeEmergencyRelease"},
      {"ExchangeWalk.OfAReleaseRequest", "accord.intelligence.v1.DisseminationService",
       "DecideReleaseRequest"},
      {"ExchangeWalk.OfAnEmergencyRelease", "accord.intelligence.v1.DisseminationService",
       "ConfirmEmergencyRelease"},
      {"ExchangeWalk.OfAReportThatIsShared", "accord.intelligence.v1.DisseminationService", "ShareReport"},
      {"ExchangeWalk.OfAnInformationRequest", "accord.intelligence.v1.RequestService",
       "AnswerInformationRequest AcknowledgeInformationRequest AdvanceInformationRequest"},
      {"ExchangeWalk.OfAPurgeNotice", "accord.intelligence.v1.PurgeService", "ConfirmPurgeNotice"},
      {"ExchangeWalk.OfALodgement", "accord.intelligence.v1.DeconflictionService", "CloseLodgement"},
      {"ExchangeWalk.OfAConflict", "accord.intelligence.v1.DeconflictionService", "AcknowledgeConflict"},
      {"ExchangeWalk.OfWhatAServiceBegins", "accord.intelligence.v1.ReportService", "CreateReport"},
      {"ExchangeWalk.OfWhatAServiceBegins", "accord.intelligence.v1.DisseminationService",
       "CreateReleaseRequest"},
      {"ExchangeWalk.OfWhatAServiceBegins", "accord.intelligence.v1.RequestService",
       "CreateInformationRequest"},
      {"ExchangeWalk.OfWhatAServiceBegins", "accord.intelligence.v1.ProductService", "CreateProduct"},
      {"ExchangeWalk.OfWhatAServiceBegins", "accord.intelligence.v1.DeconflictionService", "CreateLodgement"},
      {"ProductWalk.EachChangeOfAProductIsMadeByItsPartInItsState", "accord.intelligence.v1.ProductService",
       "ReviewProduct SanitiseProduct ApproveProduct IssueProduct WithdrawProduct AgreeProduct "
       "WithdrawProductAgreement"},
      {"ProductWalk.BeforeItIsSanitisedItIsTheMakersAlone", "accord.intelligence.v1.ProductService",
       "ReviewProduct SanitiseProduct ApproveProduct IssueProduct WithdrawProduct AgreeProduct "
       "WithdrawProductAgreement"},

      {"ProsecutionWalk.OfACase", "accord.prosecution.v1.CaseService",
       "CorrectCase AssignCrown ReplaceCrown DeclareCaseConflict RecordPublicationBan RecordTestimonialAid "
       "RecordRecordsApplication"},
      {"ProsecutionWalk.OfANoteOnACase", "accord.prosecution.v1.CaseNoteService", "CreateCaseNote"},
      {"ProsecutionWalk.OfAnAccusedWhoIsCharged", "accord.prosecution.v1.AccusedService", "CreateAccused"},
      {"ProsecutionWalk.OfAnAccusedAtEachStage", "accord.prosecution.v1.AccusedService",
       "ChangeAccusedForum BookAccusedTrial RecordAccusedDelay RecordAccusedDelayArgument "
       "RecordAccusedAppearance "
       "RecordAccusedDisposition RecordAccusedSentence RecordAccusedBail RecordAccusedDisclosure "
       "RecordAccusedRecognizance CorrectAccused CorrectAccusedAppearance UndoAccusedStage"},
      {"ProsecutionWalk.OfAnAlertAboutACeiling", "accord.prosecution.v1.AccusedService",
       "AcknowledgeCeilingAlert"},
      {"ProsecutionWalk.OfTheStagesOfAnAccused", "accord.prosecution.v1.AccusedService", "AdvanceAccused"},
      {"ProsecutionWalk.OfALinkBetweenTwoCases", "accord.prosecution.v1.CaseDuplicateService",
       "LinkCaseDuplicate UnlinkCaseDuplicate"},
      {"ProsecutionWalk.OfALink", "accord.prosecution.v1.LinkService",
       "CreateLinkToken RevokeLinkToken WithdrawLinkToken"},
      {"AdviceWalk.OfAdvice", "accord.prosecution.v1.AdviceService", "AnswerAdviceRequest"},
      {"AdviceWalk.OfWhatAnOfficeBegins", "accord.prosecution.v1.AdviceService", "CreateAdviceRequest"},
      {"AdviceWalk.OfWhatAnOfficeBegins", "accord.prosecution.v1.CaseService", "CreateCase"},

      {"PartsWalkTest.OfAReferralFromASocietyToAPoliceService", "accord.protocols.v1.ReferralService",
       "AcknowledgeReferral ScreenReferral CloseReferral RejectReferral RevokeReferral RedirectReferral "
       "CorrectReferral UndoReferralStep ReopenReferral AssignReferral FlagReferral ClearReferralFlag "
       "RecordReferralRiskScreening RecordReferralCommunityNotice RecordReferralAssessment "
       "RecordReferralResponse RecordReferralPlaceOfSafety RecordReferralVoluntaryAgreement "
       "RecordReferralYouthRecord"},
      {"PartsWalkTest.OfAReferralFromAPoliceServiceToASociety", "accord.protocols.v1.ReferralService",
       "AcknowledgeReferral ScreenReferral CloseReferral RejectReferral RevokeReferral RedirectReferral "
       "CorrectReferral UndoReferralStep ReopenReferral AssignReferral FlagReferral ClearReferralFlag "
       "RecordReferralRiskScreening RecordReferralCommunityNotice RecordReferralAssessment "
       "RecordReferralResponse RecordReferralPlaceOfSafety RecordReferralVoluntaryAgreement "
       "RecordReferralYouthRecord"},
      {"PartsWalkTest.OfAProtocol", "accord.protocols.v1.ProtocolService",
       "UpdateProtocol OpenProtocolConsultation OfferProtocolForSignature WithdrawProtocol "
       "DisposeProtocolComment CommentOnProtocol SignProtocol ActivateProtocol ReviewProtocol RenewProtocol "
       "TerminateProtocol UpdateProtocolContacts"},
      {"JointWalk.OfAJointInvestigation", "accord.protocols.v1.JointInvestigationService",
       "PlanJointInvestigation JoinJointInvestigation LeaveJointInvestigation RecordJointInvestigationStep "
       "RecordJointInvestigationDecision ConcludeJointInvestigation"},
      {"JointWalk.OfTheBeginningOfAJointInvestigation", "accord.protocols.v1.JointInvestigationService",
       "CreateJointInvestigation"},
      {"JointWalk.OfANote", "accord.protocols.v1.NoteService", "CreateNote"},
      {"JointWalk.OfAnAttachment", "accord.protocols.v1.AttachmentService",
       "CreateAttachment UploadAttachmentChunk CommitAttachment DiscardAttachment"},
      {"JointWalk.OfADispute", "accord.protocols.v1.DisputeService",
       "EscalateDispute AnswerDispute ResolveDispute"},
      {"JointWalk.OfALinkBetweenReferrals", "accord.protocols.v1.DuplicateService",
       "LinkDuplicate UnlinkDuplicate"},
      {"JointWalk.OfAnInspectorsReferral", "accord.protocols.v1.InspectorReferralService",
       "AcknowledgeInspectorReferral CloseInspectorReferral AssignInspectorReferral"},
      {"JointWalk.OfAnEmergency", "accord.protocols.v1.EmergencyAccessService",
       "ApproveEmergencyAccess EndEmergencyAccess ReviewEmergencyAccess"},
      {"JointWalk.OfAPrivacyAlert", "accord.protocols.v1.PrivacyAlertService", "AcknowledgePrivacyAlert"},
      {"JointWalk.OfALegalHold", "accord.protocols.v1.RetentionService", "PlaceLegalHold LiftLegalHold"},
      {"JointWalk.OfAFilter", "accord.protocols.v1.ReferralService", "DeleteReferralFilter"},
      {"JointWalk.OfWhatAnAgencyBegins", "accord.protocols.v1.ProtocolService", "CreateProtocol"},
      {"JointWalk.OfWhatAnAgencyBegins", "accord.protocols.v1.ReferralService",
       "CreateReferral CreateReferralFilter"},
      {"JointWalk.OfWhatAnAgencyBegins", "accord.protocols.v1.DisputeService", "CreateDispute"},
      {"JointWalk.OfWhatAnAgencyBegins", "accord.protocols.v1.InspectorReferralService",
       "CreateInspectorReferral"},
      {"JointWalk.OfWhatAnAgencyBegins", "accord.protocols.v1.EmergencyAccessService",
       "RequestEmergencyAccess"},

      {"RegistryWalk.OfAnAgency", "accord.registry.v1.RegistryAdminService",
       "UpdateAgency CreateSystem CreateActor SetAgencyDutyContacts"},
      {"RegistryWalk.OfASystem", "accord.registry.v1.RegistryAdminService",
       "SuspendSystem ResumeSystem IssueCertificate"},
      {"RegistryWalk.OfAnActor", "accord.registry.v1.RegistryAdminService",
       "UpdateActor DisableActor EnableActor SetActorDisplayName"},
      {"RegistryWalk.OfAnAccessReviewThatBegins", "accord.registry.v1.AccessReviewService",
       "CreateAccessReview"},
      {"RegistryWalk.OfAnAccessReview", "accord.registry.v1.AccessReviewService",
       "DecideAccessReview SignAccessReview"},
      {"RegistryWalk.OfACertificate", "accord.registry.v1.RegistryAdminService", "RevokeCertificate"},

      {"StrategyWalk.OfAnInitiative", "accord.strategy.v1.InitiativeService",
       "AdvanceInitiative MeetInitiativeMilestone ReportInitiativeDelivery ConfirmInitiativeDelivery "
       "EndInitiative"},
      {"StrategyWalk.OfABill", "accord.strategy.v1.InitiativeService",
       "AdvanceLegislativeInitiative AssentLegislativeInitiative CommenceLegislativeInitiativeSection "
       "RepealLegislativeInitiativeSection"},
      {"StrategyWalk.OfWhatIsEntered", "accord.strategy.v1.InitiativeService",
       "CreateInitiative CreateLegislativeInitiative"},
      {"IndicatorsWalk.OfAnIndicator", "accord.strategy.v1.IndicatorService",
       "ReviseIndicator RetireIndicator"},
      {"IndicatorsWalk.OfAnObservation", "accord.strategy.v1.IndicatorService",
       "ReviseIndicatorObservation SubmitIndicatorObservation VerifyIndicatorObservation "
       "ReturnIndicatorObservation CorrectIndicatorObservation"},
      {"IndicatorsWalk.OfAnAgreement", "accord.strategy.v1.IndicatorService",
       "CreateDataAuthorisation WithdrawDataAuthorisation"},
      {"IndicatorsWalk.OfWhatIsMeasured", "accord.strategy.v1.IndicatorService",
       "CreateIndicator CreateIndicatorObservation"},
      {"EngagementWalk.OfWhomTheOfficeEngaged", "accord.strategy.v1.EngagementService",
       "CreateCoalition AddCoalitionMember EndCoalitionMember LinkOrganisation CreateEngagementRollup "
       "CreateEngagement"},
      {"MoneyWalk.OfAnAllocation", "accord.strategy.v1.MoneyService",
       "CommitAllocation ReduceAllocation CloseAllocation"},
      {"MoneyWalk.OfAContribution", "accord.strategy.v1.MoneyService", "AdvanceContribution"},
      {"MoneyWalk.OfAnEnvelope", "accord.strategy.v1.MoneyService", "SetEnvelopeCeilings"},
      {"MoneyWalk.OfHowMuchSomebodyMayApprove", "accord.strategy.v1.MoneyService",
       "CreateApprovalLimit ReviseApprovalLimit"},
      {"MoneyWalk.OfWhatIsAnnounced", "accord.strategy.v1.MoneyService",
       "CreateEnvelope CreateAllocation CreateContribution"},
      {"ReportsWalk.OfAnEdition", "accord.strategy.v1.ProgressReportService",
       "ReviseProgressReport ConfirmProgressReport ApproveProgressReport PublishProgressReport "
       "RestateProgressReport"},
      {"ReportsWalk.OfWhatTheOfficeBegins", "accord.strategy.v1.ProgressReportService",
       "CreateOfficeRole CreateProgressReport"},
      {"MoneyWalk.OfAPayment", "accord.strategy.v1.MoneyService",
       "ApprovePayment PayPayment FailPayment CancelPayment RequestPaymentReversal "
       "ConfirmPaymentReversal"},
      {"MoneyWalk.OfWhatIsAskedFor", "accord.strategy.v1.MoneyService", "CreatePayment"},
      {"FundingWalk.OfAFund", "accord.strategy.v1.FundingCallService", "RenameFund"},
      {"FundingWalk.OfACall", "accord.strategy.v1.FundingCallService",
       "ReviseFundingCall CoApproveFundingCall WithdrawFundingCallCoApproval PublishFundingCall "
       "ExtendFundingCall CancelFundingCall"},
      {"FundingWalk.OfACallThatIsDecided", "accord.strategy.v1.FundingCallService",
       "BeginFundingCallEvaluation BreakFundingCallTie ConcludeFundingCall ConcurFundingCall "
       "DecideFundingCall ContractFundingCall"},
      {"FundingWalk.OfWhatIsBegun", "accord.strategy.v1.FundingCallService", "CreateFund CreateFundingCall"},
      {"ApplicationWalk.OfAnApplicationToAnOpenCall", "accord.strategy.v1.FundingApplicationService",
       "ReviseFundingApplication SubmitFundingApplication ReopenFundingApplication "
       "WithdrawFundingApplication"},
      {"ApplicationWalk.OfAnApplicationToAClosedCall", "accord.strategy.v1.FundingApplicationService",
       "ScreenFundingApplication ConfirmFundingApplicationIneligible ReviewFundingApplication "
       "ProposeLateFundingApplication AdmitLateFundingApplication"},
      {"ApplicationWalk.OfWhatIsStarted", "accord.strategy.v1.FundingApplicationService",
       "CreateFundingApplication"},
      {"AwardWalk.OfAnApplication", "accord.strategy.v1.FundingAgreementService",
       "ApproveFundingApplication DeclineFundingApplication RefuseFundingAward"},
      {"AwardWalk.OfAnAgreement", "accord.strategy.v1.FundingAgreementService",
       "SignFundingAgreement TakeBackFundingAgreement RecordFundingAgreementReport"},
      {"AwardWalk.OfWhatIsOffered", "accord.strategy.v1.FundingAgreementService", "CreateFundingAgreement"},
      {"AssessmentWalk.OfAnAssessment", "accord.strategy.v1.FundingAssessmentService",
       "SaveFundingAssessment SubmitFundingAssessment ReopenFundingAssessment RecuseFundingAssessment"},
      {"AssessmentWalk.OfAConflict", "accord.strategy.v1.FundingAssessmentService",
       "RuleConflictDeclaration"},
      {"AssessmentWalk.OfWhatThePanelRecommends", "accord.strategy.v1.FundingAssessmentService",
       "CreatePanelDecision RevisePanelDecision"},
      {"AssessmentWalk.OfWhatIsBegun", "accord.strategy.v1.FundingAssessmentService",
       "CreateFundingAssessment CreateConflictDeclaration"},

      {"SupportsWalk.OfACaseThatBegins", "accord.supports.v1.SupportCaseService", "CreateSupportCase"},
      {"SupportsWalk.OfACase", "accord.supports.v1.SupportCaseService",
       "AssignSupportCaseWorker RemoveSupportCaseWorker RecordSupportCaseContact AdvanceSupportCase"},
      {"SupportsWalk.OfWhatASurvivorAgreesTo", "accord.supports.v1.ConsentService",
       "CreateConsent RecordConsentLink WithdrawConsent"},
      {"SupportsWalk.OfADisclosure", "accord.supports.v1.SupportDisclosureService",
       "CreateSupportDisclosure RecordSupportDisclosure"},
      {"SupportsWalk.OfAReferral", "accord.supports.v1.SupportReferralService",
       "SendSupportReferral AdvanceSupportReferral WithdrawSupportReferral"},
      {"TransfersWalk.OfATransfer", "accord.supports.v1.SupportTransferService",
       "OfferSupportTransfer AcceptSupportTransfer"},
      {"CrisisReferralWalk.OfAReferralByPolice", "accord.supports.v1.CrisisReferralService",
       "SendCrisisReferral WithdrawCrisisReferral"},
      {"FacilityWalk.OfAFacility", "accord.supports.v1.FacilityService",
       "CreateFacility ApproveFacility EndFacilityApproval ConcealFacility"},
      {"SurvivorNoticeWalk.OfANotice", "accord.supports.v1.SurvivorNoticeService",
       "PlanSurvivorNotice CloseSurvivorNotice"},
      {"OrdersWalk.OfAnOrderThatBegins", "accord.supports.v1.RestrainingOrderService",
       "PrepareRestrainingOrder"},
      {"OrdersWalk.OfAnOrder", "accord.supports.v1.RestrainingOrderService",
       "CorrectRestrainingOrder AdvanceRestrainingOrder GrantRestrainingOrder EntrustRestrainingOrder "
       "ServeRestrainingOrder ExtendRestrainingOrder VaryRestrainingOrder AppealRestrainingOrder"},
      {"OrdersWalk.OfALookup", "accord.supports.v1.OrderLookupService", "CreateOrderLookup"},
      {"CrisisPartnerWalk.OfAPartner", "accord.supports.v1.CrisisPartnerService",
       "CreateCrisisPartner EndCrisisPartner"},
      {"WorkerPositionWalk.OfAPosition", "accord.supports.v1.WorkerPositionService",
       "CreateWorkerPosition AdvanceWorkerPosition"},
      {"BenefitWalk.OfAClaimThatBegins", "accord.supports.v1.BenefitClaimService", "RequestBenefitClaim"},
      {"BenefitWalk.OfAClaim", "accord.supports.v1.BenefitClaimService",
       "CompleteBenefitClaim DecideBenefitClaim ReviewBenefitClaim ApproveBenefitClaim DeliverBenefitClaim "
       "CancelBenefitClaim"},
      {"BenefitWalk.OfAPayment", "accord.supports.v1.BenefitPaymentService",
       "PayBenefitPayment SendBackBenefitPayment ReverseBenefitPayment ConfirmBenefitReversal "
       "CancelBenefitReversal"},
      {"BenefitWalk.OfAFundLine", "accord.supports.v1.FundLineService", "CreateFundLine ReviseFundLine"},

      {"TrainingWalk.OfACourse", "accord.training.v1.CourseService", "AdvanceCourse ReviseCourse"},
      {"TrainingWalk.OfACourse", "accord.training.v1.OfferingService", "CreateOffering"},
      {"TrainingWalk.OfAnOffering", "accord.training.v1.OfferingService",
       "AdvanceOffering CreateEnrolment ReplaceOfferingInstructor"},
      {"TrainingWalk.OfAnEnrolment", "accord.training.v1.OfferingService",
       "WithdrawEnrolment RecordEnrolmentAttendance RecordEnrolmentAssessment CompleteEnrolment"},
      {"TrainingWalk.OfAnEnrolment", "accord.training.v1.CertificateService", "IssueCompletionCertificate"},
      {"TrainingWalk.OfACertificate", "accord.training.v1.CertificateService", "RevokeCompletionCertificate"},
      {"TrainingWalk.OfAnImport", "accord.training.v1.CompletionService", "AppendImport FinishImport"},
      {"OwnersWalk.OfATrainingModel", "accord.training.v1.CourseService", "AdvanceTrainingModel"},
      {"OwnersWalk.OfWhatAnOwnerBegins", "accord.training.v1.CourseService",
       "CreateCourse CreateIndicatorList CreateTrainingModel CreateAttestation"},
      {"OwnersWalk.OfWhatAnOwnerBegins", "accord.training.v1.CompletionService", "CreateImport"},
      {"OwnersWalk.OfWhatAnOwnerBegins", "accord.training.v1.CompletionCorrectionService",
       "CorrectCompletion"},
      {"OwnersWalk.OfWhatAnOwnerBegins", "accord.training.v1.ObservationService", "CreateObservation"},

      {"IntelligenceSeparations.AreOfTwoPeople", kTwoPeople,
       "GRADED_BY_SUBMITTER SUBMITTED_BY_GRADER APPROVER_NOT_INDEPENDENT PURGE_NEEDS_TWO "
       "EMERGENCY_NEEDS_TWO"},
      {"ProsecutionSeparations.AreOfTwoPeople", kTwoPeople, "CONFLICT_RECORDED SAME_PERSON"},
      {"ProtocolSeparations.AreOfTwoPeople", kTwoPeople, "TWO_PEOPLE REVIEWER_INVOLVED SAME_PERSON"},
      {"RegistrySeparations.AreOfTwoPeople", kTwoPeople, "REVIEW_SIGNED_BY_DECIDER"},
      {"StrategySeparations.AreOfTwoPeople", kTwoPeople,
       "COMMITTED_BY_PLANNER PUBLISHED_BY_APPROVER SAME_PERSON"},
      {"SupportSeparations.AreOfTwoPeople", kTwoPeople,
       "THREE_PEOPLE REVIEWED_BY_DECIDER REVERSAL_NEEDS_TWO SAME_PERSON"},
      {"TrainingSeparations.AreOfTwoPeople", kTwoPeople, "ISSUED_BY_MARKER"},
  };
  return *table;
}

}  // namespace accord::testing
