// tests/policy/rules_catalogue.py --write makes this file of common/base/rules.textproto.

// clang-format off
#include "common/base/rules.h"

#include <algorithm>
#include <array>

namespace accord::rules {

constinit const Rule kActorsTooMany = {
    "ACTORS_TOO_MANY", absl::StatusCode::kFailedPrecondition, false,
    "The agency has registered as many people as it may. Ask the coordination office to raise the number.",
    "L'organisme a inscrit le nombre maximal de personnes. Demandez au bureau de coordination d'augmenter"
    " ce nombre."};
constinit const Rule kActorNotRegistered = {
    "ACTOR_NOT_REGISTERED", absl::StatusCode::kPermissionDenied, false,
    "The call names nobody who is registered and active at the agency. Name a registered, active person "
    "of your agency in the header accord-actor.",
    "L'appel ne nomme aucune personne inscrite et active de l'organisme. Nommez une personne inscrite et "
    "active de votre organisme dans l'en-tête accord-actor."};
constinit const Rule kActSectionUnknown = {
    "ACT_SECTION_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The record of the bill lists no such section. Write the section as the record lists it.",
    "La fiche du projet de loi ne contient pas cet article. Écrivez l'article comme il figure dans la "
    "fiche."};
constinit const Rule kAddendumSignatories = {
    "ADDENDUM_SIGNATORIES", absl::StatusCode::kFailedPrecondition, false,
    "A signatory of the addendum has not signed the protocol that it adds to. Name only signatories of "
    "the parent protocol.",
    "Un signataire de l'avenant n'a pas signé le protocole que cet avenant complète. Ne nommez que des "
    "signataires du protocole principal."};
constinit const Rule kAddressInText = {
    "ADDRESS_IN_TEXT", absl::StatusCode::kInvalidArgument, false,
    "A text has in it what looks like the address of a place. Accord keeps none, so that no survivor is "
    "found by it. Say it in other words; whoever has to know the place is told it in another way.",
    "Un texte contient ce qui semble être l'adresse d'un lieu. Accord n'en garde aucune, afin que "
    "personne ne soit retrouvé par elle. Dites-le autrement; on indique le lieu par un autre moyen à qui "
    "doit le connaître."};
constinit const Rule kAddressMalformed = {
    "ADDRESS_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "The gateway's address is not a host and a port. Give it as HOST:PORT, for example "
    "accord.example.org:7400.",
    "L'adresse de la passerelle n'est pas formée d'un hôte et d'un port. Indiquez-la sous la forme "
    "HÔTE:PORT, par exemple accord.example.org:7400."};
constinit const Rule kAddressUnknown = {
    "ADDRESS_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "There is no host of the name in the gateway's address. Correct the address of the context.",
    "Aucun hôte ne porte le nom indiqué dans l'adresse de la passerelle. Corrigez l'adresse du contexte."};
constinit const Rule kAgencyBusy = {
    "AGENCY_BUSY", absl::StatusCode::kResourceExhausted, true,
    "Too many calls of the agency wait at the service. Try again after the time that the answer names.",
    "Trop d'appels de l'organisme attendent auprès du service. Réessayez après le délai indiqué dans la "
    "réponse."};
constinit const Rule kAgencyKindNotPermitted = {
    "AGENCY_KIND_NOT_PERMITTED", absl::StatusCode::kPermissionDenied, false,
    "Agencies of this kind may not call the method. See which kinds may with `accordctl access explain`.",
    "Les organismes de ce type ne peuvent pas appeler cette méthode. Consultez les types autorisés avec "
    "`accordctl access explain`."};
constinit const Rule kAgencyNotAdmitted = {
    "AGENCY_NOT_ADMITTED", absl::StatusCode::kInvalidArgument, false,
    "The named agency is not admitted on this day. Name an agency that is admitted today.",
    "L'organisme nommé n'est pas admis à cette date. Nommez un organisme admis aujourd'hui."};
constinit const Rule kAgencyNotCurrent = {
    "AGENCY_NOT_CURRENT", absl::StatusCode::kFailedPrecondition, false,
    "The agency for which a certificate is asked does not exist as such today. Correct the agency's dates"
    " in the registry first.",
    "L'organisme pour lequel un certificat est demandé n'existe pas à ce titre aujourd'hui. Corrigez "
    "d'abord les dates de l'organisme dans le registre."};
constinit const Rule kAgencyNotValid = {
    "AGENCY_NOT_VALID", absl::StatusCode::kPermissionDenied, false,
    "The calling agency is not admitted on this day. Ask the coordination office for the dates of your "
    "admission.",
    "L'organisme appelant n'est pas admis à cette date. Demandez au bureau de coordination les dates de "
    "votre admission."};
constinit const Rule kAgencyOfOtherKind = {
    "AGENCY_OF_OTHER_KIND", absl::StatusCode::kInvalidArgument, false,
    "The named agency is of another kind than the field takes. Name an agency of a kind that the field's "
    "description lists.",
    "L'organisme nommé est d'un autre type que ceux que le champ accepte. Nommez un organisme d'un type "
    "que la description du champ énumère."};
constinit const Rule kAgencyUnknown = {
    "AGENCY_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The register holds no agency of the given name. Correct the name: `accordctl agency list` shows "
    "those that exist.",
    "Le registre ne contient aucun organisme de ce nom. Corrigez le nom : `accordctl agency list` énumère"
    " ceux qui existent."};
constinit const Rule kAgeBand = {
    "AGE_BAND", absl::StatusCode::kFailedPrecondition, false,
    "The measure is for a person aged 16 or 17 only. Correct the age band of a new referral, or choose "
    "another measure.",
    "Cette mesure vise seulement une personne de 16 ou 17 ans. Corrigez la tranche d'âge dans un nouvel "
    "aiguillage ou choisissez une autre mesure."};
constinit const Rule kAgeBandContradictsBirthDate = {
    "AGE_BAND_CONTRADICTS_BIRTH_DATE", absl::StatusCode::kInvalidArgument, false,
    "On the day of the event a person born on the given day is in another age band. Correct the date of "
    "birth or the age band.",
    "À la date de l'événement, une personne née à la date indiquée appartient à une autre tranche d'âge. "
    "Corrigez la date de naissance ou la tranche d'âge."};
constinit const Rule kAgreementChanged = {
    "AGREEMENT_CHANGED", absl::StatusCode::kFailedPrecondition, false,
    "The text that was to be signed is not that of the agreement. Read the agreement again, and sign what"
    " it says.",
    "Le texte à signer n'est pas celui de l'entente. Relisez l'entente et signez ce qu'elle prévoit."};
constinit const Rule kAgreementMissing = {
    "AGREEMENT_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "An originator whose agreement to the sanitised text is needed has not given it, or the caller has "
    "none to give. Let each originator agree to the text as it is now.",
    "Un organisme d'origine n'a pas donné son accord sur le texte expurgé, alors qu'il est nécessaire, ou"
    " l'appelant n'a aucun accord à donner. Obtenez l'accord de chaque organisme d'origine sur le texte "
    "actuel."};
constinit const Rule kAgreementNotInForce = {
    "AGREEMENT_NOT_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "On the day on which the agreement starts the law knew no such agreement. Correct starts_on.",
    "À la date de début de l'entente, la loi ne prévoyait pas ce type d'entente. Corrigez starts_on."};
constinit const Rule kAgreementTooLong = {
    "AGREEMENT_TOO_LONG", absl::StatusCode::kInvalidArgument, false,
    "The agreement, with its renewals, lasts longer than the law lets it. Choose an end by the time that "
    "the youth is 18.",
    "L'entente et ses renouvellements durent plus longtemps que la loi ne le permet. Choisissez une fin "
    "au plus tard aux 18 ans du jeune."};
constinit const Rule kAidNotConsidered = {
    "AID_NOT_CONSIDERED", absl::StatusCode::kFailedPrecondition, false,
    "No testimonial aid was considered for a vulnerable witness. Record first that an aid was considered.",
    "Aucune mesure d'aide au témoignage n'a été envisagée pour un témoin vulnérable. Consignez d'abord "
    "qu'une mesure d'aide a été envisagée."};
constinit const Rule kAlreadyAnswered = {
    "ALREADY_ANSWERED", absl::StatusCode::kFailedPrecondition, false,
    "The advice was given before, and it is given once. Read the advice; the police service may ask "
    "again.",
    "L'avis a déjà été donné et il ne l'est qu'une fois. Lisez l'avis; le service de police peut "
    "présenter une nouvelle demande."};
constinit const Rule kAlreadyDisposed = {
    "ALREADY_DISPOSED", absl::StatusCode::kFailedPrecondition, false,
    "The count has its disposition already. Read the accused's record again.",
    "Une décision a déjà été rendue sur ce chef d'accusation. Relisez le dossier de la personne accusée."};
constinit const Rule kAlreadyEnrolled = {
    "ALREADY_ENROLLED", absl::StatusCode::kFailedPrecondition, false,
    "The learner is enrolled in the offering, or waits for a place, already. Use the enrolment that there"
    " is.",
    "La personne est déjà inscrite à cette séance ou sur sa liste d'attente. Utilisez l'inscription "
    "existante."};
constinit const Rule kAlreadyExists = {
    "ALREADY_EXISTS", absl::StatusCode::kAlreadyExists, false,
    "There is a record of this name already. Read what is there, or choose another id.",
    "Un enregistrement de ce nom existe déjà. Lisez l'enregistrement existant ou choisissez un autre "
    "identifiant."};
constinit const Rule kAlreadyHeld = {
    "ALREADY_HELD", absl::StatusCode::kFailedPrecondition, false,
    "The agency holds the record already. Release the hold that there is, or let it stand.",
    "L'organisme conserve déjà ce dossier aux fins d'une obligation légale. Levez la mesure existante ou "
    "laissez-la en vigueur."};
constinit const Rule kAlreadyInForce = {
    "ALREADY_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "A protocol of this kind is in force between two of these parties on the same territory. Review that "
    "protocol, and name it in supersedes.",
    "Un protocole de ce genre est en vigueur entre deux de ces parties sur le même territoire. Faites "
    "l'examen de ce protocole et nommez-le dans supersedes."};
constinit const Rule kAlreadyLodged = {
    "ALREADY_LODGED", absl::StatusCode::kFailedPrecondition, false,
    "The officer has an open lodgement of this target in a window that overlaps, and its conflicts are "
    "told. Let the lodgement that the answer names stand, or close it and lodge anew; lodge a time "
    "outside it by itself.",
    "L'agent a déjà un dépôt ouvert de cette cible pour une période qui chevauche celle-ci. Gardez le "
    "dépôt nommé dans la réponse, ou fermez-le et déposez de nouveau; déposez à part toute autre période."};
constinit const Rule kAlreadyMember = {
    "ALREADY_MEMBER", absl::StatusCode::kFailedPrecondition, false,
    "The person is on the team already. Choose another person.",
    "Cette personne fait déjà partie de l'équipe. Choisissez une autre personne."};
constinit const Rule kAlreadyOpened = {
    "ALREADY_OPENED", absl::StatusCode::kFailedPrecondition, false,
    "The referral names its joint investigation already. Go on with that investigation.",
    "L'aiguillage nomme déjà son enquête conjointe. Poursuivez cette enquête."};
constinit const Rule kAlreadyRecorded = {
    "ALREADY_RECORDED", absl::StatusCode::kFailedPrecondition, false,
    "The record says this already, and it is recorded once. Read the record again.",
    "Le dossier l'indique déjà, et cela n'est consigné qu'une fois. Relisez le dossier."};
constinit const Rule kAlreadySigned = {
    "ALREADY_SIGNED", absl::StatusCode::kFailedPrecondition, false,
    "The agency has signed or renewed this text already. Nothing is left for the agency to do here.",
    "L'organisme a déjà signé ou renouvelé ce texte. Il ne reste rien à faire ici pour l'organisme."};
constinit const Rule kAmountInvalid = {
    "AMOUNT_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The amount is not above 0, is larger than any amount may be, or is not less than what it reduces. "
    "Correct the amount, and leave it out if nobody stated it.",
    "Le montant n'est pas supérieur à 0, dépasse tout montant permis ou n'est pas inférieur à celui qu'il"
    " réduit. Corrigez le montant ou omettez-le si personne ne l'a indiqué."};
constinit const Rule kAnswerExpired = {
    "ANSWER_EXPIRED", absl::StatusCode::kFailedPrecondition, false,
    "The same request was carried out before, and its answer is no longer kept. Read what the request "
    "changed.",
    "La même demande a déjà été exécutée et sa réponse n'est plus conservée. Lisez ce que la demande a "
    "modifié."};
constinit const Rule kAnswerMissing = {
    "ANSWER_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "A criterion of the call has no answer. Answer each criterion, and submit then.",
    "Un critère de l'appel est resté sans réponse. Répondez à chaque critère avant de présenter la "
    "demande."};
constinit const Rule kAnswerNamesTooMuch = {
    "ANSWER_NAMES_TOO_MUCH", absl::StatusCode::kResourceExhausted, false,
    "The answer names more records than one record of the audit log holds. Ask for a smaller page.",
    "La réponse nomme plus d'enregistrements qu'une entrée du journal d'audit ne peut en contenir. "
    "Demandez une page plus petite."};
constinit const Rule kAppearanceUnknown = {
    "APPEARANCE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The accused has no appearance at this position. Give a position in appearances, from 0.",
    "La personne accusée n'a aucune comparution à cette position. Indiquez une position dans appearances,"
    " à partir de 0."};
constinit const Rule kApplicantNotEligible = {
    "APPLICANT_NOT_ELIGIBLE", absl::StatusCode::kFailedPrecondition, false,
    "Organisations of this kind may not apply to the call. Read which kinds of organisations the call is "
    "for.",
    "Les organismes de ce type ne peuvent pas répondre à l'appel. Consultez les types d'organismes visés "
    "par l'appel."};
constinit const Rule kApprovalLimitExceeded = {
    "APPROVAL_LIMIT_EXCEEDED", absl::StatusCode::kPermissionDenied, false,
    "The amount is above what the person may approve, commit or pay at once, or above what whoever "
    "approved it may approve by now. Have somebody do this whose limit is high enough; a payment that was"
    " approved is cancelled and asked for again.",
    "Le montant dépasse ce que la personne peut approuver, engager ou payer en une fois, ou ce que peut "
    "approuver désormais la personne qui l'a approuvé. Confiez cet acte à une personne dont la limite est"
    " suffisante; un paiement approuvé est annulé et demandé de nouveau."};
constinit const Rule kApproverNotIndependent = {
    "APPROVER_NOT_INDEPENDENT", absl::StatusCode::kPermissionDenied, false,
    "The approver wrote the product, or sanitised it. Let somebody approve who did neither.",
    "La personne qui approuve a rédigé ou expurgé le produit. Faites approuver par quelqu'un qui n'a fait"
    " ni l'un ni l'autre."};
constinit const Rule kAssessmentMissing = {
    "ASSESSMENT_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The course has an assessment, and none is recorded for the learner. Record the assessment first.",
    "Le cours comporte une évaluation et aucune n'est consignée pour cette personne. Consignez d'abord "
    "l'évaluation."};
constinit const Rule kAssignmentAbsent = {
    "ASSIGNMENT_ABSENT", absl::StatusCode::kInvalidArgument, false,
    "The Crown who is to be replaced has no assignment in the case that lasts. Read the case again, and "
    "name a Crown who is assigned.",
    "Le procureur à remplacer n'a aucune affectation en cours dans ce dossier. Relisez le dossier et "
    "nommez un procureur qui y est affecté."};
constinit const Rule kAttachmentsOfAgency = {
    "ATTACHMENTS_OF_AGENCY", absl::StatusCode::kResourceExhausted, false,
    "The files of the caller's agency have as many bytes as it may attach. Discard attachments that never"
    " became whole, or ask the operator for more.",
    "Les fichiers de l'organisme de l'appelant ont autant d'octets qu'il peut en joindre. Supprimez les "
    "pièces jointes restées incomplètes ou demandez-en davantage à l'exploitant."};
constinit const Rule kAttachmentDigest = {
    "ATTACHMENT_DIGEST", absl::StatusCode::kFailedPrecondition, false,
    "What has arrived of a file has another digest than the one that is named. Discard the attachment, "
    "and send the file anew.",
    "Ce qui est arrivé d'un fichier a une autre empreinte que celle qui est indiquée. Supprimez la pièce "
    "jointe et envoyez de nouveau le fichier."};
constinit const Rule kAttachmentIncomplete = {
    "ATTACHMENT_INCOMPLETE", absl::StatusCode::kFailedPrecondition, false,
    "Not all of the attached file has arrived. Send the rest of the file, from `received` on.",
    "La pièce jointe n'est pas arrivée en entier. Envoyez le reste du fichier à partir de `received`."};
constinit const Rule kAttachmentTooLarge = {
    "ATTACHMENT_TOO_LARGE", absl::StatusCode::kInvalidArgument, false,
    "The file is larger than what may be attached. Attach less, or leave the file in the evidence system "
    "and give its digest and reference.",
    "Le fichier est plus grand que ce qui peut être joint. Joignez-en moins, ou laissez le fichier dans "
    "le système des éléments de preuve et donnez son empreinte et sa référence."};
constinit const Rule kAttachmentType = {
    "ATTACHMENT_TYPE", absl::StatusCode::kInvalidArgument, false,
    "By its own bytes the file is of a type that is not taken, such as a picture or a video. Leave the "
    "file in the evidence system, and give its digest and reference.",
    "D'après ses propres octets, le fichier est d'un type qui n'est pas accepté, comme une image ou une "
    "vidéo. Laissez le fichier dans le système des éléments de preuve et donnez son empreinte et sa "
    "référence."};
constinit const Rule kAuditQueueFull = {
    "AUDIT_QUEUE_FULL", absl::StatusCode::kResourceExhausted, true,
    "Too many records wait for the audit log's disk. Try again later.",
    "Trop d'enregistrements attendent le disque du journal d'audit. Réessayez plus tard."};
constinit const Rule kAuditUnavailable = {
    "AUDIT_UNAVAILABLE", absl::StatusCode::kUnavailable, true,
    "The audit log cannot be reached, and nothing happens without it. Try again later.",
    "Le journal d'audit est inaccessible, et rien ne se fait sans lui. Réessayez plus tard."};
constinit const Rule kAuditWriteFailed = {
    "AUDIT_WRITE_FAILED", absl::StatusCode::kUnavailable, true,
    "The audit record could not be written. Try again later; operators look at the log's disk and "
    "database.",
    "L'entrée d'audit n'a pas pu être écrite. Réessayez plus tard; les exploitants vérifient le disque et"
    " la base de données du journal."};
constinit const Rule kAuthorityExpired = {
    "AUTHORITY_EXPIRED", absl::StatusCode::kFailedPrecondition, false,
    "The certificate of the authority has expired, and nothing was signed. Put a new authority in its "
    "place.",
    "Le certificat de l'autorité est expiré, et rien n'a été signé. Remplacez l'autorité par une "
    "nouvelle."};
constinit const Rule kAuthorityNotYetValid = {
    "AUTHORITY_NOT_YET_VALID", absl::StatusCode::kFailedPrecondition, false,
    "The certificate of the authority is not valid yet, and nothing was signed. Set the clock, or wait.",
    "Le certificat de l'autorité n'est pas encore valide, et rien n'a été signé. Réglez l'horloge ou "
    "attendez."};
constinit const Rule kAwardsOpen = {
    "AWARDS_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "An application of the call is neither declined nor under an agreement in force. Decide each "
    "application, and have each agreement signed.",
    "Une demande de l'appel n'est ni refusée ni visée par une entente en vigueur. Décidez de chaque "
    "demande et faites signer chaque entente."};
constinit const Rule kBackendUnavailable = {
    "BACKEND_UNAVAILABLE", absl::StatusCode::kUnavailable, true,
    "The service behind the gateway cannot be reached, or broke off. Try again later.",
    "Le service derrière la passerelle est inaccessible ou s'est interrompu. Réessayez plus tard."};
constinit const Rule kBackupDamaged = {
    "BACKUP_DAMAGED", absl::StatusCode::kDataLoss, false,
    "The backup is damaged or incomplete, and nothing was restored. Take another backup.",
    "La sauvegarde est endommagée ou incomplète, et rien n'a été restauré. Prenez une autre sauvegarde."};
constinit const Rule kBroughtInFuture = {
    "BROUGHT_IN_FUTURE", absl::StatusCode::kInvalidArgument, false,
    "The instant at which the youth was brought to a place of safety lies in the future. Correct "
    "brought_at.",
    "Le moment où le jeune a été amené dans un lieu sûr est dans l'avenir. Corrigez brought_at."};
constinit const Rule kBytesOfAgency = {
    "BYTES_OF_AGENCY", absl::StatusCode::kResourceExhausted, true,
    "The agency has too much under way at the gateway. Read the answers that wait for you first.",
    "L'organisme a trop de données en cours à la passerelle. Lisez d'abord les réponses qui vous "
    "attendent."};
constinit const Rule kBytesOfConnection = {
    "BYTES_OF_CONNECTION", absl::StatusCode::kResourceExhausted, true,
    "The connection has too much under way. Read the answers that wait for you first.",
    "La connexion a trop de données en cours. Lisez d'abord les réponses qui vous attendent."};
constinit const Rule kBytesOfProcess = {
    "BYTES_OF_PROCESS", absl::StatusCode::kResourceExhausted, true,
    "The gateway has too much under way. Try again later.",
    "La passerelle a trop de données en cours. Réessayez plus tard."};
constinit const Rule kCallerAssertionInvalid = {
    "CALLER_ASSERTION_INVALID", absl::StatusCode::kUnauthenticated, false,
    "The call did not come through the gateway, or the gateway spoke for another request. Call through "
    "the gateway.",
    "L'appel n'est pas passé par la passerelle, ou celle-ci s'est portée garante d'une autre demande. "
    "Appelez par la passerelle."};
constinit const Rule kCallClosed = {
    "CALL_CLOSED", absl::StatusCode::kFailedPrecondition, false,
    "The call takes no applications now: by the service's own clock it is not open. Apply to a call while"
    " it is open.",
    "L'appel ne reçoit pas de demandes maintenant : selon l'horloge du service, il n'est pas ouvert. "
    "Présentez une demande à un appel qui est ouvert."};
constinit const Rule kCallNotAtStep = {
    "CALL_NOT_AT_STEP", absl::StatusCode::kFailedPrecondition, false,
    "The call is at another step than this act needs. Read how far the call is.",
    "L'appel en est à une autre étape que celle qu'exige cet acte. Consultez l'étape où en est l'appel."};
constinit const Rule kCapacityNotOfAgency = {
    "CAPACITY_NOT_OF_AGENCY", absl::StatusCode::kFailedPrecondition, false,
    "The protocol names the agency in a capacity that it does not have. Let the lead correct the capacity"
    " of the party.",
    "Le protocole nomme l'organisme à un titre qui n'est pas le sien. Demandez à l'organisme responsable "
    "de corriger le titre de la partie."};
constinit const Rule kCeilingsExceedTotal = {
    "CEILINGS_EXCEED_TOTAL", absl::StatusCode::kInvalidArgument, false,
    "The ceilings of the years add up to more than the envelope's total. Correct the ceilings, and leave "
    "out what nobody stated.",
    "La somme des plafonds annuels dépasse le total de l'enveloppe. Corrigez les plafonds et omettez ce "
    "que personne n'a indiqué."};
constinit const Rule kCertificatesLiveTooMany = {
    "CERTIFICATES_LIVE_TOO_MANY", absl::StatusCode::kFailedPrecondition, false,
    "The agency, or this system of it, has as many certificates in force as it may have when it renews "
    "one. Revoke those that are not used any more, or ask the coordination office to raise the number.",
    "L'organisme, ou ce système de l'organisme, a le nombre maximal de certificats en vigueur permis pour"
    " en renouveler un. Révoquez ceux qui ne servent plus ou demandez au bureau de coordination "
    "d'augmenter ce nombre."};
constinit const Rule kCertificatesTooMany = {
    "CERTIFICATES_TOO_MANY", absl::StatusCode::kFailedPrecondition, false,
    "The agency, or this system of it that renews one, has had as many certificates as it may. Ask the "
    "coordination office to raise the number.",
    "L'organisme, ou ce système de l'organisme qui en renouvelle un, a eu le nombre maximal de "
    "certificats. Demandez au bureau de coordination d'augmenter ce nombre."};
constinit const Rule kCertificateAlreadyRevoked = {
    "CERTIFICATE_ALREADY_REVOKED", absl::StatusCode::kFailedPrecondition, false,
    "The certificate was revoked before. Nothing is left to do.",
    "Le certificat a déjà été révoqué. Il ne reste rien à faire."};
constinit const Rule kCertificateAuthorityUnknown = {
    "CERTIFICATE_AUTHORITY_UNKNOWN", absl::StatusCode::kUnauthenticated, false,
    "The caller's certificate is signed by an authority that the gateway does not know. Have a new "
    "certificate issued.",
    "Le certificat de l'appelant est signé par une autorité que la passerelle ne connaît pas. Faites "
    "émettre un nouveau certificat."};
constinit const Rule kCertificateEnded = {
    "CERTIFICATE_ENDED", absl::StatusCode::kUnauthenticated, false,
    "The caller's certificate has ended. Have a new certificate issued, and check the clock.",
    "Le certificat de l'appelant est expiré. Faites émettre un nouveau certificat et vérifiez l'horloge."};
constinit const Rule kCertificateIdentity = {
    "CERTIFICATE_IDENTITY", absl::StatusCode::kUnauthenticated, false,
    "The certificate does not carry exactly one URI that names a system of an agency. Have a certificate "
    "issued by the registry.",
    "Le certificat ne contient pas exactement un URI qui nomme un système d'un organisme. Faites émettre "
    "un certificat par le registre."};
constinit const Rule kCertificateKeyUsed = {
    "CERTIFICATE_KEY_USED", absl::StatusCode::kInvalidArgument, false,
    "The signing request is for a key that a certificate of the agency has or had. Make a new key, as "
    "`accordctl certificate renew` does.",
    "La demande de signature porte sur une clé qu'un certificat de l'organisme a ou a eue. Créez une "
    "nouvelle clé, comme le fait `accordctl certificate renew`."};
constinit const Rule kCertificateNameInvalid = {
    "CERTIFICATE_NAME_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A name or a use of the certificate is not one that Accord writes. Correct the names that the "
    "certificate is to bear.",
    "Un nom ou un usage du certificat n'est pas de ceux qu'Accord inscrit. Corrigez les noms que le "
    "certificat doit porter."};
constinit const Rule kCertificateNotLonger = {
    "CERTIFICATE_NOT_LONGER", absl::StatusCode::kFailedPrecondition, false,
    "The new certificate would not end later than the present one. Ask the coordination office whether "
    "its authority is about to end, and renew later.",
    "Le nouveau certificat ne se terminerait pas après le certificat actuel. Demandez au bureau de "
    "coordination si son autorité arrive à échéance et renouvelez plus tard."};
constinit const Rule kCertificateNotRegistered = {
    "CERTIFICATE_NOT_REGISTERED", absl::StatusCode::kPermissionDenied, false,
    "The registry does not know the caller's certificate. Enrol the certificate with the registry first.",
    "Le registre ne connaît pas le certificat de l'appelant. Inscrivez d'abord le certificat au registre."};
constinit const Rule kCertificateNotSigned = {
    "CERTIFICATE_NOT_SIGNED", absl::StatusCode::kInternal, false,
    "The certificate could not be signed. Tell who runs the registry.",
    "Le certificat n'a pas pu être signé. Avisez les exploitants du registre."};
constinit const Rule kCertificateNotYetValid = {
    "CERTIFICATE_NOT_YET_VALID", absl::StatusCode::kUnauthenticated, false,
    "The caller's certificate is not valid yet. Check the clock, or wait.",
    "Le certificat de l'appelant n'est pas encore valide. Vérifiez l'horloge ou attendez."};
constinit const Rule kCertificateOfOtherRealm = {
    "CERTIFICATE_OF_OTHER_REALM", absl::StatusCode::kUnauthenticated, false,
    "The certificate is for training and the gateway for real records, or the other way round. Use the "
    "context of the installation that the certificate was made for.",
    "Le certificat est destiné à la formation et la passerelle aux vrais dossiers, ou l'inverse. Utilisez"
    " le contexte de l'installation pour laquelle le certificat a été créé."};
constinit const Rule kCertificateRefused = {
    "CERTIFICATE_REFUSED", absl::StatusCode::kUnauthenticated, false,
    "The gateway does not take the caller's certificate. Look at it with `accordctl pki show`, and have a"
    " new one issued.",
    "La passerelle n'accepte pas le certificat de l'appelant. Examinez-le avec `accordctl pki show` et "
    "faites-en émettre un nouveau."};
constinit const Rule kCertificateRenewedEarly = {
    "CERTIFICATE_RENEWED_EARLY", absl::StatusCode::kFailedPrecondition, false,
    "The present certificate is not yet as old as it must be to be renewed. Renew it later, as `accordctl"
    " certificate renew --if-due` does.",
    "Le certificat actuel n'est pas encore assez ancien pour être renouvelé. Renouvelez-le plus tard, "
    "comme le fait `accordctl certificate renew --if-due`."};
constinit const Rule kCertificateRevoked = {
    "CERTIFICATE_REVOKED", absl::StatusCode::kPermissionDenied, false,
    "The caller's certificate was revoked. Enrol a new certificate.",
    "Le certificat de l'appelant a été révoqué. Inscrivez un nouveau certificat."};
constinit const Rule kCertificateTimeInvalid = {
    "CERTIFICATE_TIME_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The certificate would end before it begins, or after its authority. Choose other days of validity.",
    "Le certificat se terminerait avant de commencer ou après celui de son autorité. Choisissez d'autres "
    "dates de validité."};
constinit const Rule kChargeNotLaid = {
    "CHARGE_NOT_LAID", absl::StatusCode::kFailedPrecondition, false,
    "The Victim/Witness Assistance Program helps after charges are laid, and none is recorded. Turn to "
    "the crisis partner (VCAO) of the area, or record that somebody is charged.",
    "Le Programme d'aide aux victimes et aux témoins intervient après le dépôt d'accusations, et aucune "
    "n'est consignée. Adressez-vous au partenaire d'intervention en cas de crise (AIVO) de la région ou "
    "consignez le dépôt d'accusations."};
constinit const Rule kChecklistIncomplete = {
    "CHECKLIST_INCOMPLETE", absl::StatusCode::kInvalidArgument, false,
    "The checklist of the sanitised text is not complete. Make sure that no source, method, victim or "
    "live operation shows, and confirm each.",
    "La liste de vérification du texte expurgé est incomplète. Assurez-vous qu'aucune source, méthode, "
    "victime ni opération en cours n'y paraît, et confirmez chaque point."};
constinit const Rule kCheckpointUnknown = {
    "CHECKPOINT_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The log did not sign the checkpoint. Send a checkpoint of this log.",
    "Le journal n'a pas signé ce point de contrôle. Envoyez un point de contrôle de ce journal."};
constinit const Rule kClocksDiffer = {
    "CLOCKS_DIFFER", absl::StatusCode::kUnavailable, true,
    "The clocks of the service and of the gateway differ too much. Try again; operators set the clocks.",
    "Les horloges du service et de la passerelle diffèrent trop. Réessayez; les exploitants règlent les "
    "horloges."};
constinit const Rule kClockUnknown = {
    "CLOCK_UNKNOWN", absl::StatusCode::kFailedPrecondition, false,
    "The rule set has no clock in force for this urgency. Tell the coordination office, which keeps the "
    "rule set.",
    "Le jeu de règles n'a aucun délai en vigueur pour ce degré d'urgence. Avisez le bureau de "
    "coordination, qui tient le jeu de règles."};
constinit const Rule kColumnCount = {
    "COLUMN_COUNT", absl::StatusCode::kInvalidArgument, false,
    "The line has another number of cells than the header. Correct the line.",
    "La ligne n'a pas le même nombre de cellules que l'en-tête. Corrigez la ligne."};
constinit const Rule kColumnMissing = {
    "COLUMN_MISSING", absl::StatusCode::kInvalidArgument, false,
    "A column of the roster is missing. Use the columns course, learner_agency, learner and completed_on.",
    "Il manque une colonne au relevé. Utilisez les colonnes course, learner_agency, learner et "
    "completed_on."};
constinit const Rule kColumnRepeated = {
    "COLUMN_REPEATED", absl::StatusCode::kInvalidArgument, false,
    "A column of the roster is there twice. Remove one of the two.",
    "Une colonne du relevé figure deux fois. Retirez l'une des deux."};
constinit const Rule kColumnUnknown = {
    "COLUMN_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "A column of the roster is none of those that are known. Use the columns course, learner_agency, "
    "learner and completed_on.",
    "Une colonne du relevé n'est pas de celles qui sont connues. Utilisez les colonnes course, "
    "learner_agency, learner et completed_on."};
constinit const Rule kCommentAbsent = {
    "COMMENT_ABSENT", absl::StatusCode::kInvalidArgument, false,
    "The protocol has no such comment. Read the protocol again, and use the id of one of its comments.",
    "Le protocole ne contient pas ce commentaire. Relisez le protocole et utilisez l'identifiant d'un de "
    "ses commentaires."};
constinit const Rule kCommentUnanswered = {
    "COMMENT_UNANSWERED", absl::StatusCode::kFailedPrecondition, false,
    "A comment of the consultation has no disposition yet. Dispose of every comment before the text is "
    "offered.",
    "Un commentaire de la consultation n'a pas encore reçu de suite. Donnez suite à chaque commentaire "
    "avant de proposer le texte."};
constinit const Rule kCommittedByPlanner = {
    "COMMITTED_BY_PLANNER", absl::StatusCode::kPermissionDenied, false,
    "The caller planned the allocation. Have another person commit it.",
    "L'appelant a planifié l'affectation. Demandez à une autre personne de l'engager."};
constinit const Rule kCommunityNoticeRequired = {
    "COMMUNITY_NOTICE_REQUIRED", absl::StatusCode::kFailedPrecondition, false,
    "Nothing is recorded of the notice to the child's community. Record that the community was told, that"
    " the youth refused it, or why it is deferred.",
    "Rien n'est consigné au sujet de l'avis à la communauté de l'enfant. Consignez que la communauté a "
    "été avisée, que le jeune l'a refusé, ou pourquoi l'avis est différé."};
constinit const Rule kCompletionUnknown = {
    "COMPLETION_UNKNOWN", absl::StatusCode::kFailedPrecondition, false,
    "No committed roster holds a completion that says so. Name the completion as it was imported; one "
    "that came of an enrolment stands.",
    "Aucune liste confirmée ne contient une réussite qui indique cela. Désignez la réussite telle qu'elle"
    " a été importée; celle qui découle d'une inscription est maintenue."};
constinit const Rule kCompletionWithoutAttendance = {
    "COMPLETION_WITHOUT_ATTENDANCE", absl::StatusCode::kFailedPrecondition, false,
    "No attendance is recorded, and nobody completes a course without it. Record the attendance first.",
    "Aucune présence n'est consignée, et personne ne termine un cours sans présence. Consignez d'abord la"
    " présence."};
constinit const Rule kCompressionNotSupported = {
    "COMPRESSION_NOT_SUPPORTED", absl::StatusCode::kUnimplemented, false,
    "The messages of the call are compressed. Send messages without compression.",
    "Les messages de l'appel sont compressés. Envoyez des messages sans compression."};
constinit const Rule kConcurrenceMissing = {
    "CONCURRENCE_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "A member of the panel who is of a design partner has not concurred in the order. Ask each of them to"
    " read the record of the call and to concur.",
    "Un membre du comité qui relève d'un partenaire de conception n'a pas souscrit à l'ordre. Demandez à "
    "chacun de lire le dossier de l'appel et d'y souscrire."};
constinit const Rule kConflictNeverCleared = {
    "CONFLICT_NEVER_CLEARED", absl::StatusCode::kFailedPrecondition, false,
    "Money, employment, boards and families are conflicts that nobody clears. Take the person off, and "
    "assign somebody else.",
    "L'argent, l'emploi, les conseils d'administration et la famille sont des conflits que personne "
    "n'écarte. Retirez la personne et désignez quelqu'un d'autre."};
constinit const Rule kConflictNotDeclared = {
    "CONFLICT_NOT_DECLARED", absl::StatusCode::kPermissionDenied, false,
    "The caller has not declared about this application, or has a conflict in it that nobody cleared. "
    "Declare first; with a conflict, leave it to another member of the panel.",
    "L'appelant n'a rien déclaré au sujet de cette demande, ou y a un conflit que personne n'a écarté. "
    "Faites d'abord une déclaration; en cas de conflit, laissez un autre membre du comité s'en charger."};
constinit const Rule kConflictRecorded = {
    "CONFLICT_RECORDED", absl::StatusCode::kPermissionDenied, false,
    "The caller has declared a conflict of interest in the case. Let somebody else do this.",
    "L'appelant a déclaré un conflit d'intérêts dans ce dossier. Laissez quelqu'un d'autre s'en charger."};
constinit const Rule kConnectionsOfAgency = {
    "CONNECTIONS_OF_AGENCY", absl::StatusCode::kResourceExhausted, true,
    "The agency has as many connections as it may. Send calls over the connections that are open.",
    "L'organisme a le nombre maximal de connexions. Utilisez les connexions déjà ouvertes."};
constinit const Rule kConsentNotLive = {
    "CONSENT_NOT_LIVE", absl::StatusCode::kFailedPrecondition, false,
    "The survivor's consent on which this would rest is absent, withdrawn or expired. Ask the survivor, "
    "and record the answer; there is no way around it.",
    "Le consentement de la personne survivante sur lequel ceci reposerait est absent, retiré ou expiré. "
    "Demandez-le à la personne et consignez sa réponse; rien ne permet de passer outre."};
constinit const Rule kConsentRecipient = {
    "CONSENT_RECIPIENT", absl::StatusCode::kInvalidArgument, false,
    "A consent to a referral names one other agency and what is handed over, one to a link with a "
    "prosecution names the Crown office alone, one to a claim names the program that is asked, and any "
    "other consent names neither. Record one consent for each agency.",
    "Un consentement à un aiguillage nomme un seul autre organisme et ce qui lui est remis; un "
    "consentement à un lien avec une poursuite ne nomme que le bureau de la Couronne; un consentement à "
    "une demande nomme le programme sollicité; tout autre consentement ne nomme ni l'un ni l'autre. "
    "Consignez un consentement pour chaque organisme."};
constinit const Rule kConsentRequired = {
    "CONSENT_REQUIRED", absl::StatusCode::kInvalidArgument, false,
    "The request does not record that the youth consents. Record consent_given, or do without this step.",
    "La demande n'indique pas que le jeune consent. Consignez consent_given ou renoncez à cette étape."};
constinit const Rule kConsentTooLong = {
    "CONSENT_TOO_LONG", absl::StatusCode::kInvalidArgument, false,
    "The consent would last longer than the rule set allows. Choose an earlier expires_on, and ask the "
    "survivor again before that day.",
    "Le consentement durerait plus longtemps que les règles ne le permettent. Choisissez une date "
    "expires_on plus proche et redemandez le consentement avant cette date."};
constinit const Rule kContactInText = {
    "CONTACT_IN_TEXT", absl::StatusCode::kInvalidArgument, false,
    "A text about those who were heard has in it what looks like a telephone number, an address of "
    "electronic mail or an account. No record says who took part. Say in other words what was spoken "
    "about, and leave out who spoke.",
    "Un texte sur les personnes entendues contient ce qui semble être un numéro de téléphone, une adresse"
    " électronique ou un compte. Aucun dossier ne dit qui a participé. Dites autrement de quoi on a "
    "parlé, sans indiquer qui a parlé."};
constinit const Rule kContactNotSafe = {
    "CONTACT_NOT_SAFE", absl::StatusCode::kFailedPrecondition, false,
    "The survivor has named no way of being reached without danger, so nobody is to try. Wait until the "
    "survivor comes to you, and record then how he or she can be reached.",
    "La personne survivante n'a indiqué aucune façon de la joindre sans danger; personne ne doit donc "
    "essayer. Attendez qu'elle vienne à vous, puis consignez comment on peut la joindre."};
constinit const Rule kContentTypeUnknown = {
    "CONTENT_TYPE_UNKNOWN", absl::StatusCode::kUnimplemented, false,
    "The content type of the call is not that of gRPC. Send the content type application/grpc.",
    "Le type de contenu de l'appel n'est pas celui de gRPC. Envoyez le type de contenu application/grpc."};
constinit const Rule kContextIncomplete = {
    "CONTEXT_INCOMPLETE", absl::StatusCode::kInvalidArgument, false,
    "The context of the command line names no file that is needed. Set it with `accordctl context set`.",
    "Le contexte de la ligne de commande ne nomme pas un fichier nécessaire. Définissez-le avec "
    "`accordctl context set`."};
constinit const Rule kCosignatureInvalid = {
    "COSIGNATURE_INVALID", absl::StatusCode::kInvalidArgument, false,
    "No witness key of the agency made the signature. Register the key first, or sign the checkpoint "
    "again.",
    "Aucune clé de témoin de l'organisme n'a produit cette signature. Inscrivez d'abord la clé ou signez "
    "de nouveau le point de contrôle."};
constinit const Rule kCountedFromInFuture = {
    "COUNTED_FROM_IN_FUTURE", absl::StatusCode::kInvalidArgument, false,
    "The day from which the period of access is counted lies in the future. Correct counted_from.",
    "La date à partir de laquelle la période d'accès est comptée est dans l'avenir. Corrigez "
    "counted_from."};
constinit const Rule kCountsDisagree = {
    "COUNTS_DISAGREE", absl::StatusCode::kInvalidArgument, false,
    "The groups add up to more than the whole. Correct the counts, and leave unset what is not known.",
    "La somme des groupes dépasse le total. Corrigez les nombres et laissez vide ce qui n'est pas connu."};
constinit const Rule kCountsOpen = {
    "COUNTS_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "A count of the accused has no disposition yet. Record a disposition of every count first.",
    "Un chef d'accusation n'a pas encore fait l'objet d'une décision. Consignez d'abord la décision sur "
    "chaque chef."};
constinit const Rule kCountUnknown = {
    "COUNT_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The accused has no count at this position. Give a position in counts, from 0.",
    "La personne accusée n'a aucun chef à cette position. Indiquez une position dans counts, à partir de "
    "0."};
constinit const Rule kCourseNotApproved = {
    "COURSE_NOT_APPROVED", absl::StatusCode::kFailedPrecondition, false,
    "The course is not approved. Have the course approved first.",
    "Le cours n'est pas approuvé. Faites d'abord approuver le cours."};
constinit const Rule kCourseUnknown = {
    "COURSE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The course is none of the agency's courses. Name a course of your agency.",
    "Le cours n'est pas l'un des cours de l'organisme. Nommez un cours de votre organisme."};
constinit const Rule kCourtFileTaken = {
    "COURT_FILE_TAKEN", absl::StatusCode::kFailedPrecondition, false,
    "The agency has recorded another order under this number of this court. Check the number and the "
    "court, or record it with the order that has it.",
    "L'organisme a consigné une autre ordonnance sous ce numéro de ce tribunal. Vérifiez le numéro et le "
    "tribunal ou consignez-le avec l'ordonnance qui le porte."};
constinit const Rule kCoApprovalMissing = {
    "CO_APPROVAL_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "A design partner has not agreed to the criteria as they are now. Ask each design partner of the call"
    " to agree.",
    "Un partenaire de conception n'a pas approuvé les critères actuels. Demandez à chaque partenaire de "
    "conception de l'appel de les approuver."};
constinit const Rule kCoApprovalStale = {
    "CO_APPROVAL_STALE", absl::StatusCode::kFailedPrecondition, false,
    "The criteria or the panel have changed since they were read. Read the call again, and agree to what "
    "it says now.",
    "Les critères ou le comité ont changé depuis leur lecture. Relisez l'appel et approuvez ce qu'il "
    "prévoit maintenant."};
constinit const Rule kCriteriaFrozen = {
    "CRITERIA_FROZEN", absl::StatusCode::kFailedPrecondition, false,
    "The call has opened, and nobody changes its criteria any more. Leave the call as it is, and write "
    "another one.",
    "L'appel est ouvert et plus personne ne modifie ses critères. Laissez l'appel tel quel et rédigez-en "
    "un autre."};
constinit const Rule kCriteriaInvalid = {
    "CRITERIA_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The criteria of the call cannot be scored by: a code is there twice, the weights do not add up to "
    "10000, or the points do not fit. Correct the criteria.",
    "Les critères de l'appel ne permettent pas de noter : un code y figure deux fois, le total des poids "
    "n'est pas 10000 ou les points ne conviennent pas. Corrigez les critères."};
constinit const Rule kCrownInConflict = {
    "CROWN_IN_CONFLICT", absl::StatusCode::kFailedPrecondition, false,
    "The Crown who is to be assigned has declared a conflict of interest in the case. Assign another "
    "Crown.",
    "Le procureur de la Couronne à désigner a déclaré un conflit d'intérêts dans ce dossier. Désignez un "
    "autre procureur de la Couronne."};
constinit const Rule kCrownOfAnotherRegion = {
    "CROWN_OF_ANOTHER_REGION", absl::StatusCode::kInvalidArgument, false,
    "The Crown who is to be assigned belongs neither to the case's office nor to the provincial team. "
    "Assign a Crown of one of the two.",
    "Le procureur de la Couronne à désigner n'appartient ni au bureau du dossier ni à l'équipe "
    "provinciale. Désignez un procureur de l'un ou de l'autre."};
constinit const Rule kCsrKeyWeak = {
    "CSR_KEY_WEAK", absl::StatusCode::kInvalidArgument, false,
    "The key of the signing request is too weak, or of a kind that is not taken. Use an Ed25519, EC P-256"
    " or P-384 key, or an RSA key of 3072 to 4096 bits.",
    "La clé de la demande de signature est trop faible ou d'un type non accepté. Utilisez une clé "
    "Ed25519, EC P-256 ou P-384, ou une clé RSA de 3072 à 4096 bits."};
constinit const Rule kCsrMalformed = {
    "CSR_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "The signing request is not one PKCS #10 request in PEM. Make the request anew with `accordctl pki "
    "csr`.",
    "La demande de signature n'est pas une demande PKCS #10 unique au format PEM. Refaites la demande "
    "avec `accordctl pki csr`."};
constinit const Rule kCsrSignature = {
    "CSR_SIGNATURE", absl::StatusCode::kInvalidArgument, false,
    "The signing request is not signed by its own key with SHA-256 or better. Make the request anew with "
    "`accordctl pki csr`.",
    "La demande de signature n'est pas signée par sa propre clé avec SHA-256 ou mieux. Refaites la "
    "demande avec `accordctl pki csr`."};
constinit const Rule kCsrTooLarge = {
    "CSR_TOO_LARGE", absl::StatusCode::kInvalidArgument, false,
    "The signing request is larger than 16384 bytes. Make a smaller request.",
    "La demande de signature dépasse 16384 octets. Faites une demande plus petite."};
constinit const Rule kDatabaseBusy = {
    "DATABASE_BUSY", absl::StatusCode::kUnavailable, true,
    "The database of the service is busy. Try again.",
    "La base de données du service est occupée. Réessayez."};
constinit const Rule kDatabaseError = {
    "DATABASE_ERROR", absl::StatusCode::kInternal, false,
    "The database of the service reported an error. Tell who runs the service, whose log has the code.",
    "La base de données du service a signalé une erreur. Avisez les exploitants du service, dont le "
    "journal contient le code."};
constinit const Rule kDatabaseInUse = {
    "DATABASE_IN_USE", absl::StatusCode::kFailedPrecondition, false,
    "A process has the database open. Stop the service first.",
    "Un processus utilise la base de données. Arrêtez d'abord le service."};
constinit const Rule kDatabaseNotEmpty = {
    "DATABASE_NOT_EMPTY", absl::StatusCode::kFailedPrecondition, false,
    "The database to restore into is not empty, and nothing was restored. Give --replace to put the copy "
    "in its place.",
    "La base de données qui doit recevoir la copie n'est pas vide, et rien n'a été restauré. Ajoutez "
    "--replace pour mettre la copie à sa place."};
constinit const Rule kDatabaseNotPermitted = {
    "DATABASE_NOT_PERMITTED", absl::StatusCode::kInternal, false,
    "The service's role may not do this in the database. Operators run the migration as the owner of the "
    "schema.",
    "Le rôle du service n'y est pas autorisé dans la base de données. Les exploitants effectuent la "
    "migration à titre de propriétaire du schéma."};
constinit const Rule kDatabasePoolExhausted = {
    "DATABASE_POOL_EXHAUSTED", absl::StatusCode::kUnavailable, true,
    "The service is overloaded: no connection to the database is free. Try again.",
    "Le service est surchargé : aucune connexion à la base de données n'est libre. Réessayez."};
constinit const Rule kDatabaseTimeout = {
    "DATABASE_TIMEOUT", absl::StatusCode::kUnavailable, true,
    "The database took too long. Try again.",
    "La base de données a mis trop de temps à répondre. Réessayez."};
constinit const Rule kDatabaseUnavailable = {
    "DATABASE_UNAVAILABLE", absl::StatusCode::kUnavailable, true,
    "The database of the service cannot be reached. Try again later.",
    "La base de données du service est inaccessible. Réessayez plus tard."};
constinit const Rule kDatabaseValueRefused = {
    "DATABASE_VALUE_REFUSED", absl::StatusCode::kInternal, false,
    "The database cannot hold a value of the record. Tell who runs the service, whose log has the code.",
    "La base de données ne peut pas contenir une valeur de l'enregistrement. Avisez les exploitants du "
    "service, dont le journal contient le code."};
constinit const Rule kDataAuthorisationMissing = {
    "DATA_AUTHORISATION_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The figures distinguish Indigenous people, and no agreement of their governing body is in force. Ask"
    " the governing body for its agreement; until then no figure of the indicator is published.",
    "Les chiffres distinguent des Autochtones et aucun accord de leur instance dirigeante n'est en "
    "vigueur. Demandez l'accord de l'instance dirigeante; d'ici là, aucun chiffre de l'indicateur n'est "
    "publié."};
constinit const Rule kDatesContradict = {
    "DATES_CONTRADICT", absl::StatusCode::kInvalidArgument, false,
    "A period ends before it begins. Correct the day that the refusal names.",
    "Une période se termine avant de commencer. Corrigez la date que le refus nomme."};
constinit const Rule kDatesOutOfOrder = {
    "DATES_OUT_OF_ORDER", absl::StatusCode::kInvalidArgument, false,
    "Two days are not in the order that they ought to have. Correct the day that the refusal names.",
    "Deux dates ne sont pas dans l'ordre voulu. Corrigez la date que le refus nomme."};
constinit const Rule kDateInvalid = {
    "DATE_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A day of the roster is not a day that exists, as YYYY-MM-DD. Correct the line.",
    "Une date du relevé n'existe pas ou n'est pas de la forme AAAA-MM-JJ. Corrigez la ligne."};
constinit const Rule kDeadlineExceeded = {
    "DEADLINE_EXCEEDED", absl::StatusCode::kDeadlineExceeded, true,
    "The call took longer than its deadline. Allow more time, or ask for less.",
    "L'appel a dépassé son délai. Accordez plus de temps ou demandez moins."};
constinit const Rule kDeadlineInvalid = {
    "DEADLINE_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The header grpc-timeout is malformed. Send a timeout as gRPC defines it.",
    "L'en-tête grpc-timeout est mal formé. Envoyez un délai tel que gRPC le définit."};
constinit const Rule kDeadlinePassed = {
    "DEADLINE_PASSED", absl::StatusCode::kDeadlineExceeded, true,
    "The deadline of the call passed while it waited for its turn. Allow more time, or try again later.",
    "Le délai de l'appel s'est écoulé pendant qu'il attendait son tour. Accordez plus de temps ou "
    "réessayez plus tard."};
constinit const Rule kDeadlineZero = {
    "DEADLINE_ZERO", absl::StatusCode::kDeadlineExceeded, true,
    "The deadline had passed before the call began. Allow the call some time.",
    "Le délai s'était écoulé avant le début de l'appel. Accordez du temps à l'appel."};
constinit const Rule kDecisionLevel = {
    "DECISION_LEVEL", absl::StatusCode::kPermissionDenied, false,
    "The rule of the benefit gives the decision to another level than the caller's. Have the agency's "
    "manager decide, or the program, as the rule says.",
    "La règle de la prestation confie la décision à un autre palier que celui de l'appelant. Laissez "
    "décider la direction de l'organisme ou le programme, selon la règle."};
constinit const Rule kDecisionMissing = {
    "DECISION_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The panel has said nothing about an application. Recommend an amount, or recommend nothing, for each"
    " application.",
    "Le comité ne s'est pas prononcé sur une demande. Recommandez un montant, ou ne recommandez rien, "
    "pour chaque demande."};
constinit const Rule kDeclineInFuture = {
    "DECLINE_IN_FUTURE", absl::StatusCode::kInvalidArgument, false,
    "The day on which the party declined lies in the future. Correct declined_on.",
    "La date à laquelle la partie a refusé est dans l'avenir. Corrigez declined_on."};
constinit const Rule kDeclineNotWritten = {
    "DECLINE_NOT_WRITTEN", absl::StatusCode::kInvalidArgument, false,
    "A party's decline has no written record. Say in decline_record where the letter is kept.",
    "Le refus d'une partie n'est pas attesté par écrit. Indiquez dans decline_record où la lettre est "
    "conservée."};
constinit const Rule kDelayOutsideChargePeriod = {
    "DELAY_OUTSIDE_CHARGE_PERIOD", absl::StatusCode::kInvalidArgument, false,
    "The delay does not lie between the charge and the end of the trial, or today. Correct the days of "
    "the delay.",
    "Le délai ne se situe pas entre l'accusation et la fin du procès ou aujourd'hui. Corrigez les dates "
    "du délai."};
constinit const Rule kDeliveryNotReported = {
    "DELIVERY_NOT_REPORTED", absl::StatusCode::kFailedPrecondition, false,
    "The ministry that leads the initiative has not reported its delivery. Confirm once the ministry has "
    "reported it.",
    "Le ministère responsable de l'initiative n'en a pas déclaré la réalisation. Confirmez lorsque le "
    "ministère l'aura déclarée."};
constinit const Rule kDeliveryNotShown = {
    "DELIVERY_NOT_SHOWN", absl::StatusCode::kFailedPrecondition, false,
    "Nothing shows that the initiative was delivered: no milestone was met, and no observation of its "
    "indicators is verified. Record a milestone as met, or have an observation verified, and report the "
    "delivery again.",
    "Rien ne montre que l'initiative a été réalisée : aucun jalon n'est atteint et aucune observation de "
    "ses indicateurs n'est vérifiée. Consignez un jalon atteint ou faites vérifier une observation, puis "
    "déclarez de nouveau la réalisation."};
constinit const Rule kDigestMismatch = {
    "DIGEST_MISMATCH", absl::StatusCode::kFailedPrecondition, false,
    "The text has changed since it was read. Read it again, and name the digest of the text as it is.",
    "Le texte a changé depuis sa lecture. Relisez-le et indiquez l'empreinte du texte actuel."};
constinit const Rule kDisclosureOfficerMissing = {
    "DISCLOSURE_OFFICER_MISSING", absl::StatusCode::kInvalidArgument, false,
    "A Crown receives this through a disclosure officer, and none is named. Name yours in "
    "disclosure_officer.",
    "La Couronne reçoit ces éléments par l'entremise d'un agent de communication de la preuve, et aucun "
    "n'est nommé. Nommez le vôtre dans disclosure_officer."};
constinit const Rule kDisclosureOrder = {
    "DISCLOSURE_ORDER", absl::StatusCode::kFailedPrecondition, false,
    "The first package of disclosure is not the initial one, or a later package is. Correct the kind of "
    "the package.",
    "Le premier envoi de communication de la preuve n'est pas l'envoi initial, ou un envoi ultérieur "
    "l'est. Corrigez le genre de l'envoi."};
constinit const Rule kDispositionUnknown = {
    "DISPOSITION_UNKNOWN", absl::StatusCode::kFailedPrecondition, false,
    "No rule says how long a record of this disposition may be seen. Correct the disposition, or tell the"
    " coordination office.",
    "Aucune règle n'indique combien de temps un dossier portant cette décision peut être consulté. "
    "Corrigez la décision ou avisez le bureau de coordination."};
constinit const Rule kDocumentRefused = {
    "DOCUMENT_REFUSED", absl::StatusCode::kInvalidArgument, false,
    "A document has no bytes, no digest of its file, or a type that can run something. Name a file that "
    "is there, of a type that runs nothing.",
    "Un document est vide, n'a pas l'empreinte de son fichier ou est d'un type qui peut exécuter quelque "
    "chose. Indiquez un fichier existant dont le type n'exécute rien."};
constinit const Rule kDoorNotEnrolled = {
    "DOOR_NOT_ENROLLED", absl::StatusCode::kFailedPrecondition, false,
    "The audit log has no identity with which to ask the services. Operators sign a certificate for it "
    "and name it in the configuration.",
    "Le journal d'audit n'a pas d'identité pour interroger les services. Les exploitants signent un "
    "certificat pour lui et le nomment dans la configuration."};
constinit const Rule kDoorRefused = {
    "DOOR_REFUSED", absl::StatusCode::kFailedPrecondition, false,
    "The gateway refuses the audit log's own identity. Operators compare log_identity of the registry "
    "with door of the audit.",
    "La passerelle refuse l'identité propre du journal d'audit. Les exploitants comparent log_identity du"
    " registre et door du journal."};
constinit const Rule kDutyToReportStands = {
    "DUTY_TO_REPORT_STANDS", absl::StatusCode::kFailedPrecondition, false,
    "A duty to report is never taken back or declined. Correct the referral instead.",
    "Une déclaration faite en vertu de l'obligation de déclarer n'est jamais retirée ni refusée. Corrigez"
    " plutôt l'aiguillage."};
constinit const Rule kDutyToReportToSociety = {
    "DUTY_TO_REPORT_TO_SOCIETY", absl::StatusCode::kInvalidArgument, false,
    "The duty to report is met by a report to a children's aid society, and the receiver is none. Name a "
    "society as the receiver.",
    "L'obligation de déclarer est remplie par une déclaration à une société d'aide à l'enfance, et le "
    "destinataire n'en est pas une. Nommez une société comme destinataire."};
constinit const Rule kEligible = {
    "ELIGIBLE", absl::StatusCode::kFailedPrecondition, false,
    "The law on the day of the event does not exclude the person from protection services. Screen the "
    "referral with another outcome.",
    "La loi en vigueur à la date de l'événement n'exclut pas la personne des services de protection. "
    "Consignez un autre résultat de l'évaluation préliminaire de l'aiguillage."};
constinit const Rule kEmergencyNeedsTwo = {
    "EMERGENCY_NEEDS_TWO", absl::StatusCode::kPermissionDenied, false,
    "The person who confirms the emergency release has proposed it. Let somebody else confirm.",
    "La personne qui confirme la communication urgente l'a proposée. Laissez quelqu'un d'autre confirmer."};
constinit const Rule kEncoding = {
    "ENCODING", absl::StatusCode::kInvalidArgument, false,
    "The file or the line is not text in UTF-8. Save the file as UTF-8; in Excel as CSV UTF-8.",
    "Le fichier ou la ligne n'est pas du texte en UTF-8. Enregistrez le fichier en UTF-8; dans Excel, en "
    "CSV UTF-8."};
constinit const Rule kEnvelopeExceeded = {
    "ENVELOPE_EXCEEDED", absl::StatusCode::kFailedPrecondition, false,
    "Less is left of the envelope, or of its year, than the amount. Take a smaller amount, or ask the "
    "office what is left.",
    "Il reste moins que ce montant dans l'enveloppe ou pour l'exercice. Prenez un montant moindre ou "
    "demandez au bureau ce qu'il reste."};
constinit const Rule kEpochPassed = {
    "EPOCH_PASSED", absl::StatusCode::kAborted, false,
    "The key of the deconfliction has changed since the target was evaluated. Have the target evaluated "
    "anew.",
    "La clé de déconfliction a changé depuis l'évaluation de la cible. Faites évaluer de nouveau la "
    "cible."};
constinit const Rule kEtagMismatch = {
    "ETAG_MISMATCH", absl::StatusCode::kAborted, false,
    "The record has changed since it was read. Read it again, and decide anew.",
    "L'enregistrement a changé depuis sa lecture. Relisez-le et décidez de nouveau."};
constinit const Rule kEvaluationsExhausted = {
    "EVALUATIONS_EXHAUSTED", absl::StatusCode::kResourceExhausted, true,
    "The agency has had as many targets evaluated today as it may. Try again after the time that the "
    "answer names.",
    "L'organisme a fait évaluer aujourd'hui le nombre maximal de cibles. Réessayez après le délai indiqué"
    " dans la réponse."};
constinit const Rule kEventInFuture = {
    "EVENT_IN_FUTURE", absl::StatusCode::kInvalidArgument, false,
    "The day of something that was done lies in the future. Correct the day.",
    "La date d'un fait accompli est dans l'avenir. Corrigez la date."};
constinit const Rule kEvidenceNotOpened = {
    "EVIDENCE_NOT_OPENED", absl::StatusCode::kFailedPrecondition, false,
    "Whoever verifies an observation has opened its evidence since it was last submitted, and the caller "
    "has not. Get the observation, look at what its evidence names, and verify it then.",
    "Qui vérifie une observation en a consulté les preuves depuis son dernier envoi, et l'appelant ne l'a"
    " pas fait. Lisez l'observation, consultez ce que ses preuves indiquent, puis vérifiez-la."};
constinit const Rule kExportEmpty = {
    "EXPORT_EMPTY", absl::StatusCode::kFailedPrecondition, false,
    "Nothing that may be exported is there, and the standard knows no empty document. See what the "
    "message says is left out, and export once something can be published.",
    "Rien ne peut être exporté, et la norme ne connaît pas de document vide. Voyez ce que le message dit "
    "avoir omis, et exportez dès qu'il y a quelque chose à publier."};
constinit const Rule kFacilityConfidential = {
    "FACILITY_CONFIDENTIAL", absl::StatusCode::kInvalidArgument, false,
    "The facility is confidential, and a field says, or looks as if it said, where it is. Take the "
    "address out; whoever goes there is told it in another way.",
    "L'établissement est confidentiel, et un champ dit ou semble dire où il se trouve. Retirez l'adresse;"
    " on l'indique autrement à la personne qui s'y rend."};
constinit const Rule kFacilityNotApproved = {
    "FACILITY_NOT_APPROVED", absl::StatusCode::kFailedPrecondition, false,
    "The benefit needs a facility that is approved on that day, and the claim names none. Name a facility"
    " that is approved.",
    "La prestation exige un établissement approuvé ce jour-là, et la demande n'en nomme aucun. Nommez un "
    "établissement approuvé."};
constinit const Rule kFieldImmutable = {
    "FIELD_IMMUTABLE", absl::StatusCode::kInvalidArgument, false,
    "The field stays as it was made. Leave the field out.",
    "Le champ reste tel qu'il a été créé. Omettez ce champ."};
constinit const Rule kFieldInvalid = {
    "FIELD_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A field of the request is not valid. Correct the fields that the refusal names.",
    "Un champ de la demande n'est pas valide. Corrigez les champs que le refus nomme."};
constinit const Rule kFieldRequired = {
    "FIELD_REQUIRED", absl::StatusCode::kInvalidArgument, false,
    "The change would leave a required field empty. Give the field a value.",
    "La modification laisserait vide un champ obligatoire. Donnez une valeur à ce champ."};
constinit const Rule kFigureNotVerified = {
    "FIGURE_NOT_VERIFIED", absl::StatusCode::kFailedPrecondition, false,
    "A figure of the report has no verified record that states it. Have what was observed verified, or "
    "say that the figure may be unknown, and write the report anew.",
    "Aucun dossier vérifié n'indique l'un des chiffres du rapport. Faites vérifier l'observation ou "
    "indiquez que le chiffre peut rester inconnu, puis rédigez le rapport de nouveau."};
constinit const Rule kFigureUnbound = {
    "FIGURE_UNBOUND", absl::StatusCode::kInvalidArgument, false,
    "A figure has no place in both texts of its sentence, a place has no figure, or the figure names "
    "another record than its kind asks for. Give each figure one code, a place in both texts and the "
    "record of its kind.",
    "Un chiffre n'a pas sa place dans les deux textes de sa phrase, une place n'a pas de chiffre, ou le "
    "chiffre renvoie à un autre dossier que celui de son genre. Donnez à chaque chiffre un seul code, une"
    " place dans les deux textes et le dossier de son genre."};
constinit const Rule kFigureWithheld = {
    "FIGURE_WITHHELD", absl::StatusCode::kFailedPrecondition, false,
    "A figure that a report is to state counts few people, or a small figure follows from it. Leave the "
    "figure out of the report.",
    "Un chiffre qu'un rapport doit énoncer compte peu de personnes, ou permet d'en déduire un petit "
    "chiffre. Retirez ce chiffre du rapport."};
constinit const Rule kFileMissing = {
    "FILE_MISSING", absl::StatusCode::kInvalidArgument, false,
    "A file that is named cannot be read. Correct the file's name or its permissions.",
    "Un fichier nommé ne peut pas être lu. Corrigez le nom du fichier ou ses autorisations."};
constinit const Rule kFileNotSafe = {
    "FILE_NOT_SAFE", absl::StatusCode::kFailedPrecondition, false,
    "A file or folder is a link, another user's, or open to others. Name a new place, or correct its "
    "owner and permissions.",
    "Un fichier ou un dossier est un lien, appartient à un autre utilisateur ou est accessible à "
    "d'autres. Choisissez un nouvel emplacement ou corrigez le propriétaire et les autorisations."};
constinit const Rule kFileNotWritten = {
    "FILE_NOT_WRITTEN", absl::StatusCode::kUnavailable, false,
    "A file of this machine could not be written. Make room, or name another place.",
    "Un fichier de cet ordinateur n'a pas pu être écrit. Libérez de l'espace ou choisissez un autre "
    "emplacement."};
constinit const Rule kFileTooLarge = {
    "FILE_TOO_LARGE", absl::StatusCode::kInvalidArgument, false,
    "A file is larger than what is read of one. Name another file, or make it smaller: the message says "
    "how large it may be.",
    "Un fichier dépasse la taille maximale qui est lue. Nommez un autre fichier ou réduisez-le : le "
    "message indique la taille permise."};
constinit const Rule kFiscalYearInvalid = {
    "FISCAL_YEAR_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A fiscal year is not two years in a row, such as 2016-17. Correct the year.",
    "Un exercice n'est pas formé de deux années consécutives, comme 2016-17. Corrigez l'exercice."};
constinit const Rule kFiscalYearNeeded = {
    "FISCAL_YEAR_NEEDED", absl::StatusCode::kFailedPrecondition, false,
    "The envelope's years are known, and no fiscal year is named. Name the fiscal year.",
    "Les exercices de l'enveloppe sont connus, et aucun n'est nommé. Nommez l'exercice."};
constinit const Rule kFiscalYearOutside = {
    "FISCAL_YEAR_OUTSIDE", absl::StatusCode::kInvalidArgument, false,
    "The fiscal year is none of the envelope's. Name one of the envelope's years.",
    "L'exercice n'est pas l'un de ceux de l'enveloppe. Nommez l'un des exercices de l'enveloppe."};
constinit const Rule kFiscalYearOver = {
    "FISCAL_YEAR_OVER", absl::StatusCode::kFailedPrecondition, false,
    "The fiscal year of the allocation is over, and no decision carries its money on. Name the decision "
    "by which it is paid in a later year, or allocate it anew.",
    "L'exercice de l'affectation est terminé et aucune décision n'en reporte les fonds. Indiquez la "
    "décision qui permet de payer dans un exercice ultérieur, ou affectez les fonds de nouveau."};
constinit const Rule kFlagAbsent = {
    "FLAG_ABSENT", absl::StatusCode::kInvalidArgument, false,
    "The referral has no such flag of the agency. Read the referral again, and use the id of one of your "
    "flags.",
    "L'aiguillage n'a pas ce signalement de l'organisme. Relisez l'aiguillage et utilisez l'identifiant "
    "d'un de vos signalements."};
constinit const Rule kForumsOverlap = {
    "FORUMS_OVERLAP", absl::StatusCode::kInvalidArgument, false,
    "The accused came before the present court on that day or later. Correct the day.",
    "La personne accusée a comparu devant le tribunal actuel à cette date ou après. Corrigez la date."};
constinit const Rule kForumUnchanged = {
    "FORUM_UNCHANGED", absl::StatusCode::kFailedPrecondition, false,
    "The accused is before this court already. Name another court, or leave the record as it is.",
    "La personne accusée est déjà devant ce tribunal. Nommez un autre tribunal ou laissez le dossier tel "
    "quel."};
constinit const Rule kGatewayAuthorityUnknown = {
    "GATEWAY_AUTHORITY_UNKNOWN", absl::StatusCode::kUnauthenticated, false,
    "The gateway's certificate is signed by no authority of the context. Ask the office for its "
    "authority's certificate.",
    "Le certificat de la passerelle n'est signé par aucune autorité du contexte. Demandez au bureau le "
    "certificat de son autorité."};
constinit const Rule kGatewayCertificate = {
    "GATEWAY_CERTIFICATE", absl::StatusCode::kUnauthenticated, false,
    "The gateway's certificate is not valid. Tell who runs the gateway.",
    "Le certificat de la passerelle n'est pas valide. Avisez les exploitants de la passerelle."};
constinit const Rule kGatewayCertificateEnded = {
    "GATEWAY_CERTIFICATE_ENDED", absl::StatusCode::kUnauthenticated, false,
    "The gateway's certificate, or its authority's, has ended. Check the clock of this machine, then tell"
    " who runs the gateway.",
    "Le certificat de la passerelle ou celui de son autorité est expiré. Vérifiez l'horloge de cet "
    "ordinateur, puis avisez les exploitants de la passerelle."};
constinit const Rule kGatewayCertificateNotYetValid = {
    "GATEWAY_CERTIFICATE_NOT_YET_VALID", absl::StatusCode::kUnauthenticated, false,
    "The gateway's certificate, or its authority's, is not valid yet. Check the clock of this machine, "
    "then tell who runs the gateway.",
    "Le certificat de la passerelle ou celui de son autorité n'est pas encore valide. Vérifiez l'horloge "
    "de cet ordinateur, puis avisez les exploitants de la passerelle."};
constinit const Rule kGatewayName = {
    "GATEWAY_NAME", absl::StatusCode::kUnauthenticated, false,
    "The gateway's certificate is for another name. Correct the address, or name the server with "
    "--server-name.",
    "Le certificat de la passerelle porte un autre nom. Corrigez l'adresse ou nommez le serveur avec "
    "--server-name."};
constinit const Rule kGradedBySubmitter = {
    "GRADED_BY_SUBMITTER", absl::StatusCode::kPermissionDenied, false,
    "The person who grades had a hand in writing or submitting the report. Let somebody grade who had "
    "none.",
    "La personne qui évalue a participé à la rédaction ou à la soumission du rapport. Faites évaluer par "
    "quelqu'un qui n'y a pas participé."};
constinit const Rule kGroundNotInForce = {
    "GROUND_NOT_IN_FORCE", absl::StatusCode::kInvalidArgument, false,
    "The ground was not in force on the day of the event. Choose a ground that was.",
    "Ce motif n'était pas en vigueur à la date de l'événement. Choisissez un motif qui l'était."};
constinit const Rule kGroundRequired = {
    "GROUND_REQUIRED", absl::StatusCode::kInvalidArgument, false,
    "A report under the duty to report names no ground. Name the ground.",
    "Une déclaration faite en vertu de l'obligation de déclarer n'indique aucun motif. Indiquez le motif."};
constinit const Rule kGuardianUnsafe = {
    "GUARDIAN_UNSAFE", absl::StatusCode::kInvalidArgument, false,
    "It is recorded that a guardian who heard of this would endanger the survivor. Ask the survivor or a "
    "substitute decision maker, and not the guardian.",
    "Il est consigné que la personne survivante serait en danger si un tuteur l'apprenait. Adressez-vous "
    "à la personne elle-même ou à un mandataire spécial, et non au tuteur."};
constinit const Rule kHandlingForbids = {
    "HANDLING_FORBIDS", absl::StatusCode::kFailedPrecondition, false,
    "The handling of the report does not let the named agency have it. Ask the originator to change the "
    "handling.",
    "La consigne de traitement du rapport ne permet pas à l'organisme nommé de l'obtenir. Demandez à "
    "l'organisme d'origine de modifier la consigne."};
constinit const Rule kHandlingInvalid = {
    "HANDLING_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The handling code and its recipients or conditions do not fit together. Correct the handling.",
    "Le code de traitement ne concorde pas avec ses destinataires ou ses conditions. Corrigez la consigne"
    " de traitement."};
constinit const Rule kHappenedInFuture = {
    "HAPPENED_IN_FUTURE", absl::StatusCode::kInvalidArgument, false,
    "An act is said to have happened after now. Give the instant at which it happened, or leave it out if"
    " it happens now.",
    "L'acte serait arrivé après maintenant. Indiquez le moment où il est arrivé, ou omettez-le s'il "
    "arrive maintenant."};
constinit const Rule kHappenedTooEarly = {
    "HAPPENED_TOO_EARLY", absl::StatusCode::kInvalidArgument, false,
    "An act is said to have happened before the call, the submission or the acknowledgement that it "
    "follows. Correct the instant at which it happened.",
    "L'acte serait arrivé avant l'appel, l'envoi ou l'accusé de réception qu'il suit. Corrigez le moment "
    "où il est arrivé."};
constinit const Rule kHeadersTooLarge = {
    "HEADERS_TOO_LARGE", absl::StatusCode::kResourceExhausted, false,
    "The list of headers is larger than the limit. Send fewer or shorter headers.",
    "La liste d'en-têtes dépasse la limite. Envoyez des en-têtes moins nombreux ou plus courts."};
constinit const Rule kIdentityStands = {
    "IDENTITY_STANDS", absl::StatusCode::kFailedPrecondition, false,
    "Once a referral is screened, what obliges to tell the child's community is not taken back. Leave "
    "indigenous_identity as it is.",
    "Une fois l'aiguillage évalué, l'indication qui oblige à aviser la communauté de l'enfant ne peut "
    "plus être retirée. Laissez indigenous_identity tel quel."};
constinit const Rule kImmunity = {
    "IMMUNITY", absl::StatusCode::kInvalidArgument, false,
    "The provision gives immunity, and nobody is charged under it. Choose the offence that is charged.",
    "Cette disposition accorde une immunité, et personne n'est accusé en vertu de celle-ci. Choisissez "
    "l'infraction reprochée."};
constinit const Rule kImplicatedAgency = {
    "IMPLICATED_AGENCY", absl::StatusCode::kInvalidArgument, false,
    "A suspicion of staff and the agency of that staff are not given together. Give both staff_suspect "
    "and implicated_agency, or neither.",
    "Le soupçon visant un membre du personnel et l'organisme de celui-ci ne sont pas indiqués ensemble. "
    "Indiquez à la fois staff_suspect et implicated_agency, ou ni l'un ni l'autre."};
constinit const Rule kImplicatedUnknown = {
    "IMPLICATED_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "No society or police service of the name of the implicated agency is known. Correct "
    "implicated_agency.",
    "Aucune société ni aucun service de police du nom de l'organisme mis en cause n'est connu. Corrigez "
    "implicated_agency."};
constinit const Rule kImportHasErrors = {
    "IMPORT_HAS_ERRORS", absl::StatusCode::kFailedPrecondition, false,
    "The roster has errors, and nothing of it is taken. Read the errors of the import, correct the file, "
    "and import it again.",
    "Le relevé comporte des erreurs, et rien n'en est retenu. Lisez les erreurs de l'importation, "
    "corrigez le fichier et importez-le de nouveau."};
constinit const Rule kImportIncomplete = {
    "IMPORT_INCOMPLETE", absl::StatusCode::kFailedPrecondition, false,
    "Not all of the file has arrived. Send the rest of the file first.",
    "Le fichier n'est pas arrivé en entier. Envoyez d'abord le reste du fichier."};
constinit const Rule kImportOpen = {
    "IMPORT_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "Another import of the agency is open. Go on with it, or finish it without committing.",
    "Une autre importation de l'organisme est en cours. Poursuivez-la ou terminez-la sans la valider."};
constinit const Rule kIndexUnknown = {
    "INDEX_UNKNOWN", absl::StatusCode::kOutOfRange, false,
    "The audit log has no entry at this index. Ask for an index below the size of the log.",
    "Le journal d'audit n'a aucune entrée à cet indice. Demandez un indice inférieur à la taille du "
    "journal."};
constinit const Rule kIndicatorListUnknown = {
    "INDICATOR_LIST_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "There is no such list of indicators. Name a list that exists.",
    "Cette liste d'indicateurs n'existe pas. Nommez une liste existante."};
constinit const Rule kIndicatorRetired = {
    "INDICATOR_RETIRED", absl::StatusCode::kFailedPrecondition, false,
    "The indicator was retired, and has no further observations. Observe an indicator that is current.",
    "L'indicateur est retiré et ne reçoit plus d'observations. Observez un indicateur en vigueur."};
constinit const Rule kIndicatorUnknown = {
    "INDICATOR_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The list of indicators has no such code. Use codes of the list.",
    "La liste d'indicateurs ne contient pas ce code. Utilisez les codes de la liste."};
constinit const Rule kIndigenousPartyMissing = {
    "INDIGENOUS_PARTY_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "An Indigenous agency that serves the territory is no party of the protocol. Let it sign or be "
    "consulted, or record its written decline.",
    "Un organisme autochtone qui dessert le territoire n'est pas partie au protocole. Faites-le signer ou"
    " consultez-le, ou consignez son refus écrit."};
constinit const Rule kInformationTaken = {
    "INFORMATION_TAKEN", absl::StatusCode::kFailedPrecondition, false,
    "A case is open already for this information of this police service. Use that case.",
    "Un dossier est déjà ouvert pour cette dénonciation de ce service de police. Utilisez ce dossier."};
constinit const Rule kInstalmentOutOfOrder = {
    "INSTALMENT_OUT_OF_ORDER", absl::StatusCode::kFailedPrecondition, false,
    "This is not the next instalment of the allocation. Ask for the instalment that follows the last one.",
    "Ce n'est pas le prochain versement de l'affectation. Demandez le versement qui suit le dernier."};
constinit const Rule kInstructorAbsent = {
    "INSTRUCTOR_ABSENT", absl::StatusCode::kInvalidArgument, false,
    "The offering has no such instructor. Read the offering again, and name one of its instructors.",
    "Cette séance du cours n'a pas cette personne parmi ses formateurs. Relisez la séance du cours et "
    "nommez un de ses formateurs."};
constinit const Rule kInvestigationOutcome = {
    "INVESTIGATION_OUTCOME", absl::StatusCode::kFailedPrecondition, false,
    "An investigation is closed with what it found, and nothing else is. Give investigation_outcome if "
    "the referral was investigated, and leave it out otherwise.",
    "Une enquête se clôt avec ses conclusions, et seule une enquête en comporte. Indiquez "
    "investigation_outcome si l'aiguillage a fait l'objet d'une enquête; sinon, omettez-le."};
constinit const Rule kInvoiceKnown = {
    "INVOICE_KNOWN", absl::StatusCode::kFailedPrecondition, false,
    "An invoice of this number was paid to this payee already. Compare both invoices, and do not pay "
    "twice.",
    "Une facture portant ce numéro a déjà été payée à ce bénéficiaire. Comparez les deux factures et ne "
    "payez pas deux fois."};
constinit const Rule kInvoiceTaken = {
    "INVOICE_TAKEN", absl::StatusCode::kFailedPrecondition, false,
    "Another payment of the recipient has this invoice. Check whether the invoice was paid already.",
    "Un autre paiement du bénéficiaire porte cette facture. Vérifiez si la facture a déjà été payée."};
constinit const Rule kIssuedByMarker = {
    "ISSUED_BY_MARKER", absl::StatusCode::kPermissionDenied, false,
    "The person who issues the certificate marked something of the enrolment. Let somebody issue who "
    "marked nothing of it.",
    "La personne qui délivre le certificat a consigné une présence ou une évaluation de l'inscription. "
    "Faites délivrer le certificat par quelqu'un qui n'y a rien consigné."};
constinit const Rule kJointInvestigationOpen = {
    "JOINT_INVESTIGATION_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "The joint investigation is not concluded, or found another outcome. Conclude it first, and close the"
    " referral with the outcome that it found.",
    "L'enquête conjointe n'est pas terminée ou a abouti à une autre conclusion. Terminez-la d'abord, puis"
    " fermez l'aiguillage avec sa conclusion."};
constinit const Rule kKeyEncrypted = {
    "KEY_ENCRYPTED", absl::StatusCode::kInvalidArgument, false,
    "The private key is encrypted, and nobody is asked for a password. Write it plain into a file that "
    "you alone may read.",
    "La clé privée est chiffrée, et aucun mot de passe n'est demandé. Écrivez-la en clair dans un fichier"
    " que vous seul pouvez lire."};
constinit const Rule kKeyInvalid = {
    "KEY_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The public key is not an Ed25519 key of 32 bytes. Send such a key.",
    "La clé publique n'est pas une clé Ed25519 de 32 octets. Envoyez une telle clé."};
constinit const Rule kKeyInUse = {
    "KEY_IN_USE", absl::StatusCode::kFailedPrecondition, false,
    "The old key is still in use. Do the earlier steps of the rotation first.",
    "L'ancienne clé est encore utilisée. Effectuez d'abord les étapes précédentes de la rotation."};
constinit const Rule kKeyMalformed = {
    "KEY_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "The file holds no private key in PEM. Name the file of the key.",
    "Le fichier ne contient aucune clé privée au format PEM. Nommez le fichier de la clé."};
constinit const Rule kKeyMissing = {
    "KEY_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "There is no new key to change to. Add a key first with --add.",
    "Il n'y a aucune nouvelle clé à adopter. Ajoutez d'abord une clé avec --add."};
constinit const Rule kKeyOfAnotherCertificate = {
    "KEY_OF_ANOTHER_CERTIFICATE", absl::StatusCode::kInvalidArgument, false,
    "The certificate and the key are not a pair. Name the two that were made together.",
    "Le certificat et la clé ne forment pas une paire. Nommez les deux qui ont été créés ensemble."};
constinit const Rule kKindNotEnrolled = {
    "KIND_NOT_ENROLLED", absl::StatusCode::kPermissionDenied, false,
    "Nobody is enrolled as an agency of this kind. Choose another kind; the registry's configuration "
    "names the log.",
    "Personne n'est inscrit comme organisme de ce type. Choisissez un autre type; la configuration du "
    "registre nomme le journal."};
constinit const Rule kLastAdministrator = {
    "LAST_ADMINISTRATOR", absl::StatusCode::kFailedPrecondition, false,
    "Nobody could administer the registry any more. Register another administrator first.",
    "Plus personne ne pourrait administrer le registre. Inscrivez d'abord un autre administrateur."};
constinit const Rule kLastCaseWorker = {
    "LAST_CASE_WORKER", absl::StatusCode::kFailedPrecondition, false,
    "Nobody would be left to support the survivor. Assign another worker first.",
    "Il ne resterait personne pour soutenir la personne survivante. Affectez d'abord une autre personne "
    "au dossier."};
constinit const Rule kLastLevel = {
    "LAST_LEVEL", absl::StatusCode::kFailedPrecondition, false,
    "There is no level above the present one. Resolve the dispute at this level.",
    "Il n'y a aucun palier au-dessus du palier actuel. Réglez le différend à ce palier."};
constinit const Rule kLawyerNotConsidered = {
    "LAWYER_NOT_CONSIDERED", absl::StatusCode::kFailedPrecondition, false,
    "A party to the application is a child, and it is not recorded that a lawyer for the child was "
    "considered. Consider it, and prepare the application with lawyer_considered.",
    "Une partie à la requête est un enfant, et rien n'indique que la question d'un avocat pour l'enfant a"
    " été examinée. Examinez-la et préparez la requête avec lawyer_considered."};
constinit const Rule kLawNotSound = {
    "LAW_NOT_SOUND", absl::StatusCode::kInvalidArgument, false,
    "The rule set cannot be read, or a check of its rows found a fault. Mend what the message names; "
    "`accordctl law check FILE` finds all of it.",
    "L'ensemble de règles est illisible, ou une vérification de ses lignes a révélé une erreur. Corrigez "
    "ce que le message nomme; `accordctl law check FILE` trouve tout."};
constinit const Rule kLawNotTaken = {
    "LAW_NOT_TAKEN", absl::StatusCode::kUnavailable, true,
    "This process cannot go by the rule set that is in force. Wait: another replica goes by it, or this "
    "one is brought to a newer version.",
    "Ce processus ne peut pas appliquer l'ensemble de règles en vigueur. Attendez : une autre instance "
    "l'applique, ou celle-ci sera mise à niveau."};
constinit const Rule kLawNotTried = {
    "LAW_NOT_TRIED", absl::StatusCode::kFailedPrecondition, false,
    "No dry run of this rule set stands against the one that is in force. Read the proposal again until "
    "it shows its dry run, and approve what it shows.",
    "Aucun essai de cet ensemble de règles ne vaut face à celui qui est en vigueur. Relisez la "
    "proposition jusqu'à ce que son essai y figure, puis approuvez ce qu'il montre."};
constinit const Rule kLawSettingFixed = {
    "LAW_SETTING_FIXED", absl::StatusCode::kFailedPrecondition, false,
    "The rule set changes a setting that says who sees or does what, or how counts are hidden. Leave that"
    " setting as the release has it; only a release of Accord changes it.",
    "L'ensemble de règles modifie un paramètre qui dit qui voit ou fait quoi, ou ce que les comptes "
    "masquent. Laissez ce paramètre tel que la version le fixe; seule une version d'Accord le modifie."};
constinit const Rule kLawUnchanged = {
    "LAW_UNCHANGED", absl::StatusCode::kFailedPrecondition, false,
    "The rule set says what the one in force says. Propose a rule set that changes something.",
    "L'ensemble de règles dit la même chose que celui qui est en vigueur. Proposez un ensemble de règles "
    "qui change quelque chose."};
constinit const Rule kLeadCannotAnswer = {
    "LEAD_CANNOT_ANSWER", absl::StatusCode::kFailedPrecondition, false,
    "The lead does not read the section, and could not dispose of a comment on it. Comment on a section "
    "that the lead reads.",
    "L'organisme responsable ne lit pas cette section et ne pourrait pas donner suite à un commentaire à "
    "son sujet. Commentez une section que l'organisme responsable lit."};
constinit const Rule kLeadNotParty = {
    "LEAD_NOT_PARTY", absl::StatusCode::kInvalidArgument, false,
    "The lead agency is no party of the protocol. Name the lead among the parties.",
    "L'organisme responsable n'est pas partie au protocole. Nommez l'organisme responsable parmi les "
    "parties."};
constinit const Rule kLeadNotSignatory = {
    "LEAD_NOT_SIGNATORY", absl::StatusCode::kInvalidArgument, false,
    "The lead agency does not sign the protocol. Make the lead a signatory.",
    "L'organisme responsable ne signe pas le protocole. Faites de l'organisme responsable un signataire."};
constinit const Rule kLegalHold = {
    "LEGAL_HOLD", absl::StatusCode::kFailedPrecondition, false,
    "An agency holds the record, which must be kept. Wait until the hold is released.",
    "Un organisme est tenu de conserver ce dossier. Attendez que cette mesure de conservation soit levée."};
constinit const Rule kLimitExceeded = {
    "LIMIT_EXCEEDED", absl::StatusCode::kFailedPrecondition, false,
    "With this amount more would be approved for the case and the benefit than its limit. Ask for less, "
    "or approve less.",
    "Avec ce montant, le total approuvé pour le dossier et la prestation dépasserait sa limite. Demandez "
    "ou approuvez un montant moindre."};
constinit const Rule kLimitUnknown = {
    "LIMIT_UNKNOWN", absl::StatusCode::kFailedPrecondition, false,
    "No limit of the benefit is established for the day of the event. Have the program approve, with the "
    "authority by which it does.",
    "Aucune limite de la prestation n'est établie pour la date de l'événement. Faites approuver la "
    "demande par le programme, avec l'autorité sur laquelle il se fonde."};
constinit const Rule kLineRepeated = {
    "LINE_REPEATED", absl::StatusCode::kInvalidArgument, false,
    "The completion stands in the file already. Remove the line.",
    "Cette réussite figure déjà dans le fichier. Retirez la ligne."};
constinit const Rule kLinkNotOpen = {
    "LINK_NOT_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "The link has expired or was revoked. With the victim's consent the Crown makes another.",
    "Le lien est expiré ou a été révoqué. Avec le consentement de la victime, la Couronne en crée un "
    "autre."};
constinit const Rule kLinkUnknown = {
    "LINK_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "A link of the report names no entity of it, or two entities have the same id. Give each entity an id"
    " of its own, and link entities that the report lists.",
    "Un lien du rapport ne désigne aucune de ses entités, ou deux entités ont le même identifiant. Donnez"
    " à chaque entité son propre identifiant et liez des entités que le rapport énumère."};
constinit const Rule kListNotReady = {
    "LIST_NOT_READY", absl::StatusCode::kUnavailable, true,
    "After an upgrade, what is stored is still being indexed for filters and orders. Try again later, or "
    "read the list without a filter and an order.",
    "Après une mise à niveau, l'indexation des dossiers pour les filtres et les tris est en cours. "
    "Réessayez plus tard, ou lisez la liste sans filtre ni tri."};
constinit const Rule kLodgementsOfTarget = {
    "LODGEMENTS_OF_TARGET", absl::StatusCode::kFailedPrecondition, false,
    "The agency has as many open lodgements of this target as it may. Call the officer of the lodgement "
    "that the answer names, and close those that are no longer needed.",
    "L'organisme a le nombre maximal de dépôts ouverts de cette cible. Appelez l'agent du dépôt nommé "
    "dans la réponse et fermez ceux qui ne servent plus."};
constinit const Rule kLogAgencyTaken = {
    "LOG_AGENCY_TAKEN", absl::StatusCode::kFailedPrecondition, false,
    "An agency of another kind has the id of the log. Operators choose another id in log_identity.",
    "Un organisme d'un autre type porte l'identifiant du journal. Les exploitants choisissent un autre "
    "identifiant dans log_identity."};
constinit const Rule kLogAhead = {
    "LOG_AHEAD", absl::StatusCode::kFailedPrecondition, false,
    "The audit log that is here has more entries than the backup's, and nothing was restored. Restore the"
    " others with --only, and keep the log.",
    "Le journal d'audit en place a plus d'entrées que celui de la sauvegarde, et rien n'a été restauré. "
    "Restaurez les autres services avec --only et conservez le journal."};
constinit const Rule kLogCertificateEnded = {
    "LOG_CERTIFICATE_ENDED", absl::StatusCode::kFailedPrecondition, false,
    "The certificate of the audit log has ended. Operators sign another one.",
    "Le certificat du journal d'audit est expiré. Les exploitants en signent un autre."};
constinit const Rule kLogCertificateInvalid = {
    "LOG_CERTIFICATE_INVALID", absl::StatusCode::kFailedPrecondition, false,
    "The certificate of the audit log, or its configuration, is not valid. Operators compare the "
    "certificate with log_identity.",
    "Le certificat du journal d'audit ou sa configuration n'est pas valide. Les exploitants comparent le "
    "certificat et log_identity."};
constinit const Rule kLogCertificateMissing = {
    "LOG_CERTIFICATE_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The file of the audit log's certificate cannot be read. Operators correct certificate_file of "
    "log_identity.",
    "Le fichier du certificat du journal d'audit ne peut pas être lu. Les exploitants corrigent "
    "certificate_file dans log_identity."};
constinit const Rule kLogCertificateRevoked = {
    "LOG_CERTIFICATE_REVOKED", absl::StatusCode::kFailedPrecondition, false,
    "The certificate of the audit log was revoked. Operators sign another one.",
    "Le certificat du journal d'audit a été révoqué. Les exploitants en signent un autre."};
constinit const Rule kLogCorrupt = {
    "LOG_CORRUPT", absl::StatusCode::kDataLoss, false,
    "The stored hashes of the audit log do not give its stored root. Stop, and restore the newest copy of"
    " the log.",
    "Les empreintes conservées du journal d'audit ne donnent pas sa racine conservée. Arrêtez le service "
    "et restaurez la copie la plus récente du journal."};
constinit const Rule kLogForked = {
    "LOG_FORKED", absl::StatusCode::kAborted, false,
    "Another process wrote to the audit log. Operators make sure that one process alone writes it.",
    "Un autre processus a écrit dans le journal d'audit. Les exploitants s'assurent qu'un seul processus "
    "y écrit."};
constinit const Rule kLogIncomplete = {
    "LOG_INCOMPLETE", absl::StatusCode::kDataLoss, false,
    "The audit log lacks entries, or holds others than were hashed. Stop, and restore the newest copy of "
    "the log.",
    "Il manque des entrées au journal d'audit, ou il en contient d'autres que celles dont l'empreinte a "
    "été calculée. Arrêtez le service et restaurez la copie la plus récente du journal."};
constinit const Rule kLogRewound = {
    "LOG_REWOUND", absl::StatusCode::kDataLoss, false,
    "The audit log is older than what was witnessed of it. Restore the newest backup, and never delete "
    "the witnessed file.",
    "Le journal d'audit est plus ancien que ce qui en a été attesté. Restaurez la sauvegarde la plus "
    "récente et ne supprimez jamais le fichier attesté."};
constinit const Rule kLogShortened = {
    "LOG_SHORTENED", absl::StatusCode::kDataLoss, false,
    "The database of the audit log lost records that were acknowledged. Restore the newest copy, and "
    "restart.",
    "La base de données du journal d'audit a perdu des entrées confirmées. Restaurez la copie la plus "
    "récente et redémarrez."};
constinit const Rule kLookupsExhausted = {
    "LOOKUPS_EXHAUSTED", absl::StatusCode::kResourceExhausted, true,
    "Look-ups of the person or of the agency have found nothing as often today as they may. Try again "
    "after the time that the answer names; in an emergency ask the court or whoever keeps its orders.",
    "Les recherches de la personne ou de l'organisme sont restées sans résultat aujourd'hui le nombre "
    "maximal de fois. Réessayez après le délai indiqué dans la réponse; en cas d'urgence, adressez-vous "
    "au tribunal ou à qui conserve ses ordonnances."};
constinit const Rule kLookupNotExact = {
    "LOOKUP_NOT_EXACT", absl::StatusCode::kInvalidArgument, false,
    "An order is looked up by a whole name or alias with the birth date, or else by a whole file number, "
    "and this is neither or both. Give the whole name and the birth date, without a wildcard, or the "
    "number alone.",
    "Une ordonnance se cherche par un nom ou un alias complet avec la date de naissance, ou par un numéro"
    " de dossier complet; ceci n'est ni l'un ni l'autre, ou les deux. Indiquez le nom complet et la date "
    "de naissance, sans caractère de remplacement, ou le numéro seul."};
constinit const Rule kMaskInvalid = {
    "MASK_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The mask names a field that cannot be changed. Leave the field out of update_mask.",
    "Le masque nomme un champ qui ne peut pas être modifié. Omettez ce champ dans update_mask."};
constinit const Rule kMembershipUnknown = {
    "MEMBERSHIP_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The organisation takes no part in the coalition now. Name an organisation that takes part.",
    "L'organisation ne fait pas partie de la coalition actuellement. Nommez une organisation qui en fait "
    "partie."};
constinit const Rule kMemberAbsent = {
    "MEMBER_ABSENT", absl::StatusCode::kInvalidArgument, false,
    "The team of the joint investigation has no such person of the caller's agency. Read the joint "
    "investigation again, and name somebody of yours who is on its team.",
    "L'équipe de l'enquête conjointe ne compte pas cette personne de l'organisme appelant. Relisez "
    "l'enquête conjointe et nommez une de vos personnes qui est dans son équipe."};
constinit const Rule kMessageIncomplete = {
    "MESSAGE_INCOMPLETE", absl::StatusCode::kInvalidArgument, false,
    "The request ends within a message. Send the whole message.",
    "La demande se termine au milieu d'un message. Envoyez le message en entier."};
constinit const Rule kMessageSurplus = {
    "MESSAGE_SURPLUS", absl::StatusCode::kInvalidArgument, false,
    "The request has more messages than the method takes. Send one message.",
    "La demande contient plus de messages que la méthode n'en accepte. Envoyez un seul message."};
constinit const Rule kMessageTooLarge = {
    "MESSAGE_TOO_LARGE", absl::StatusCode::kResourceExhausted, false,
    "A message is larger than the limit. Send or ask for less.",
    "Un message dépasse la limite. Envoyez ou demandez moins de données."};
constinit const Rule kMethodInternal = {
    "METHOD_INTERNAL", absl::StatusCode::kPermissionDenied, false,
    "The method is for Accord's own services. Call another method.",
    "Cette méthode est réservée aux services d'Accord. Appelez une autre méthode."};
constinit const Rule kMethodUnknown = {
    "METHOD_UNKNOWN", absl::StatusCode::kUnimplemented, false,
    "There is no such method. Correct the name of the method, or use a newer server.",
    "Cette méthode n'existe pas. Corrigez le nom de la méthode ou utilisez un serveur plus récent."};
constinit const Rule kMigrationJournalMalformed = {
    "MIGRATION_JOURNAL_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "The journal of a migration has a line that the command did not write. Name the journal that was "
    "written beside the file, or move this one away.",
    "Le journal d'une migration contient une ligne que la commande n'a pas écrite. Indiquez le journal "
    "écrit à côté du fichier, ou déplacez celui-ci."};
constinit const Rule kMigrationLineChanged = {
    "MIGRATION_LINE_CHANGED", absl::StatusCode::kFailedPrecondition, false,
    "The record was brought before, out of a line that said something else. Correct the record in Accord,"
    " and leave the line as it was.",
    "La fiche a déjà été reprise d'une ligne qui disait autre chose. Corrigez la fiche dans Accord et "
    "laissez la ligne telle qu'elle était."};
constinit const Rule kMigrationLineMalformed = {
    "MIGRATION_LINE_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "A line is not one record with its kind, its source and its fields. Write one JSON object a line, "
    "with kind, source_system, source_id and record.",
    "Une ligne n'est pas une fiche avec son genre, sa source et ses champs. Écrivez un objet JSON par "
    "ligne, avec kind, source_system, source_id et record."};
constinit const Rule kMigrationRefused = {
    "MIGRATION_REFUSED", absl::StatusCode::kInvalidArgument, false,
    "Lines of the file are refused, and nothing was brought. Correct the lines that are named, and try "
    "the whole file again.",
    "Des lignes du fichier sont refusées, et rien n'a été repris. Corrigez les lignes indiquées et "
    "reprenez tout le fichier."};
constinit const Rule kMigrationSourceTwice = {
    "MIGRATION_SOURCE_TWICE", absl::StatusCode::kInvalidArgument, false,
    "Two lines of the file have the same kind, source system and source id. Leave one of them out.",
    "Deux lignes du fichier ont le même genre, le même système source et le même identifiant. Retirez "
    "l'une des deux."};
constinit const Rule kMilestoneUnknown = {
    "MILESTONE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The initiative has no milestone with this code. Use the code of one of its milestones.",
    "L'initiative n'a aucun jalon portant ce code. Utilisez le code de l'un de ses jalons."};
constinit const Rule kModeNotPermitted = {
    "MODE_NOT_PERMITTED", absl::StatusCode::kInvalidArgument, false,
    "The offence has been prosecuted by indictment only since its first day. Choose indictment as the "
    "mode.",
    "Depuis le premier jour de l'infraction, celle-ci est poursuivie par mise en accusation seulement. "
    "Choisissez la mise en accusation comme mode de poursuite."};
constinit const Rule kNeedNotDeclared = {
    "NEED_NOT_DECLARED", absl::StatusCode::kFailedPrecondition, false,
    "The survivor has not declared that nothing else pays for this. Return the claim, so that a worker "
    "asks.",
    "La personne survivante n'a pas déclaré que rien d'autre ne couvre cette dépense. Retournez la "
    "demande pour qu'une intervenante ou un intervenant pose la question."};
constinit const Rule kNothingProposed = {
    "NOTHING_PROPOSED", absl::StatusCode::kFailedPrecondition, false,
    "This confirms what another person proposes, and nobody has proposed it. Have the first person "
    "propose it.",
    "Cet acte confirme ce qu'une autre personne propose, et personne ne l'a proposé. Faites d'abord faire"
    " la proposition par la première personne."};
constinit const Rule kNothingToUndo = {
    "NOTHING_TO_UNDO", absl::StatusCode::kFailedPrecondition, false,
    "The record has no earlier step that this could go back to. Correct the record, or take the next step"
    " instead.",
    "Aucune étape antérieure du dossier ne permet ce retour. Corrigez le dossier ou passez plutôt à "
    "l'étape suivante."};
constinit const Rule kNoticeStands = {
    "NOTICE_STANDS", absl::StatusCode::kFailedPrecondition, false,
    "Notice of termination was given for an earlier day, and stands. Leave the notice as it is.",
    "Un avis de résiliation a été donné pour une date antérieure et reste en vigueur. Laissez l'avis tel "
    "quel."};
constinit const Rule kNoticeTooLong = {
    "NOTICE_TOO_LONG", absl::StatusCode::kInvalidArgument, false,
    "The day of termination lies further ahead than notice is given. Choose an earlier day.",
    "La date de résiliation est plus éloignée que le préavis maximal. Choisissez une date antérieure."};
constinit const Rule kNoticeTooShort = {
    "NOTICE_TOO_SHORT", absl::StatusCode::kInvalidArgument, false,
    "The day of termination comes before the notice has run. Choose the day that the refusal names, or a "
    "later one.",
    "La date de résiliation survient avant la fin du préavis. Choisissez la date que le refus indique ou "
    "une date ultérieure."};
constinit const Rule kNotAnInstructor = {
    "NOT_AN_INSTRUCTOR", absl::StatusCode::kPermissionDenied, false,
    "The caller is no instructor of the offering. Let an instructor of the offering mark.",
    "L'appelant n'est pas formateur de cette séance. Demandez à un formateur de la séance de s'en "
    "charger."};
constinit const Rule kNotApproved = {
    "NOT_APPROVED", absl::StatusCode::kFailedPrecondition, false,
    "The director has not approved the application. Have the application approved first.",
    "La direction n'a pas approuvé la demande. Faites d'abord approuver la demande."};
constinit const Rule kNotAsked = {
    "NOT_ASKED", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency was not asked. An agency that was asked does this.",
    "L'organisme de l'appelant n'a pas été sollicité. Un organisme sollicité s'en charge."};
constinit const Rule kNotAssessed = {
    "NOT_ASSESSED", absl::StatusCode::kFailedPrecondition, false,
    "This version of the course has no assessment. Record no assessment.",
    "Cette version du cours ne comporte pas d'évaluation. Ne consignez pas d'évaluation."};
constinit const Rule kNotAssigned = {
    "NOT_ASSIGNED", absl::StatusCode::kPermissionDenied, false,
    "The caller is not assigned to the case, and is not its coordinator. Ask the coordinator for an "
    "assignment.",
    "L'appelant n'est pas affecté au dossier et n'en est pas le coordonnateur. Demandez au coordonnateur "
    "de vous y affecter."};
constinit const Rule kNotAPanelist = {
    "NOT_A_PANELIST", absl::StatusCode::kPermissionDenied, false,
    "The caller is not on the panel of the call. A member of the panel does this.",
    "L'appelant n'est pas membre du comité de l'appel. Un membre du comité s'en charge."};
constinit const Rule kNotAParty = {
    "NOT_A_PARTY", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency is no party in the role that this takes. A party does this.",
    "L'organisme de l'appelant n'est pas partie au titre requis. Une partie s'en charge."};
constinit const Rule kNotAReader = {
    "NOT_A_READER", absl::StatusCode::kPermissionDenied, false,
    "The caller does not read the record. Somebody who reads it does this.",
    "L'appelant ne lit pas ce dossier. Une personne qui le lit s'en charge."};
constinit const Rule kNotASide = {
    "NOT_A_SIDE", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency is on neither side of the dispute. One of the two sides does this.",
    "L'organisme de l'appelant n'est pas une partie au différend. L'une des deux parties s'en charge."};
constinit const Rule kNotASignatory = {
    "NOT_A_SIGNATORY", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency is no signatory of the protocol. A signatory does this.",
    "L'organisme de l'appelant n'est pas signataire du protocole. Un signataire s'en charge."};
constinit const Rule kNotASigner = {
    "NOT_A_SIGNER", absl::StatusCode::kPermissionDenied, false,
    "The caller signs for neither side of the agreement. The director signs for the office, the "
    "organisation for itself, and staff enters a signature that is on paper.",
    "L'appelant ne signe pour aucune des parties à l'entente. La direction signe pour le bureau, "
    "l'organisme signe pour lui-même et le personnel consigne une signature sur papier."};
constinit const Rule kNotChargeable = {
    "NOT_CHARGEABLE", absl::StatusCode::kInvalidArgument, false,
    "The section defines, and is not charged by itself. Choose the offence that is charged.",
    "Cet article énonce une définition et ne constitue pas en soi une infraction. Choisissez l'infraction"
    " reprochée."};
constinit const Rule kNotCommitted = {
    "NOT_COMMITTED", absl::StatusCode::kFailedPrecondition, false,
    "The allocation is not committed, or is closed. Have the director commit an allocation first.",
    "L'affectation n'est pas engagée ou est close. Faites d'abord engager une affectation par la "
    "direction."};
constinit const Rule kNotCompleted = {
    "NOT_COMPLETED", absl::StatusCode::kFailedPrecondition, false,
    "The enrolment is not completed. Complete the enrolment first.",
    "L'inscription n'est pas terminée. Terminez d'abord l'inscription."};
constinit const Rule kNotEligibleCfsa = {
    "NOT_ELIGIBLE_CFSA", absl::StatusCode::kFailedPrecondition, false,
    "The law on the day of the event gives the person no protection services without an existing order. "
    "Screen as not_eligible_cfsa, and offer a service referral.",
    "La loi en vigueur à la date de l'événement n'accorde à la personne aucun service de protection sans "
    "ordonnance existante. Évaluez comme not_eligible_cfsa et offrez un aiguillage vers un service."};
constinit const Rule kNotFound = {
    "NOT_FOUND", absl::StatusCode::kNotFound, false,
    "There is no such record, or the caller may not see it. Check the name, and who may see the record.",
    "Cet enregistrement n'existe pas, ou l'appelant ne peut pas le voir. Vérifiez le nom et qui peut voir"
    " l'enregistrement."};
constinit const Rule kNotInForce = {
    "NOT_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "The law or the program on which this rests was not in force on that day. Wait for the day on which "
    "it comes into force.",
    "La loi ou le programme sur lequel ceci repose n'était pas en vigueur à cette date. Attendez la date "
    "d'entrée en vigueur."};
constinit const Rule kNotRecommended = {
    "NOT_RECOMMENDED", absl::StatusCode::kFailedPrecondition, false,
    "The panel does not recommend an amount for the application. Decline the application.",
    "Le comité ne recommande aucun montant pour la demande. Refusez la demande."};
constinit const Rule kNotSanitised = {
    "NOT_SANITISED", absl::StatusCode::kFailedPrecondition, false,
    "What is handled H5 is sanitised first, and the product is not. Sanitise the product.",
    "Ce qui porte la consigne H5 est d'abord expurgé, et le produit ne l'est pas. Expurgez le produit."};
constinit const Rule kNotScreened = {
    "NOT_SCREENED", absl::StatusCode::kFailedPrecondition, false,
    "An application is not screened, or was not found eligible. Screen the application first.",
    "Une demande n'a pas été examinée ou n'a pas été jugée admissible. Examinez d'abord la demande."};
constinit const Rule kNotSenderOrReceiver = {
    "NOT_SENDER_OR_RECEIVER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency neither sent nor receives the referral. The sender or the receiver does this.",
    "L'organisme de l'appelant n'a ni envoyé ni reçu l'aiguillage. L'expéditeur ou le destinataire s'en "
    "charge."};
constinit const Rule kNotTheAsker = {
    "NOT_THE_ASKER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency did not make the request. The agency that asked closes its request.",
    "L'organisme de l'appelant n'a pas présenté la demande. L'organisme demandeur ferme sa demande."};
constinit const Rule kNotTheAssignee = {
    "NOT_THE_ASSIGNEE", absl::StatusCode::kPermissionDenied, false,
    "The caller neither takes what is free, nor hands over what is the caller's own, nor supervises. Ask "
    "a supervisor to assign.",
    "L'appelant ne prend pas un dossier libre, ne transmet pas le sien et n'est pas superviseur. Demandez"
    " à un superviseur d'affecter le dossier."};
constinit const Rule kNotTheBureau = {
    "NOT_THE_BUREAU", absl::StatusCode::kPermissionDenied, false,
    "The caller is not the intelligence bureau. The bureau does this.",
    "L'appelant n'est pas le bureau du renseignement criminel. Le bureau s'en charge."};
constinit const Rule kNotTheCaseTeam = {
    "NOT_THE_CASE_TEAM", absl::StatusCode::kPermissionDenied, false,
    "The caller is no worker of the support case. Somebody who supports the survivor does this; a manager"
    " of the agency assigns workers.",
    "L'appelant n'est pas affecté au dossier de soutien. Une personne qui soutient la personne survivante"
    " s'en charge; la direction de l'organisme affecte le personnel."};
constinit const Rule kNotTheChair = {
    "NOT_THE_CHAIR", absl::StatusCode::kPermissionDenied, false,
    "The caller does not chair the panel of the call. The chair does this.",
    "L'appelant ne préside pas le comité de l'appel. La présidence s'en charge."};
constinit const Rule kNotTheCoordinator = {
    "NOT_THE_COORDINATOR", absl::StatusCode::kPermissionDenied, false,
    "The caller is not the coordinator of the provincial team. The coordinator does this.",
    "L'appelant n'est pas le coordonnateur de l'équipe provinciale. Le coordonnateur s'en charge."};
constinit const Rule kNotTheCrownOffice = {
    "NOT_THE_CROWN_OFFICE", absl::StatusCode::kPermissionDenied, false,
    "The caller is no Crown of the case's office. A Crown of that office does this.",
    "L'appelant n'est pas un procureur de la Couronne du bureau chargé du dossier. Un procureur de la "
    "Couronne de ce bureau s'en charge."};
constinit const Rule kNotTheEmployer = {
    "NOT_THE_EMPLOYER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency does not employ the learner. The learner's agency does this.",
    "L'organisme de l'appelant n'emploie pas la personne en formation. L'organisme de cette personne s'en"
    " charge."};
constinit const Rule kNotTheHolder = {
    "NOT_THE_HOLDER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency holds no copy. An agency that holds a copy does this.",
    "L'organisme de l'appelant ne détient aucune copie. Un organisme qui détient une copie s'en charge."};
constinit const Rule kNotTheLead = {
    "NOT_THE_LEAD", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency does not lead. The agency that leads does this.",
    "L'organisme de l'appelant n'est pas l'organisme responsable. L'organisme responsable s'en charge."};
constinit const Rule kNotTheMaker = {
    "NOT_THE_MAKER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency did not make the product. The agency that made it does this.",
    "L'organisme de l'appelant n'a pas créé le produit. L'organisme qui l'a créé s'en charge."};
constinit const Rule kNotTheOffice = {
    "NOT_THE_OFFICE", absl::StatusCode::kPermissionDenied, false,
    "The caller is not the coordination office. The coordination office does this.",
    "L'appelant n'est pas le bureau de coordination. Le bureau de coordination s'en charge."};
constinit const Rule kNotTheOriginator = {
    "NOT_THE_ORIGINATOR", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency is not the originator. The originator does this.",
    "L'organisme de l'appelant n'est pas l'organisme d'origine. L'organisme d'origine s'en charge."};
constinit const Rule kNotTheOwner = {
    "NOT_THE_OWNER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency does not own the record. The agency whose record it is does this.",
    "L'enregistrement n'appartient pas à l'organisme de l'appelant. L'organisme à qui il appartient s'en "
    "charge."};
constinit const Rule kNotThePolice = {
    "NOT_THE_POLICE", absl::StatusCode::kPermissionDenied, false,
    "The caller is not the police service of the case. That police service does this.",
    "L'appelant n'est pas le service de police du dossier. Ce service de police s'en charge."};
constinit const Rule kNotTheRaiser = {
    "NOT_THE_RAISER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency did not raise the matter. The agency that raised it does this.",
    "L'organisme de l'appelant n'a pas soulevé la question. L'organisme qui l'a soulevée s'en charge."};
constinit const Rule kNotTheReceiver = {
    "NOT_THE_RECEIVER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency is not the receiver. The receiving agency does this.",
    "L'organisme de l'appelant n'est pas le destinataire. L'organisme destinataire s'en charge."};
constinit const Rule kNotTheScorer = {
    "NOT_THE_SCORER", absl::StatusCode::kPermissionDenied, false,
    "The assessment is another scorer's. Each scorer acts on the own assessment.",
    "L'évaluation est celle d'une autre personne. Chaque évaluateur agit sur sa propre évaluation."};
constinit const Rule kNotTheSender = {
    "NOT_THE_SENDER", absl::StatusCode::kPermissionDenied, false,
    "The caller's agency is not the sender. The sending agency does this.",
    "L'organisme de l'appelant n'est pas l'expéditeur. L'organisme expéditeur s'en charge."};
constinit const Rule kNotTied = {
    "NOT_TIED", absl::StatusCode::kFailedPrecondition, false,
    "The two applications do not share a rank, or the panel has told them apart already. Read the record "
    "of the call again.",
    "Les deux demandes n'ont pas le même rang ou le comité les a déjà départagées. Relisez le dossier de "
    "l'appel."};
constinit const Rule kNotTls = {
    "NOT_TLS", absl::StatusCode::kInvalidArgument, false,
    "What answers at the address does not speak TLS, and is no gateway. Correct the port.",
    "Ce qui répond à cette adresse n'utilise pas TLS et n'est pas une passerelle. Corrigez le port."};
constinit const Rule kNotYetEffective = {
    "NOT_YET_EFFECTIVE", absl::StatusCode::kFailedPrecondition, false,
    "The day on which the protocol takes effect has not come. Wait for effective_from, or change it.",
    "La date d'entrée en vigueur du protocole n'est pas arrivée. Attendez effective_from ou modifiez "
    "cette date."};
constinit const Rule kNotYourOwn = {
    "NOT_YOUR_OWN", absl::StatusCode::kPermissionDenied, false,
    "The record is of another learner. The learner, or who leads the learner's agency, does this.",
    "L'enregistrement concerne une autre personne en formation. Cette personne ou la direction de son "
    "organisme s'en charge."};
constinit const Rule kNoIdentity = {
    "NO_IDENTITY", absl::StatusCode::kUnavailable, true,
    "The service is not enrolled yet: its certificate cannot be read. Operators look at the certificate "
    "of the service.",
    "Le service n'est pas encore inscrit : son certificat ne peut pas être lu. Les exploitants vérifient "
    "le certificat du service."};
constinit const Rule kNoRelease = {
    "NO_RELEASE", absl::StatusCode::kFailedPrecondition, false,
    "The originator has not released this to the named agency. Ask the originator with a release request "
    "that names the agency.",
    "L'organisme d'origine n'a pas autorisé la communication à l'organisme nommé. Présentez à l'organisme"
    " d'origine une demande de communication qui nomme cet organisme."};
constinit const Rule kOffenceNotInForce = {
    "OFFENCE_NOT_IN_FORCE", absl::StatusCode::kInvalidArgument, false,
    "The provision was not in force on the first day of the offence. Choose a provision of that day: see "
    "`accordctl accused list-offences`.",
    "La disposition n'était pas en vigueur le premier jour de l'infraction. Choisissez une disposition en"
    " vigueur ce jour-là : voir `accordctl accused list-offences`."};
constinit const Rule kOffenceUnknown = {
    "OFFENCE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The table of offences has no such section. Choose one of `accordctl accused list-offences`.",
    "Le tableau des infractions ne contient pas cet article. Choisissez-en un dans `accordctl accused "
    "list-offences`."};
constinit const Rule kOfferingNotBegun = {
    "OFFERING_NOT_BEGUN", absl::StatusCode::kFailedPrecondition, false,
    "The offering has not begun. Mark attendance when it has.",
    "La séance n'a pas commencé. Consignez les présences quand elle aura commencé."};
constinit const Rule kOfferingNotHeld = {
    "OFFERING_NOT_HELD", absl::StatusCode::kFailedPrecondition, false,
    "The offering was never opened, or is cancelled. Mark an offering that is held.",
    "La séance n'a jamais été ouverte ou est annulée. Consignez les présences et les évaluations d'une "
    "séance qui a lieu."};
constinit const Rule kOfferingNotOpen = {
    "OFFERING_NOT_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "Enrolment in the offering is not open. Choose an offering that is open.",
    "Les inscriptions à cette séance ne sont pas ouvertes. Choisissez une séance ouverte."};
constinit const Rule kOfficeDraftsFromTemplate = {
    "OFFICE_DRAFTS_FROM_TEMPLATE", absl::StatusCode::kFailedPrecondition, false,
    "The coordination office drafts from the model text alone. Draft from the model; the parties change "
    "it.",
    "Le bureau de coordination rédige à partir du texte type seulement. Rédigez à partir du modèle; les "
    "parties le modifient."};
constinit const Rule kOffsetMismatch = {
    "OFFSET_MISMATCH", absl::StatusCode::kFailedPrecondition, false,
    "The piece does not begin where what has arrived ends. Go on where `received` says.",
    "Le fragment ne commence pas où s'arrête ce qui est arrivé. Continuez à l'endroit qu'indique "
    "`received`."};
constinit const Rule kOrderTooLong = {
    "ORDER_TOO_LONG", absl::StatusCode::kInvalidArgument, false,
    "The order would last longer than the law of the day on which it was made or extended allows. Check "
    "the last day in the court's order.",
    "L'ordonnance durerait plus longtemps que ne le permet la loi en vigueur le jour où elle a été rendue"
    " ou prorogée. Vérifiez le dernier jour dans l'ordonnance du tribunal."};
constinit const Rule kOrganisationNameEmpty = {
    "ORGANISATION_NAME_EMPTY", absl::StatusCode::kInvalidArgument, false,
    "The name has no letter or digit by which organisations are told apart. Write the name out.",
    "Le nom ne contient aucune lettre ni aucun chiffre qui distinguerait l'organisation. Écrivez le nom "
    "au complet."};
constinit const Rule kOriginatorAsksNobody = {
    "ORIGINATOR_ASKS_NOBODY", absl::StatusCode::kInvalidArgument, false,
    "The report is the caller's own, and needs no release. Share it without a release request.",
    "Le rapport appartient à l'appelant et ne nécessite aucune autorisation. Communiquez-le sans demande "
    "d'autorisation."};
constinit const Rule kOtherSide = {
    "OTHER_SIDE", absl::StatusCode::kInvalidArgument, false,
    "The other side of the dispute is no society or police service of the same referral or protocol. "
    "Correct with_agency.",
    "L'autre partie au différend n'est ni une société ni un service de police du même aiguillage ou "
    "protocole. Corrigez with_agency."};
constinit const Rule kOverBeforeForce = {
    "OVER_BEFORE_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "The day on which the protocol ends has passed before it came into force. Let the lead change "
    "effective_to, and the parties sign that text.",
    "La date de fin du protocole est passée avant son entrée en vigueur. Demandez à l'organisme "
    "responsable de modifier effective_to, et aux parties de signer ce texte."};
constinit const Rule kOwnRecord = {
    "OWN_RECORD", absl::StatusCode::kPermissionDenied, false,
    "The record is about the caller. Let somebody else do this.",
    "L'enregistrement concerne l'appelant. Laissez quelqu'un d'autre s'en charger."};
constinit const Rule kOwnRoles = {
    "OWN_ROLES", absl::StatusCode::kPermissionDenied, false,
    "The caller would change his or her own roles. Let another administrator change them.",
    "L'appelant modifierait ses propres rôles. Laissez un autre administrateur les modifier."};
constinit const Rule kPackCertificateUnfit = {
    "PACK_CERTIFICATE_UNFIT", absl::StatusCode::kInvalidArgument, false,
    "The pack for an outage cannot be sealed for the certificate. Make a key and a certificate for the "
    "duty desk with accordctl continuity key.",
    "Le dossier de secours ne peut pas être scellé pour le certificat. Créez une clé et un certificat "
    "pour le service de garde avec accordctl continuity key."};
constinit const Rule kPackNotOpened = {
    "PACK_NOT_OPENED", absl::StatusCode::kInvalidArgument, false,
    "The sealed pack was made for another key, or is not as it was made. Open it with the key of the duty"
    " desk, or take another copy of it.",
    "Le dossier scellé a été préparé pour une autre clé ou n'est plus tel qu'il a été préparé. Ouvrez-le "
    "avec la clé du service de garde ou prenez-en une autre copie."};
constinit const Rule kPageTokenInvalid = {
    "PAGE_TOKEN_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The page token is not from this list. Begin without a token.",
    "Le jeton de page ne provient pas de cette liste. Recommencez sans jeton."};
constinit const Rule kParentNotInForce = {
    "PARENT_NOT_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "The protocol that the addendum adds to is not in force. Bring that protocol into force first.",
    "Le protocole que l'avenant complète n'est pas en vigueur. Mettez d'abord ce protocole en vigueur."};
constinit const Rule kParentProtocol = {
    "PARENT_PROTOCOL", absl::StatusCode::kInvalidArgument, false,
    "An addendum names no parent protocol, or something else names one. Name parent_protocol in an "
    "addendum, and nowhere else.",
    "Un avenant ne nomme aucun protocole principal, ou un autre texte en nomme un. Nommez parent_protocol"
    " dans un avenant seulement."};
constinit const Rule kParentSuperseded = {
    "PARENT_SUPERSEDED", absl::StatusCode::kFailedPrecondition, false,
    "An addendum would replace a protocol that it adds to. Name another protocol in supersedes.",
    "Un avenant remplacerait un protocole qu'il complète. Nommez un autre protocole dans supersedes."};
constinit const Rule kPartiesIncomplete = {
    "PARTIES_INCOMPLETE", absl::StatusCode::kInvalidArgument, false,
    "The signatories do not include both a society and a police service. Add the one that is missing.",
    "Les signataires ne comprennent pas à la fois une société et un service de police. Ajoutez celui qui "
    "manque."};
constinit const Rule kPartyTwice = {
    "PARTY_TWICE", absl::StatusCode::kInvalidArgument, false,
    "An agency is a party twice. Name each agency once.",
    "Un organisme figure deux fois parmi les parties. Nommez chaque organisme une seule fois."};
constinit const Rule kPayeeNotPermitted = {
    "PAYEE_NOT_PERMITTED", absl::StatusCode::kInvalidArgument, false,
    "The rule of the benefit has the money go to somebody else, or the payee is not named as such a one "
    "is. Name the provider, or for a survivor how the money is handed over.",
    "Selon la règle de la prestation, l'argent va à quelqu'un d'autre, ou le bénéficiaire n'est pas "
    "désigné comme il se doit. Nommez le fournisseur ou, pour une personne survivante, indiquez comment "
    "l'argent lui est remis."};
constinit const Rule kPaymentReversed = {
    "PAYMENT_REVERSED", absl::StatusCode::kFailedPrecondition, false,
    "A part of the payment came back, or somebody asks to reverse it. Cancel what is asked for, or leave "
    "the payment as it is.",
    "Une partie du paiement a été remboursée ou quelqu'un en demande la contrepassation. Annulez la "
    "demande ou laissez le paiement tel quel."};
constinit const Rule kPeerNotAllowed = {
    "PEER_NOT_ALLOWED", absl::StatusCode::kPermissionDenied, false,
    "The peer may not call this service or method. Operators compare the peer's certificate with the "
    "configuration.",
    "Le pair ne peut pas appeler ce service ou cette méthode. Les exploitants comparent le certificat du "
    "pair et la configuration."};
constinit const Rule kPemMissing = {
    "PEM_MISSING", absl::StatusCode::kInvalidArgument, false,
    "The file holds no block of PEM of the kind that is needed. Name another file, or turn DER into PEM.",
    "Le fichier ne contient aucun bloc PEM du type nécessaire. Nommez un autre fichier ou convertissez le"
    " format DER en PEM."};
constinit const Rule kPeriodOpen = {
    "PERIOD_OPEN", absl::StatusCode::kFailedPrecondition, false,
    "The period of the observation is not over. Submit it on a day after the period.",
    "La période de l'observation n'est pas terminée. Soumettez-la un jour après la fin de la période."};
constinit const Rule kPersonUnknown = {
    "PERSON_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The request names nobody who is registered and active at the agency in a role for this. Name a "
    "registered, active person of that agency who may act on it; ListColleagues has your own.",
    "La demande ne nomme aucune personne de l'organisme qui soit inscrite et active dans un rôle voulu. "
    "Nommez une personne active de cet organisme qui peut agir; ListColleagues donne les vôtres."};
constinit const Rule kPhoneContactBeforeEvent = {
    "PHONE_CONTACT_BEFORE_EVENT", absl::StatusCode::kInvalidArgument, false,
    "The telephone call comes before the day of the event. Correct phone_contact_at or event_date.",
    "L'appel téléphonique précède la date de l'événement. Corrigez phone_contact_at ou event_date."};
constinit const Rule kPhoneContactInFuture = {
    "PHONE_CONTACT_IN_FUTURE", absl::StatusCode::kInvalidArgument, false,
    "The telephone call comes after now, or after the immediate referral that follows it. Correct the "
    "instant of the call.",
    "L'appel téléphonique est postérieur au moment présent ou à l'aiguillage immédiat qui le suit. "
    "Corrigez l'instant de l'appel."};
constinit const Rule kPhoneContactRequired = {
    "PHONE_CONTACT_REQUIRED", absl::StatusCode::kInvalidArgument, false,
    "An immediate referral follows a telephone call, and none is given. Call, and give phone_contact_at.",
    "Un aiguillage immédiat suit un appel téléphonique, et aucun n'est indiqué. Téléphonez et indiquez "
    "phone_contact_at."};
constinit const Rule kPlanningHasAnOrder = {
    "PLANNING_HAS_AN_ORDER", absl::StatusCode::kInvalidArgument, false,
    "A planning meeting is recorded with the order that was agreed there. Use PlanJointInvestigation.",
    "Une réunion de planification est consignée avec l'ordre qui y a été convenu. Utilisez "
    "PlanJointInvestigation."};
constinit const Rule kPoliceServiceUnknown = {
    "POLICE_SERVICE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The rule set has no such police service. Name police services of the rule set.",
    "Le jeu de règles ne contient pas ce service de police. Nommez des services de police du jeu de "
    "règles."};
constinit const Rule kPolicyNotRead = {
    "POLICY_NOT_READ", absl::StatusCode::kUnavailable, true,
    "The registry cannot read its records. Try again later.",
    "Le registre ne peut pas lire ses enregistrements. Réessayez plus tard."};
constinit const Rule kPolicyStale = {
    "POLICY_STALE", absl::StatusCode::kUnavailable, true,
    "The gateway has not heard the registry for too long. Try again later.",
    "La passerelle n'a pas eu de nouvelles du registre depuis trop longtemps. Réessayez plus tard."};
constinit const Rule kPositionFromAnotherTime = {
    "POSITION_FROM_ANOTHER_TIME", absl::StatusCode::kAborted, false,
    "The service's records were restored from a copy that does not hold what the caller saw. List the "
    "records anew, and watch from the position that the list gives.",
    "Les enregistrements du service ont été restaurés à partir d'une copie qui ne contient pas ce que "
    "l'appelant a vu. Énumérez de nouveau les enregistrements et suivez-les à partir de la position que "
    "la liste indique."};
constinit const Rule kPositionUnknown = {
    "POSITION_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The rule set has no such position of the bureau. Use a position of the rule set.",
    "Le jeu de règles ne contient pas ce poste du bureau du renseignement criminel. Utilisez un poste du "
    "jeu de règles."};
constinit const Rule kPowerNotInForce = {
    "POWER_NOT_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "On that day there was no power to bring a youth to a place of safety. Correct brought_at.",
    "À cette date, aucun pouvoir ne permettait d'amener un jeune dans un lieu sûr. Corrigez brought_at."};
constinit const Rule kPredicateUnknown = {
    "PREDICATE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The offence is none of those that reports and requests are about. Name one of the listed offences.",
    "L'infraction n'est pas de celles que visent les rapports et les demandes. Nommez l'une des "
    "infractions énumérées."};
constinit const Rule kPreliminaryNotAvailable = {
    "PRELIMINARY_NOT_AVAILABLE", absl::StatusCode::kFailedPrecondition, false,
    "No count is of an offence that a preliminary inquiry is held for. Go on without a preliminary "
    "inquiry.",
    "Aucun chef ne vise une infraction qui donne lieu à une enquête préliminaire. Poursuivez sans enquête"
    " préliminaire."};
constinit const Rule kPrerequisiteExpired = {
    "PREREQUISITE_EXPIRED", absl::StatusCode::kFailedPrecondition, false,
    "The learner's completion of a course that this one asks for has expired. Complete that course again.",
    "La réussite d'un cours préalable par la personne est expirée. Suivez de nouveau ce cours."};
constinit const Rule kPrerequisiteMissing = {
    "PREREQUISITE_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The learner has not completed a course that this one asks for. Complete that course first.",
    "La personne n'a pas réussi un cours préalable. Suivez d'abord ce cours."};
constinit const Rule kPrerequisiteOfAnother = {
    "PREREQUISITE_OF_ANOTHER", absl::StatusCode::kFailedPrecondition, false,
    "The course asks for a course of another agency, whose completions the caller does not see. Let the "
    "learner enrol, or who leads the learner's agency.",
    "Le cours exige un cours d'un autre organisme, dont l'appelant ne voit pas les réussites. Laissez la "
    "personne s'inscrire elle-même ou la direction de son organisme l'inscrire."};
constinit const Rule kPrerequisiteUnknown = {
    "PREREQUISITE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "A prerequisite names no other course. Name another course.",
    "Un préalable ne nomme aucun autre cours. Nommez un autre cours."};
constinit const Rule kProductHandlingForbids = {
    "PRODUCT_HANDLING_FORBIDS", absl::StatusCode::kFailedPrecondition, false,
    "The handling of the product does not allow this. Ask the maker for another handling.",
    "La consigne de traitement du produit ne le permet pas. Demandez à l'organisme créateur une autre "
    "consigne."};
constinit const Rule kProductLooserThanInput = {
    "PRODUCT_LOOSER_THAN_INPUT", absl::StatusCode::kInvalidArgument, false,
    "The product is less strict than the strictest of its inputs, and is not sanitised. Choose a stricter"
    " handling, or sanitise the product.",
    "Le produit est moins restreint que le plus restreint de ses intrants et n'est pas expurgé. "
    "Choisissez une consigne plus stricte ou expurgez le produit."};
constinit const Rule kProductNotIssued = {
    "PRODUCT_NOT_ISSUED", absl::StatusCode::kFailedPrecondition, false,
    "Only a product that was approved and issued, and is not withdrawn, leaves. Have the product approved"
    " and issued first.",
    "Seul un produit approuvé, diffusé et non retiré peut sortir. Faites d'abord approuver et diffuser le"
    " produit."};
constinit const Rule kProductNotSanitised = {
    "PRODUCT_NOT_SANITISED", absl::StatusCode::kFailedPrecondition, false,
    "Only a sanitised text leaves. Have the product sanitised and agreed to first.",
    "Seul un texte expurgé peut sortir. Faites d'abord expurger le produit et obtenez les accords."};
constinit const Rule kProtocolNotInForce = {
    "PROTOCOL_NOT_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "The protocol, or the one that it adds to, is not in force. Name a protocol that is in force.",
    "Le protocole, ou celui qu'il complète, n'est pas en vigueur. Nommez un protocole en vigueur."};
constinit const Rule kPublishedByApprover = {
    "PUBLISHED_BY_APPROVER", absl::StatusCode::kPermissionDenied, false,
    "The caller approved the report. Have another person publish it.",
    "L'appelant a approuvé le rapport. Demandez à une autre personne de le publier."};
constinit const Rule kPurgeNeedsTwo = {
    "PURGE_NEEDS_TWO", absl::StatusCode::kPermissionDenied, false,
    "The person who confirms the purge has proposed it. Let somebody else confirm.",
    "La personne qui confirme la destruction l'a proposée. Laissez quelqu'un d'autre confirmer."};
constinit const Rule kPurgeNotProposed = {
    "PURGE_NOT_PROPOSED", absl::StatusCode::kFailedPrecondition, false,
    "Nobody has proposed the purge. Somebody else of your agency proposes it first.",
    "Personne n'a proposé la destruction. Une autre personne de votre organisme la propose d'abord."};
constinit const Rule kPurposeMissing = {
    "PURPOSE_MISSING", absl::StatusCode::kPermissionDenied, false,
    "The method takes a purpose, and the call names none. Name the purpose in the header accord-purpose.",
    "La méthode exige un but, et l'appel n'en nomme aucun. Nommez le but dans l'en-tête accord-purpose."};
constinit const Rule kPurposeNotPermitted = {
    "PURPOSE_NOT_PERMITTED", absl::StatusCode::kPermissionDenied, false,
    "The actor's roles may not call the method for that purpose. Name another purpose: see `accordctl "
    "access explain`.",
    "Les rôles de la personne ne permettent pas d'appeler la méthode à cette fin. Nommez un autre but : "
    "voir `accordctl access explain`."};
constinit const Rule kPurposeUnknown = {
    "PURPOSE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The header accord-purpose names no purpose. Name one of the purposes that exist.",
    "L'en-tête accord-purpose ne nomme aucun but connu. Nommez l'un des buts existants."};
constinit const Rule kQuotaCalls = {
    "QUOTA_CALLS", absl::StatusCode::kResourceExhausted, true,
    "The agency calls faster than its quota. Slow down, and try again after the time that the answer "
    "names.",
    "L'organisme appelle plus vite que son quota ne le permet. Ralentissez et réessayez après le délai "
    "indiqué dans la réponse."};
constinit const Rule kQuotaMisses = {
    "QUOTA_MISSES", absl::StatusCode::kResourceExhausted, true,
    "The agency has named too many people who are not registered and active in a role for it. Look people"
    " up with ListColleagues, and try again after the time that the answer names.",
    "L'organisme a nommé trop de personnes qui ne sont pas inscrites et actives dans un rôle voulu. "
    "Cherchez les personnes avec ListColleagues et réessayez après le délai indiqué dans la réponse."};
constinit const Rule kQuotaOpenCalls = {
    "QUOTA_OPEN_CALLS", absl::StatusCode::kResourceExhausted, true,
    "Too many calls of the agency are open. Finish some of them first.",
    "Trop d'appels de l'organisme sont ouverts. Terminez-en d'abord quelques-uns."};
constinit const Rule kQuotesUnbalanced = {
    "QUOTES_UNBALANCED", absl::StatusCode::kInvalidArgument, false,
    "A quote is not closed on the line. Correct the line.",
    "Un guillemet n'est pas fermé sur la ligne. Corrigez la ligne."};
constinit const Rule kRanksChanged = {
    "RANKS_CHANGED", absl::StatusCode::kFailedPrecondition, false,
    "The order or what is recommended has changed since the chair concluded. The chair concludes anew.",
    "L'ordre ou les recommandations ont changé depuis la conclusion de la présidence. La présidence "
    "conclut de nouveau."};
constinit const Rule kReasonRequired = {
    "REASON_REQUIRED", absl::StatusCode::kInvalidArgument, false,
    "The step says why it is taken, and no reason is given. Give the reason.",
    "Cette étape doit être motivée, et aucun motif n'est indiqué. Indiquez le motif."};
constinit const Rule kReceiverIsImplicated = {
    "RECEIVER_IS_IMPLICATED", absl::StatusCode::kInvalidArgument, false,
    "The receiver is the agency whose staff is suspected. Name another receiver.",
    "Le destinataire est l'organisme dont le personnel est soupçonné. Nommez un autre destinataire."};
constinit const Rule kReceiverIsSender = {
    "RECEIVER_IS_SENDER", absl::StatusCode::kInvalidArgument, false,
    "The receiver is the sender. Name another agency.",
    "Le destinataire est l'expéditeur. Nommez un autre organisme."};
constinit const Rule kReceiverUnknown = {
    "RECEIVER_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The receiver is no children's aid society or police service that is known. Correct to_agency.",
    "Le destinataire n'est ni une société d'aide à l'enfance ni un service de police connu. Corrigez "
    "to_agency."};
constinit const Rule kRecipientHasIt = {
    "RECIPIENT_HAS_IT", absl::StatusCode::kInvalidArgument, false,
    "The agency that is to receive it has it already. Name another recipient.",
    "L'organisme destinataire l'a déjà. Nommez un autre destinataire."};
constinit const Rule kRecognizanceAge = {
    "RECOGNIZANCE_AGE", absl::StatusCode::kInvalidArgument, false,
    "The section protects persons under an age, and the youngest is older or of no known age. Name the "
    "age of the youngest, or choose another section.",
    "L'article protège les personnes n'ayant pas atteint un certain âge, et l'âge de la plus jeune est "
    "plus élevé ou inconnu. Indiquez l'âge de la plus jeune ou choisissez un autre article."};
constinit const Rule kRecognizanceOffence = {
    "RECOGNIZANCE_OFFENCE", absl::StatusCode::kInvalidArgument, false,
    "The section is for offences that it lists, and the feared one is none of them. Name an offence that "
    "the section lists.",
    "L'article vise les infractions qu'il énumère, et l'infraction redoutée n'en est pas une. Nommez une "
    "infraction que l'article énumère."};
constinit const Rule kRecognizanceTooLong = {
    "RECOGNIZANCE_TOO_LONG", absl::StatusCode::kInvalidArgument, false,
    "The recognizance lasts longer than its section allows. Choose an earlier end: see the rule set.",
    "L'engagement dure plus longtemps que l'article ne le permet. Choisissez une fin antérieure : voir le"
    " jeu de règles."};
constinit const Rule kRecognizanceUnknown = {
    "RECOGNIZANCE_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The section is none under which a recognizance is ordered that begins on this day. Name 810, 810.01,"
    " 810.02, 810.03, 810.1 or 810.2 of the Criminal Code, if it was in force on the first day.",
    "L'article n'est pas de ceux en vertu desquels un engagement débutant ce jour est ordonné. Indiquez "
    "l'article 810, 810.01, 810.02, 810.03, 810.1 ou 810.2 du Code criminel, s'il était en vigueur le "
    "premier jour."};
constinit const Rule kReconciliationRunning = {
    "RECONCILIATION_RUNNING", absl::StatusCode::kResourceExhausted, true,
    "Another comparison of the log with the services is under way. Try again later.",
    "Une autre comparaison du journal et des services est en cours. Réessayez plus tard."};
constinit const Rule kRecordsStageSkipped = {
    "RECORDS_STAGE_SKIPPED", absl::StatusCode::kFailedPrecondition, false,
    "Third-party records go to the judge first, and no such order is recorded. Record that order with its"
    " day.",
    "Les dossiers d'un tiers sont d'abord remis au juge, et aucune ordonnance à cet effet n'est "
    "consignée. Consignez cette ordonnance et sa date."};
constinit const Rule kRecordFull = {
    "RECORD_FULL", absl::StatusCode::kFailedPrecondition, false,
    "The record has as many notes or corrections as it may have. Keep further ones in your own system.",
    "Le dossier compte déjà le nombre maximal de notes ou de corrections. Conservez les suivantes dans "
    "votre propre système."};
constinit const Rule kRedirectInCircle = {
    "REDIRECT_IN_CIRCLE", absl::StatusCode::kFailedPrecondition, false,
    "The agency sent the referral before, and it is not sent round. Name another agency.",
    "L'organisme a déjà envoyé cet aiguillage, qui ne peut pas lui être réacheminé. Nommez un autre "
    "organisme."};
constinit const Rule kRedirectToSelf = {
    "REDIRECT_TO_SELF", absl::StatusCode::kFailedPrecondition, false,
    "A referral is redirected to another agency. Name another agency.",
    "Un aiguillage est réacheminé à un autre organisme. Nommez un autre organisme."};
constinit const Rule kRedirectToSender = {
    "REDIRECT_TO_SENDER", absl::StatusCode::kFailedPrecondition, false,
    "A referral is not sent back to its sender. Reject it, or talk to the sender.",
    "Un aiguillage n'est pas renvoyé à son expéditeur. Refusez-le ou communiquez avec l'expéditeur."};
constinit const Rule kReferenceNamesPerson = {
    "REFERENCE_NAMES_PERSON", absl::StatusCode::kInvalidArgument, false,
    "A reference that must mean nothing elsewhere looks like a name or a date of birth. Give the number "
    "or code that your own system keeps for the person.",
    "Une référence qui ne doit rien révéler ressemble à un nom ou à une date de naissance. Indiquez le "
    "numéro ou le code que votre propre système attribue à la personne."};
constinit const Rule kReferralNotJoint = {
    "REFERRAL_NOT_JOINT", absl::StatusCode::kFailedPrecondition, false,
    "The receiver has not screened the referral as joint. The receiver screens it first.",
    "Le destinataire n'a pas conclu à une enquête conjointe à l'évaluation préliminaire de l'aiguillage. "
    "Le destinataire en fait d'abord l'évaluation préliminaire."};
constinit const Rule kRegionUnknown = {
    "REGION_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The court region is none of the rule set's. Correct court_region.",
    "La région judiciaire n'est pas dans le jeu de règles. Corrigez court_region."};
constinit const Rule kReleaseBeyondRequest = {
    "RELEASE_BEYOND_REQUEST", absl::StatusCode::kInvalidArgument, false,
    "The release goes further than what was asked for. Grant what was asked for, or less.",
    "L'autorisation va plus loin que la demande. Accordez ce qui a été demandé ou moins."};
constinit const Rule kReleaseLapsed = {
    "RELEASE_LAPSED", absl::StatusCode::kFailedPrecondition, false,
    "The request was neither answered nor confirmed in time. The holder asks again.",
    "La demande n'a reçu ni réponse ni confirmation à temps. Le détenteur présente une nouvelle demande."};
constinit const Rule kRenewal = {
    "RENEWAL", absl::StatusCode::kFailedPrecondition, false,
    "A renewal keeps the start of the agreement and ends later than before. Correct starts_on and "
    "ends_on.",
    "Un renouvellement conserve le début de l'entente et se termine plus tard qu'auparavant. Corrigez "
    "starts_on et ends_on."};
constinit const Rule kRenewalsTooMany = {
    "RENEWALS_TOO_MANY", absl::StatusCode::kResourceExhausted, true,
    "The agency, or this system of it, has renewed as many certificates in 24 hours as it may. Try again "
    "after the time that the answer names.",
    "L'organisme, ou ce système de l'organisme, a renouvelé le nombre maximal de certificats en 24 "
    "heures. Réessayez après le délai indiqué dans la réponse."};
constinit const Rule kReportNotActive = {
    "REPORT_NOT_ACTIVE", absl::StatusCode::kFailedPrecondition, false,
    "A report is not admitted, or is no longer in use. Use reports that are.",
    "Un rapport n'est pas admis ou n'est plus utilisé. Utilisez des rapports qui le sont."};
constinit const Rule kReportOfDayPublished = {
    "REPORT_OF_DAY_PUBLISHED", absl::StatusCode::kFailedPrecondition, false,
    "A report of the same day is published. Have the director restate that report.",
    "Un rapport de la même date est publié. Demandez à la direction de remplacer ce rapport par une "
    "nouvelle édition."};
constinit const Rule kReportOverdue = {
    "REPORT_OVERDUE", absl::StatusCode::kFailedPrecondition, false,
    "The agreement asks for a report that was due and has not come. Record the report, and ask for the "
    "payment then.",
    "L'entente exige un rapport dont la date est passée et qui n'a pas été reçu. Consignez le rapport "
    "avant de demander le paiement."};
constinit const Rule kReportRestated = {
    "REPORT_RESTATED", absl::StatusCode::kFailedPrecondition, false,
    "Another edition restates this one already. Restate the newest edition, or finish the one that is "
    "under way.",
    "Une autre édition remplace déjà celle-ci. Remplacez l'édition la plus récente ou terminez celle qui "
    "est en cours."};
constinit const Rule kRequestIdReused = {
    "REQUEST_ID_REUSED", absl::StatusCode::kInvalidArgument, false,
    "The request id belongs to another request. Use a new one.",
    "L'identifiant de la demande appartient à une autre demande. Utilisez-en un nouveau."};
constinit const Rule kRequestLapsed = {
    "REQUEST_LAPSED", absl::StatusCode::kFailedPrecondition, false,
    "Nobody agreed within the hours for which access would have opened. Ask again.",
    "Personne n'a donné son accord pendant la période où l'accès aurait été ouvert. Présentez une "
    "nouvelle demande."};
constinit const Rule kRequestMalformed = {
    "REQUEST_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "The request is not a message of the method, or holds text that is not UTF-8. Send the message that "
    "the method takes.",
    "La demande n'est pas un message de cette méthode ou contient du texte qui n'est pas en UTF-8. "
    "Envoyez le message que la méthode accepte."};
constinit const Rule kRequestMissing = {
    "REQUEST_MISSING", absl::StatusCode::kInvalidArgument, false,
    "The call has no request. Send one message.",
    "L'appel ne contient aucune demande. Envoyez un message."};
constinit const Rule kRequestNotSigned = {
    "REQUEST_NOT_SIGNED", absl::StatusCode::kUnauthenticated, false,
    "The gateway did not sign the request, and the service takes no other. Operators compare the versions"
    " of the gateway and the service.",
    "La passerelle n'a pas signé la demande, et le service n'en accepte pas d'autres. Les exploitants "
    "comparent les versions de la passerelle et du service."};
constinit const Rule kRequestTooComplex = {
    "REQUEST_TOO_COMPLEX", absl::StatusCode::kInvalidArgument, false,
    "The request has too many parts for its size. Send fewer at a time.",
    "La demande a trop de parties pour sa taille. Envoyez-en moins à la fois."};
constinit const Rule kRequestToOneself = {
    "REQUEST_TO_ONESELF", absl::StatusCode::kInvalidArgument, false,
    "The request asks the caller's own agency. Name other agencies.",
    "La demande s'adresse à l'organisme même de l'appelant. Nommez d'autres organismes."};
constinit const Rule kRequestUnknownFields = {
    "REQUEST_UNKNOWN_FIELDS", absl::StatusCode::kInvalidArgument, false,
    "The request holds too much that this version does not know. Use the version of the server.",
    "La demande contient trop d'éléments que cette version ne connaît pas. Utilisez la version du "
    "serveur."};
constinit const Rule kReservedHeader = {
    "RESERVED_HEADER", absl::StatusCode::kInvalidArgument, false,
    "A header that begins with accord- is repeated, or is none that callers send. Send accord-actor, "
    "accord-purpose, accord-language and accord-validate-only at most once each, and no other.",
    "Un en-tête qui commence par accord- est répété ou n'est pas de ceux que les appelants envoient. "
    "Envoyez accord-actor, accord-purpose, accord-language et accord-validate-only une fois chacun au "
    "plus, et aucun autre."};
constinit const Rule kResourceUnreadable = {
    "RESOURCE_UNREADABLE", absl::StatusCode::kDataLoss, false,
    "A stored record cannot be read. Tell who runs the service.",
    "Un enregistrement conservé ne peut pas être lu. Avisez les exploitants du service."};
constinit const Rule kRespondentOutsideOntario = {
    "RESPONDENT_OUTSIDE_ONTARIO", absl::StatusCode::kFailedPrecondition, false,
    "A restraining order under the Prevention of and Remedies for Human Trafficking Act, 2017 binds a "
    "respondent who lives in Ontario, and this one is not recorded to. Prepare the application with "
    "respondent_in_ontario if the respondent lives there; otherwise ask a lawyer for another way.",
    "Une ordonnance interdictive rendue en vertu de la Loi de 2017 sur la prévention de la traite de "
    "personnes et les recours en la matière vise un intimé qui réside en Ontario, et rien n'indique que "
    "ce soit le cas. Préparez la requête avec respondent_in_ontario si l'intimé y réside; sinon, demandez"
    " à un avocat quelle autre voie est possible."};
constinit const Rule kResponseUnreadable = {
    "RESPONSE_UNREADABLE", absl::StatusCode::kDataLoss, false,
    "The stored answer to the same request cannot be read. Read what the request changed, and tell who "
    "runs the service.",
    "La réponse conservée à la même demande ne peut pas être lue. Lisez ce que la demande a modifié et "
    "avisez les exploitants du service."};
constinit const Rule kRestitutionNotConsidered = {
    "RESTITUTION_NOT_CONSIDERED", absl::StatusCode::kInvalidArgument, false,
    "The court considers restitution in every sentence (s. 737.1 of the Criminal Code), and the record "
    "does not say that it did. Record that it did, or why it did not.",
    "Le tribunal envisage le dédommagement dans chaque peine (art. 737.1 du Code criminel), et le dossier"
    " ne l'indique pas. Consignez qu'il l'a fait, ou pourquoi il ne l'a pas fait."};
constinit const Rule kReversalNeedsTwo = {
    "REVERSAL_NEEDS_TWO", absl::StatusCode::kPermissionDenied, false,
    "The caller said that the money came back. Have another person confirm it.",
    "L'appelant a lui-même déclaré que l'argent est revenu. Demandez à une autre personne de le "
    "confirmer."};
constinit const Rule kReversalTooLarge = {
    "REVERSAL_TOO_LARGE", absl::StatusCode::kFailedPrecondition, false,
    "More would come back than was paid. Reverse at most what was paid and has not come back.",
    "Le montant remboursé dépasserait le montant payé. Contrepassez au plus ce qui a été payé et n'a pas "
    "été remboursé."};
constinit const Rule kReviewedByDecider = {
    "REVIEWED_BY_DECIDER", absl::StatusCode::kPermissionDenied, false,
    "The caller decided on the claim before. Have another person review it.",
    "L'appelant s'est déjà prononcé sur la demande. Demandez à une autre personne de la réexaminer."};
constinit const Rule kReviewerInvolved = {
    "REVIEWER_INVOLVED", absl::StatusCode::kPermissionDenied, false,
    "The privacy officer asked for the emergency access, agreed to it or ended it. Let a privacy officer "
    "review it who had no hand in it.",
    "L'agent de protection de la vie privée a demandé l'accès d'urgence, y a consenti ou y a mis fin. "
    "Confiez l'examen à un agent de protection de la vie privée qui n'y a pas pris part."};
constinit const Rule kReviewKind = {
    "REVIEW_KIND", absl::StatusCode::kInvalidArgument, false,
    "A review of this kind is opened by the calendar or by the coordination office. Choose another kind "
    "of review.",
    "Un examen de ce genre est ouvert par le calendrier ou par le bureau de coordination. Choisissez un "
    "autre genre d'examen."};
constinit const Rule kReviewOutdated = {
    "REVIEW_OUTDATED", absl::StatusCode::kFailedPrecondition, false,
    "Somebody may act now whom the review does not list so, or a person of the review may not act any "
    "more. Let an administrator decide again, by which the people are listed anew, and sign after that.",
    "Une personne peut agir sans figurer ainsi dans l'examen, ou une personne de l'examen ne peut plus "
    "agir. Demandez à l'administration de se prononcer de nouveau, ce qui dresse une nouvelle liste, puis"
    " signez."};
constinit const Rule kReviewPersonAbsent = {
    "REVIEW_PERSON_ABSENT", absl::StatusCode::kFailedPrecondition, false,
    "The review lists nobody of this id who may act. Read the review again, and decide on people whom it "
    "lists.",
    "L'examen ne contient aucune personne active de cet identifiant. Relisez l'examen et prononcez-vous "
    "sur les personnes qui y figurent."};
constinit const Rule kReviewSignedByDecider = {
    "REVIEW_SIGNED_BY_DECIDER", absl::StatusCode::kPermissionDenied, false,
    "The caller decided on people of the review. Have a privacy officer sign who decided on nobody in it.",
    "L'appelant s'est prononcé sur des personnes de l'examen. Faites signer une personne responsable de "
    "la vie privée qui ne s'y est prononcée sur personne."};
constinit const Rule kReviewUndecided = {
    "REVIEW_UNDECIDED", absl::StatusCode::kFailedPrecondition, false,
    "The review has people on whom nobody has decided. Let an administrator decide on each person, and "
    "sign after that.",
    "Personne ne s'est encore prononcé sur certaines personnes de l'examen. Demandez à l'administration "
    "de se prononcer sur chaque personne, puis signez."};
constinit const Rule kRolesChanged = {
    "ROLES_CHANGED", absl::StatusCode::kUnavailable, true,
    "The person was given or lost a role, or the agency became one of another kind, while a stream was "
    "open. Open the stream again from its last position.",
    "La personne a reçu ou perdu un rôle, ou l'organisme a changé de type, pendant qu'un flux était "
    "ouvert. Ouvrez de nouveau le flux à partir de sa dernière position."};
constinit const Rule kRolesDoNotMeet = {
    "ROLES_DO_NOT_MEET", absl::StatusCode::kInvalidArgument, false,
    "Who administers an agency has nothing to do with content. Name another person for the other role.",
    "La personne qui administre un organisme n'intervient pas dans le contenu. Nommez une autre personne "
    "pour l'autre rôle."};
constinit const Rule kRoleNotOfThisKind = {
    "ROLE_NOT_OF_THIS_KIND", absl::StatusCode::kInvalidArgument, false,
    "Agencies of this kind have nobody in that role. Choose a role of this kind of agency.",
    "Les organismes de ce type n'ont personne dans ce rôle. Choisissez un rôle propre à ce type "
    "d'organisme."};
constinit const Rule kRoleNotPermitted = {
    "ROLE_NOT_PERMITTED", absl::StatusCode::kPermissionDenied, false,
    "The actor has no role that may call the method. See which roles may with `accordctl access explain`.",
    "La personne n'a aucun rôle qui permette d'appeler la méthode. Consultez les rôles autorisés avec "
    "`accordctl access explain`."};
constinit const Rule kRollupWithoutNumber = {
    "ROLLUP_WITHOUT_NUMBER", absl::StatusCode::kInvalidArgument, false,
    "The rollup states no number, or states one without saying how exact it is. State at least one "
    "number, and for each how exact it is.",
    "Le cumul n'indique aucun nombre ou en indique un sans en préciser l'exactitude. Indiquez au moins un"
    " nombre et précisez l'exactitude de chacun."};
constinit const Rule kRosterHasErrors = {
    "ROSTER_HAS_ERRORS", absl::StatusCode::kInvalidArgument, false,
    "The file of completions has errors, and nothing of it was taken. Correct the lines that are shown, "
    "and import the file again.",
    "Le fichier de réussites comporte des erreurs, et rien n'en a été retenu. Corrigez les lignes "
    "indiquées et importez de nouveau le fichier."};
constinit const Rule kRotationUnderWay = {
    "ROTATION_UNDER_WAY", absl::StatusCode::kFailedPrecondition, false,
    "Lodgements are still being carried to the present key. Try again when they are.",
    "Les dépôts sont encore en cours de transfert vers la clé actuelle. Réessayez quand ce transfert sera"
    " terminé."};
constinit const Rule kSamePerson = {
    "SAME_PERSON", absl::StatusCode::kPermissionDenied, false,
    "The caller did the act before this one, and the two are for two people. Have another person do this.",
    "L'appelant a accompli l'acte précédent, et ces deux actes reviennent à deux personnes. Confiez cet "
    "acte à une autre personne."};
constinit const Rule kSanitisedOnly = {
    "SANITISED_ONLY", absl::StatusCode::kFailedPrecondition, false,
    "An agency that is not of category I or II has products only when they are sanitised. Sanitise the "
    "product first.",
    "Un organisme qui n'est pas de catégorie I ou II n'obtient un produit que s'il est expurgé. Expurgez "
    "d'abord le produit."};
constinit const Rule kScorersMissing = {
    "SCORERS_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "An application lacks a scorer who has declared and has no conflict. Assign scorers, and have each of"
    " them declare.",
    "Il manque à une demande un évaluateur ayant fait sa déclaration et sans conflit. Désignez des "
    "évaluateurs et faites faire à chacun sa déclaration."};
constinit const Rule kScorersSuffice = {
    "SCORERS_SUFFICE", absl::StatusCode::kFailedPrecondition, false,
    "The application has as many scorers as it needs. Assign another one only in the place of somebody "
    "who takes no part.",
    "La demande a autant d'évaluateurs qu'il lui en faut. N'en désignez un autre qu'à la place d'une "
    "personne qui se récuse."};
constinit const Rule kScorerConflicted = {
    "SCORER_CONFLICTED", absl::StatusCode::kFailedPrecondition, false,
    "The person is of an agency that applies to the call. Assign somebody of an agency that does not "
    "apply, or declare the conflict.",
    "La personne relève d'un organisme qui répond à l'appel. Désignez une personne d'un organisme qui n'y"
    " répond pas, ou déclarez le conflit."};
constinit const Rule kScoresInvalid = {
    "SCORES_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A score is missing, is there twice, is of no criterion of the call, or is not 0 to the most of the "
    "criterion. Give one score for each criterion; 0 is a score.",
    "Une note manque, figure deux fois, ne vise aucun critère de l'appel ou n'est pas comprise entre 0 et"
    " le maximum du critère. Donnez une note par critère; 0 est une note."};
constinit const Rule kScoresMissing = {
    "SCORES_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "Not all scores are in, or the scorers diverge and one more has to score. Wait for each scorer, and "
    "assign one more where they diverge.",
    "Toutes les notes n'ont pas été remises, ou les évaluateurs divergent et il en faut un de plus. "
    "Attendez chaque évaluateur et désignez-en un de plus en cas de divergence."};
constinit const Rule kScreeningContradicted = {
    "SCREENING_CONTRADICTED", absl::StatusCode::kFailedPrecondition, false,
    "With this correction the law would not have allowed how the referral was screened. Have the receiver"
    " undo the screening first, then correct.",
    "Avec cette correction, la loi n'aurait pas permis l'issue de l'évaluation préliminaire. Le "
    "destinataire annule d'abord l'évaluation préliminaire; corrigez ensuite."};
constinit const Rule kSealBroken = {
    "SEAL_BROKEN", absl::StatusCode::kDataLoss, false,
    "A sealed value cannot be opened. Tell who runs the service, who looks at its keys.",
    "Une valeur scellée ne peut pas être ouverte. Avisez les exploitants du service, qui vérifient ses "
    "clés."};
constinit const Rule kSealKeyMissing = {
    "SEAL_KEY_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The database was opened without its keys. Operators name the keys in the configuration.",
    "La base de données a été ouverte sans ses clés. Les exploitants nomment les clés dans la "
    "configuration."};
constinit const Rule kSectionsMissing = {
    "SECTIONS_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "The protocol lacks sections that are required. Write the sections that the refusal names.",
    "Il manque au protocole des sections obligatoires. Rédigez les sections que le refus nomme."};
constinit const Rule kSectionAbsent = {
    "SECTION_ABSENT", absl::StatusCode::kInvalidArgument, false,
    "The text has no such section. Use the code of one of its sections.",
    "Le texte ne contient pas cette section. Utilisez le code d'une de ses sections."};
constinit const Rule kSectionNotInForce = {
    "SECTION_NOT_IN_FORCE", absl::StatusCode::kFailedPrecondition, false,
    "The section of the Act has not come into force. Record its commencement first.",
    "L'article de la loi n'est pas entré en vigueur. Consignez d'abord son entrée en vigueur."};
constinit const Rule kSectionTwice = {
    "SECTION_TWICE", absl::StatusCode::kInvalidArgument, false,
    "A section stands twice in the protocol. Keep one of the two.",
    "Une section figure deux fois dans le protocole. Conservez l'une des deux."};
constinit const Rule kSentenceMissing = {
    "SENTENCE_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "A count ended in guilt, and no sentence is recorded. Record the sentence, and that restitution was "
    "considered, or say in no_sentence_reason why there is none.",
    "Un chef s'est soldé par une déclaration de culpabilité, et aucune peine n'est consignée. Consignez "
    "la peine et le fait que le dédommagement a été envisagé, ou indiquez dans no_sentence_reason "
    "pourquoi il n'y en a pas."};
constinit const Rule kSentOn = {
    "SENT_ON", absl::StatusCode::kFailedPrecondition, false,
    "The referral was sent on. Record this of the referral in redirected_to.",
    "L'aiguillage a été réacheminé. Consignez-le dans l'aiguillage nommé par redirected_to."};
constinit const Rule kSeparatorUnknown = {
    "SEPARATOR_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The cells of the roster are not separated by commas. Save the file with commas.",
    "Les cellules du relevé ne sont pas séparées par des virgules. Enregistrez le fichier avec des "
    "virgules."};
constinit const Rule kServiceBusy = {
    "SERVICE_BUSY", absl::StatusCode::kResourceExhausted, true,
    "Too many calls or streams wait at the service. Try again after the time that the answer names.",
    "Trop d'appels ou de flux attendent auprès du service. Réessayez après le délai indiqué dans la "
    "réponse."};
constinit const Rule kServiceKind = {
    "SERVICE_KIND", absl::StatusCode::kInvalidArgument, false,
    "A referral to a service names no service, or another referral names one. Name the service in a "
    "service referral, and nowhere else.",
    "Un aiguillage vers un service n'en nomme aucun, ou un autre aiguillage en nomme un. Nommez le "
    "service dans un aiguillage vers un service seulement."};
constinit const Rule kServiceNotCompared = {
    "SERVICE_NOT_COMPARED", absl::StatusCode::kInvalidArgument, false,
    "No service of this name tells the audit log what it changed. Name one of the services that do, or "
    "none.",
    "Aucun service de ce nom ne dit au journal d'audit ce qu'il a modifié. Nommez l'un des services qui "
    "le font, ou aucun."};
constinit const Rule kServiceUnknown = {
    "SERVICE_UNKNOWN", absl::StatusCode::kNotFound, false,
    "There is no such service. Correct the name of the service.",
    "Ce service n'existe pas. Corrigez le nom du service."};
constinit const Rule kSidesNotSignatories = {
    "SIDES_NOT_SIGNATORIES", absl::StatusCode::kFailedPrecondition, false,
    "The sender or the receiver has not signed the protocol. Name a protocol that both have signed.",
    "L'expéditeur ou le destinataire n'a pas signé le protocole. Nommez un protocole que les deux ont "
    "signé."};
constinit const Rule kSignatoryCannotSign = {
    "SIGNATORY_CANNOT_SIGN", absl::StatusCode::kInvalidArgument, false,
    "A signatory is neither a society nor a police service. Let such a party be consulted or observe.",
    "Un signataire n'est ni une société ni un service de police. Faites-en une partie consultée ou un "
    "observateur."};
constinit const Rule kSignaturesMissing = {
    "SIGNATURES_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "Not every signatory has signed. Wait for the signatures.",
    "Tous les signataires n'ont pas signé. Attendez les signatures."};
constinit const Rule kSiteTaken = {
    "SITE_TAKEN", absl::StatusCode::kFailedPrecondition, false,
    "Somebody works in another position of the program at this site. Record first that he or she has "
    "left, or correct the site.",
    "Une autre personne occupe déjà un poste du programme à cet endroit. Consignez d'abord son départ ou "
    "corrigez l'endroit."};
constinit const Rule kSourceIdentity = {
    "SOURCE_IDENTITY", absl::StatusCode::kInvalidArgument, false,
    "The report would name its source. Describe the source without naming it.",
    "Le rapport nommerait sa source. Décrivez la source sans la nommer."};
constinit const Rule kSourceNotNewer = {
    "SOURCE_NOT_NEWER", absl::StatusCode::kFailedPrecondition, false,
    "The source that is cited is the one that spoke of the initiative as planned. Cite a newer source, "
    "which says that it was delivered.",
    "La source citée est celle qui présentait l'initiative comme prévue. Citez une source plus récente, "
    "selon laquelle elle a été réalisée."};
constinit const Rule kStaleFigure = {
    "STALE_FIGURE", absl::StatusCode::kFailedPrecondition, false,
    "A record that a figure is bound to says something else than the report. Write the report anew, so "
    "that its figures are read anew, and have it confirmed again.",
    "Un dossier auquel un chiffre est lié dit autre chose que le rapport. Rédigez le rapport de nouveau "
    "pour que ses chiffres soient relus, puis faites-le confirmer encore une fois."};
constinit const Rule kStatementsMalformed = {
    "STATEMENTS_MALFORMED", absl::StatusCode::kInvalidArgument, false,
    "The file of statements is not an array of JSON. Export it again.",
    "Le fichier d'énoncés n'est pas un tableau JSON. Exportez-le de nouveau."};
constinit const Rule kStatementInvalid = {
    "STATEMENT_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A statement is not one of a completion that succeeded. Correct or leave out the line.",
    "Un énoncé n'est pas celui d'une réussite. Corrigez ou omettez la ligne."};
constinit const Rule kStateNotPermitted = {
    "STATE_NOT_PERMITTED", absl::StatusCode::kFailedPrecondition, false,
    "The record is in a state in which this is not possible. Read the record again, and take a step that "
    "its state allows.",
    "L'état de l'enregistrement ne permet pas cette opération. Relisez l'enregistrement et choisissez une"
    " étape que son état permet."};
constinit const Rule kStepActedOn = {
    "STEP_ACTED_ON", absl::StatusCode::kFailedPrecondition, false,
    "Something was done after the step, so that it stands. Correct the record, or take the next step "
    "instead.",
    "Une action a suivi cette étape, qui est donc maintenue. Corrigez le dossier ou passez plutôt à "
    "l'étape suivante."};
constinit const Rule kStepNotOfAgency = {
    "STEP_NOT_OF_AGENCY", absl::StatusCode::kPermissionDenied, false,
    "An agency of the other kind takes and records the step. Let that agency record it.",
    "Un organisme de l'autre type accomplit et consigne cette étape. Laissez cet organisme la consigner."};
constinit const Rule kStepTwice = {
    "STEP_TWICE", absl::StatusCode::kInvalidArgument, false,
    "The order names a step twice, or the planning meeting itself. Name each other step once.",
    "L'ordre nomme une étape deux fois ou la réunion de planification elle-même. Nommez chaque autre "
    "étape une seule fois."};
constinit const Rule kStreamsOfAgency = {
    "STREAMS_OF_AGENCY", absl::StatusCode::kResourceExhausted, true,
    "The agency has as many streams open as it may. End one first.",
    "L'organisme a le nombre maximal de flux ouverts. Fermez-en d'abord un."};
constinit const Rule kSubmittedByGrader = {
    "SUBMITTED_BY_GRADER", absl::StatusCode::kPermissionDenied, false,
    "The person who writes or submits the report has graded it. Let somebody write and submit who never "
    "graded it.",
    "La personne qui rédige ou soumet le rapport l'a évalué. Faites-le rédiger et soumettre par quelqu'un"
    " qui ne l'a jamais évalué."};
constinit const Rule kSuccessorSignatories = {
    "SUCCESSOR_SIGNATORIES", absl::StatusCode::kFailedPrecondition, false,
    "A signatory of the protocol that is replaced does not sign this one. Make every such signatory a "
    "signatory of this one too.",
    "Un signataire du protocole remplacé ne signe pas celui-ci. Faites de chacun de ces signataires un "
    "signataire de celui-ci."};
constinit const Rule kSupportOfferRequired = {
    "SUPPORT_OFFER_REQUIRED", absl::StatusCode::kFailedPrecondition, false,
    "Who is not eligible is offered a service referral, and no offer is recorded. Record it in "
    "supports_offered.",
    "Une personne non admissible se voit offrir un aiguillage vers un service, et aucune offre n'est "
    "consignée. Consignez-la dans supports_offered."};
constinit const Rule kSystemsTooMany = {
    "SYSTEMS_TOO_MANY", absl::StatusCode::kFailedPrecondition, false,
    "The agency has registered as many systems as it may. Ask the coordination office to raise the "
    "number.",
    "L'organisme a inscrit le nombre maximal de systèmes. Demandez au bureau de coordination d'augmenter "
    "ce nombre."};
constinit const Rule kSystemNotActive = {
    "SYSTEM_NOT_ACTIVE", absl::StatusCode::kFailedPrecondition, false,
    "The system for which a certificate is asked is suspended. Resume the system first.",
    "Le système pour lequel un certificat est demandé est suspendu. Réactivez d'abord le système."};
constinit const Rule kSystemSuspended = {
    "SYSTEM_SUSPENDED", absl::StatusCode::kPermissionDenied, false,
    "The calling system is suspended. Ask your platform administrator.",
    "Le système appelant est suspendu. Adressez-vous à l'administrateur de votre plateforme."};
constinit const Rule kTenseContradicted = {
    "TENSE_CONTRADICTED", absl::StatusCode::kInvalidArgument, false,
    "A sentence says more of an initiative than is known of it by the day of the report. Say that it is "
    "planned or under way, as its record has it.",
    "Une phrase en dit plus sur une initiative que ce qu'on en sait à la date du rapport. Dites qu'elle "
    "est prévue ou en cours, selon son dossier."};
constinit const Rule kTerritoryUnknown = {
    "TERRITORY_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The territory names a code that is not known. Correct the code.",
    "Le territoire contient un code inconnu. Corrigez le code."};
constinit const Rule kTextWithNul = {
    "TEXT_WITH_NUL", absl::StatusCode::kInvalidArgument, false,
    "A text holds the character NUL. Remove it.",
    "Un texte contient le caractère NUL. Retirez-le."};
constinit const Rule kThreePeople = {
    "THREE_PEOPLE", absl::StatusCode::kPermissionDenied, false,
    "The caller had another part in the claim: who requests, who decides and who pays are three people. "
    "Have another person do this.",
    "Demander, décider et payer incombent à trois personnes, et l'appelant a déjà joué un autre de ces "
    "rôles dans la demande. Demandez à une autre personne de le faire."};
constinit const Rule kTieUnresolved = {
    "TIE_UNRESOLVED", absl::StatusCode::kFailedPrecondition, false,
    "Applications share a rank, and nothing tells them apart. The chair puts one of them first, with a "
    "reason.",
    "Des demandes ont le même rang et rien ne les départage. La présidence en place une en premier, en "
    "précisant pourquoi."};
constinit const Rule kTileUnknown = {
    "TILE_UNKNOWN", absl::StatusCode::kOutOfRange, false,
    "The audit log of this size has no such tile. Ask for a tile of the log's size.",
    "Le journal d'audit de cette taille n'a pas cette tuile. Demandez une tuile qui correspond à la "
    "taille du journal."};
constinit const Rule kTlpUnknown = {
    "TLP_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The marking is none of those of the Traffic Light Protocol. Use white, green, amber or red.",
    "Le marquage n'est pas de ceux du protocole TLP (Traffic Light Protocol). Utilisez white, green, "
    "amber ou red."};
constinit const Rule kTlsCertificateRevoked = {
    "TLS_CERTIFICATE_REVOKED", absl::StatusCode::kUnauthenticated, false,
    "The gateway ended the TLS handshake because the caller's certificate was revoked. Have a new "
    "certificate issued.",
    "La passerelle a mis fin à l'établissement de la connexion TLS parce que le certificat de l'appelant "
    "a été révoqué. Faites émettre un nouveau certificat."};
constinit const Rule kTouchedInvalid = {
    "TOUCHED_INVALID", absl::StatusCode::kInternal, false,
    "The answer of the service cannot be audited, and so is not given. Tell who runs the service.",
    "La réponse du service ne peut pas être auditée et n'est donc pas remise. Avisez les exploitants du "
    "service."};
constinit const Rule kTreeSizeUnknown = {
    "TREE_SIZE_UNKNOWN", absl::StatusCode::kOutOfRange, false,
    "The audit log has not been of this size. Ask for a size that the log has had.",
    "Le journal d'audit n'a jamais eu cette taille. Demandez une taille que le journal a eue."};
constinit const Rule kTrialOver = {
    "TRIAL_OVER", absl::StatusCode::kFailedPrecondition, false,
    "Evidence and argument have ended. Leave the record as it is.",
    "La preuve et les plaidoiries sont terminées. Laissez le dossier tel quel."};
constinit const Rule kTwoPeople = {
    "TWO_PEOPLE", absl::StatusCode::kPermissionDenied, false,
    "The person who agrees made the request, or is of the same grade. A second person of another grade "
    "agrees.",
    "La personne qui donne son accord a présenté la demande ou est de même grade. Une deuxième personne "
    "d'un autre grade donne son accord."};
constinit const Rule kValidateOnlyInvalid = {
    "VALIDATE_ONLY_INVALID", absl::StatusCode::kInvalidArgument, false,
    "The header accord-validate-only has another value than true. Send true, or leave it out.",
    "L'en-tête accord-validate-only a une autre valeur que true. Envoyez true ou omettez l'en-tête."};
constinit const Rule kValidateOnlyNotPossible = {
    "VALIDATE_ONLY_NOT_POSSIBLE", absl::StatusCode::kFailedPrecondition, false,
    "The method cannot be tried without its effect. Call it without accord-validate-only.",
    "La méthode ne peut pas être essayée sans produire son effet. Appelez-la sans accord-validate-only."};
constinit const Rule kValueInvalid = {
    "VALUE_INVALID", absl::StatusCode::kInvalidArgument, false,
    "A cell of the roster is no id. Use a-z, 0-9 and -, beginning with a letter.",
    "Une cellule du relevé n'est pas un identifiant. Utilisez a-z, 0-9 et -, en commençant par une "
    "lettre."};
constinit const Rule kValueOrText = {
    "VALUE_OR_TEXT", absl::StatusCode::kInvalidArgument, false,
    "An observation has both a figure and words, or neither. Give a value or a text; 0 is a value, and "
    "what is not known is left out.",
    "Une observation comporte à la fois un chiffre et un texte, ou ni l'un ni l'autre. Indiquez une "
    "valeur ou un texte; 0 est une valeur, et ce qui est inconnu est omis."};
constinit const Rule kVerbUnknown = {
    "VERB_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The verb of a statement is neither completed nor passed. Leave out the line.",
    "Le verbe d'un énoncé n'est ni completed ni passed. Omettez la ligne."};
constinit const Rule kVerdictMissing = {
    "VERDICT_MISSING", absl::StatusCode::kFailedPrecondition, false,
    "A count ended by a plea or a verdict, and the accused has not come to that stage. Advance the "
    "accused with plead_guilty or give_verdict first, or correct the disposition.",
    "Un chef d'accusation a pris fin par un plaidoyer ou un verdict, et la personne accusée n'en est pas "
    "à cette étape. Faites d'abord avancer la personne accusée par plead_guilty ou give_verdict, ou "
    "corrigez la décision."};
constinit const Rule kVictimAsSubject = {
    "VICTIM_AS_SUBJECT", absl::StatusCode::kInvalidArgument, false,
    "The report names a victim as a subject too. Name the person in one of the two roles.",
    "Le rapport nomme aussi une victime comme personne visée. Nommez la personne dans un seul des deux "
    "rôles."};
constinit const Rule kVictimIdentified = {
    "VICTIM_IDENTIFIED", absl::StatusCode::kInvalidArgument, false,
    "The sanitised text, or the title, names a victim of an input. Remove the name.",
    "Le texte expurgé ou le titre nomme une victime d'un intrant. Retirez le nom."};
constinit const Rule kVictimUnknown = {
    "VICTIM_UNKNOWN", absl::StatusCode::kInvalidArgument, false,
    "The case names no such victim. Use a victim of the case.",
    "Le dossier ne nomme pas cette victime. Utilisez une victime du dossier."};
constinit const Rule kWindowMissed = {
    "WINDOW_MISSED", absl::StatusCode::kFailedPrecondition, false,
    "The claim came after its window, and says no reason for that. Return the claim, so that a worker "
    "writes the reason.",
    "La demande est arrivée après le délai et n'en indique pas le motif. Retournez la demande pour qu'une"
    " intervenante ou un intervenant en écrive le motif."};
constinit const Rule kWindowTooLong = {
    "WINDOW_TOO_LONG", absl::StatusCode::kInvalidArgument, false,
    "The window of the lodgement is longer than it may be. Choose a shorter one, and lodge anew when it "
    "is over.",
    "La période du dépôt est plus longue que permis. Choisissez-en une plus courte et déposez de nouveau "
    "quand elle est écoulée."};
constinit const Rule kWritersDidNotPause = {
    "WRITERS_DID_NOT_PAUSE", absl::StatusCode::kUnavailable, true,
    "A service did not end its transactions for the backup. Look for one that hangs, and try again.",
    "Un service n'a pas terminé ses transactions pour la sauvegarde. Cherchez celui qui est bloqué et "
    "réessayez."};
constinit const Rule kWrongRegion = {
    "WRONG_REGION", absl::StatusCode::kPermissionDenied, false,
    "The caller's office prosecutes in another court region. An office of that region does this.",
    "Le bureau de l'appelant poursuit dans une autre région judiciaire. Un bureau de cette région s'en "
    "charge."};
constinit const Rule kYearsDoNotSum = {
    "YEARS_DO_NOT_SUM", absl::StatusCode::kInvalidArgument, false,
    "The amounts of the fiscal years do not add up to the amount. Correct the years or the amount.",
    "La somme des exercices ne correspond pas au montant. Corrigez les exercices ou le montant."};
constinit const Rule kYouthAccessEnded = {
    "YOUTH_ACCESS_ENDED", absl::StatusCode::kFailedPrecondition, false,
    "Access to the youth record has ended under section 119 of the Youth Criminal Justice Act. Leave the "
    "record closed.",
    "L'accès au dossier de l'adolescent a pris fin en vertu de l'article 119 de la Loi sur le système de "
    "justice pénale pour les adolescents. Laissez le dossier fermé."};
constinit const Rule kYouthAccessUndated = {
    "YOUTH_ACCESS_UNDATED", absl::StatusCode::kInvalidArgument, false,
    "What comes from a youth record bears the caveat YCJA and the last day of access, and nothing else "
    "bears that day. Give both, or neither.",
    "Ce qui provient du dossier d'un adolescent porte la mention YCJA et la dernière date d'accès, et "
    "rien d'autre ne porte cette date. Indiquez les deux, ou ni l'une ni l'autre."};

namespace {

// By name, which FindRule relies on.
constexpr std::array<const Rule*, 515> kCatalogue = {
    &kActorsTooMany,
    &kActorNotRegistered,
    &kActSectionUnknown,
    &kAddendumSignatories,
    &kAddressInText,
    &kAddressMalformed,
    &kAddressUnknown,
    &kAgencyBusy,
    &kAgencyKindNotPermitted,
    &kAgencyNotAdmitted,
    &kAgencyNotCurrent,
    &kAgencyNotValid,
    &kAgencyOfOtherKind,
    &kAgencyUnknown,
    &kAgeBand,
    &kAgeBandContradictsBirthDate,
    &kAgreementChanged,
    &kAgreementMissing,
    &kAgreementNotInForce,
    &kAgreementTooLong,
    &kAidNotConsidered,
    &kAlreadyAnswered,
    &kAlreadyDisposed,
    &kAlreadyEnrolled,
    &kAlreadyExists,
    &kAlreadyHeld,
    &kAlreadyInForce,
    &kAlreadyLodged,
    &kAlreadyMember,
    &kAlreadyOpened,
    &kAlreadyRecorded,
    &kAlreadySigned,
    &kAmountInvalid,
    &kAnswerExpired,
    &kAnswerMissing,
    &kAnswerNamesTooMuch,
    &kAppearanceUnknown,
    &kApplicantNotEligible,
    &kApprovalLimitExceeded,
    &kApproverNotIndependent,
    &kAssessmentMissing,
    &kAssignmentAbsent,
    &kAttachmentsOfAgency,
    &kAttachmentDigest,
    &kAttachmentIncomplete,
    &kAttachmentTooLarge,
    &kAttachmentType,
    &kAuditQueueFull,
    &kAuditUnavailable,
    &kAuditWriteFailed,
    &kAuthorityExpired,
    &kAuthorityNotYetValid,
    &kAwardsOpen,
    &kBackendUnavailable,
    &kBackupDamaged,
    &kBroughtInFuture,
    &kBytesOfAgency,
    &kBytesOfConnection,
    &kBytesOfProcess,
    &kCallerAssertionInvalid,
    &kCallClosed,
    &kCallNotAtStep,
    &kCapacityNotOfAgency,
    &kCeilingsExceedTotal,
    &kCertificatesLiveTooMany,
    &kCertificatesTooMany,
    &kCertificateAlreadyRevoked,
    &kCertificateAuthorityUnknown,
    &kCertificateEnded,
    &kCertificateIdentity,
    &kCertificateKeyUsed,
    &kCertificateNameInvalid,
    &kCertificateNotLonger,
    &kCertificateNotRegistered,
    &kCertificateNotSigned,
    &kCertificateNotYetValid,
    &kCertificateOfOtherRealm,
    &kCertificateRefused,
    &kCertificateRenewedEarly,
    &kCertificateRevoked,
    &kCertificateTimeInvalid,
    &kChargeNotLaid,
    &kChecklistIncomplete,
    &kCheckpointUnknown,
    &kClocksDiffer,
    &kClockUnknown,
    &kColumnCount,
    &kColumnMissing,
    &kColumnRepeated,
    &kColumnUnknown,
    &kCommentAbsent,
    &kCommentUnanswered,
    &kCommittedByPlanner,
    &kCommunityNoticeRequired,
    &kCompletionUnknown,
    &kCompletionWithoutAttendance,
    &kCompressionNotSupported,
    &kConcurrenceMissing,
    &kConflictNeverCleared,
    &kConflictNotDeclared,
    &kConflictRecorded,
    &kConnectionsOfAgency,
    &kConsentNotLive,
    &kConsentRecipient,
    &kConsentRequired,
    &kConsentTooLong,
    &kContactInText,
    &kContactNotSafe,
    &kContentTypeUnknown,
    &kContextIncomplete,
    &kCosignatureInvalid,
    &kCountedFromInFuture,
    &kCountsDisagree,
    &kCountsOpen,
    &kCountUnknown,
    &kCourseNotApproved,
    &kCourseUnknown,
    &kCourtFileTaken,
    &kCoApprovalMissing,
    &kCoApprovalStale,
    &kCriteriaFrozen,
    &kCriteriaInvalid,
    &kCrownInConflict,
    &kCrownOfAnotherRegion,
    &kCsrKeyWeak,
    &kCsrMalformed,
    &kCsrSignature,
    &kCsrTooLarge,
    &kDatabaseBusy,
    &kDatabaseError,
    &kDatabaseInUse,
    &kDatabaseNotEmpty,
    &kDatabaseNotPermitted,
    &kDatabasePoolExhausted,
    &kDatabaseTimeout,
    &kDatabaseUnavailable,
    &kDatabaseValueRefused,
    &kDataAuthorisationMissing,
    &kDatesContradict,
    &kDatesOutOfOrder,
    &kDateInvalid,
    &kDeadlineExceeded,
    &kDeadlineInvalid,
    &kDeadlinePassed,
    &kDeadlineZero,
    &kDecisionLevel,
    &kDecisionMissing,
    &kDeclineInFuture,
    &kDeclineNotWritten,
    &kDelayOutsideChargePeriod,
    &kDeliveryNotReported,
    &kDeliveryNotShown,
    &kDigestMismatch,
    &kDisclosureOfficerMissing,
    &kDisclosureOrder,
    &kDispositionUnknown,
    &kDocumentRefused,
    &kDoorNotEnrolled,
    &kDoorRefused,
    &kDutyToReportStands,
    &kDutyToReportToSociety,
    &kEligible,
    &kEmergencyNeedsTwo,
    &kEncoding,
    &kEnvelopeExceeded,
    &kEpochPassed,
    &kEtagMismatch,
    &kEvaluationsExhausted,
    &kEventInFuture,
    &kEvidenceNotOpened,
    &kExportEmpty,
    &kFacilityConfidential,
    &kFacilityNotApproved,
    &kFieldImmutable,
    &kFieldInvalid,
    &kFieldRequired,
    &kFigureNotVerified,
    &kFigureUnbound,
    &kFigureWithheld,
    &kFileMissing,
    &kFileNotSafe,
    &kFileNotWritten,
    &kFileTooLarge,
    &kFiscalYearInvalid,
    &kFiscalYearNeeded,
    &kFiscalYearOutside,
    &kFiscalYearOver,
    &kFlagAbsent,
    &kForumsOverlap,
    &kForumUnchanged,
    &kGatewayAuthorityUnknown,
    &kGatewayCertificate,
    &kGatewayCertificateEnded,
    &kGatewayCertificateNotYetValid,
    &kGatewayName,
    &kGradedBySubmitter,
    &kGroundNotInForce,
    &kGroundRequired,
    &kGuardianUnsafe,
    &kHandlingForbids,
    &kHandlingInvalid,
    &kHappenedInFuture,
    &kHappenedTooEarly,
    &kHeadersTooLarge,
    &kIdentityStands,
    &kImmunity,
    &kImplicatedAgency,
    &kImplicatedUnknown,
    &kImportHasErrors,
    &kImportIncomplete,
    &kImportOpen,
    &kIndexUnknown,
    &kIndicatorListUnknown,
    &kIndicatorRetired,
    &kIndicatorUnknown,
    &kIndigenousPartyMissing,
    &kInformationTaken,
    &kInstalmentOutOfOrder,
    &kInstructorAbsent,
    &kInvestigationOutcome,
    &kInvoiceKnown,
    &kInvoiceTaken,
    &kIssuedByMarker,
    &kJointInvestigationOpen,
    &kKeyEncrypted,
    &kKeyInvalid,
    &kKeyInUse,
    &kKeyMalformed,
    &kKeyMissing,
    &kKeyOfAnotherCertificate,
    &kKindNotEnrolled,
    &kLastAdministrator,
    &kLastCaseWorker,
    &kLastLevel,
    &kLawyerNotConsidered,
    &kLawNotSound,
    &kLawNotTaken,
    &kLawNotTried,
    &kLawSettingFixed,
    &kLawUnchanged,
    &kLeadCannotAnswer,
    &kLeadNotParty,
    &kLeadNotSignatory,
    &kLegalHold,
    &kLimitExceeded,
    &kLimitUnknown,
    &kLineRepeated,
    &kLinkNotOpen,
    &kLinkUnknown,
    &kListNotReady,
    &kLodgementsOfTarget,
    &kLogAgencyTaken,
    &kLogAhead,
    &kLogCertificateEnded,
    &kLogCertificateInvalid,
    &kLogCertificateMissing,
    &kLogCertificateRevoked,
    &kLogCorrupt,
    &kLogForked,
    &kLogIncomplete,
    &kLogRewound,
    &kLogShortened,
    &kLookupsExhausted,
    &kLookupNotExact,
    &kMaskInvalid,
    &kMembershipUnknown,
    &kMemberAbsent,
    &kMessageIncomplete,
    &kMessageSurplus,
    &kMessageTooLarge,
    &kMethodInternal,
    &kMethodUnknown,
    &kMigrationJournalMalformed,
    &kMigrationLineChanged,
    &kMigrationLineMalformed,
    &kMigrationRefused,
    &kMigrationSourceTwice,
    &kMilestoneUnknown,
    &kModeNotPermitted,
    &kNeedNotDeclared,
    &kNothingProposed,
    &kNothingToUndo,
    &kNoticeStands,
    &kNoticeTooLong,
    &kNoticeTooShort,
    &kNotAnInstructor,
    &kNotApproved,
    &kNotAsked,
    &kNotAssessed,
    &kNotAssigned,
    &kNotAPanelist,
    &kNotAParty,
    &kNotAReader,
    &kNotASide,
    &kNotASignatory,
    &kNotASigner,
    &kNotChargeable,
    &kNotCommitted,
    &kNotCompleted,
    &kNotEligibleCfsa,
    &kNotFound,
    &kNotInForce,
    &kNotRecommended,
    &kNotSanitised,
    &kNotScreened,
    &kNotSenderOrReceiver,
    &kNotTheAsker,
    &kNotTheAssignee,
    &kNotTheBureau,
    &kNotTheCaseTeam,
    &kNotTheChair,
    &kNotTheCoordinator,
    &kNotTheCrownOffice,
    &kNotTheEmployer,
    &kNotTheHolder,
    &kNotTheLead,
    &kNotTheMaker,
    &kNotTheOffice,
    &kNotTheOriginator,
    &kNotTheOwner,
    &kNotThePolice,
    &kNotTheRaiser,
    &kNotTheReceiver,
    &kNotTheScorer,
    &kNotTheSender,
    &kNotTied,
    &kNotTls,
    &kNotYetEffective,
    &kNotYourOwn,
    &kNoIdentity,
    &kNoRelease,
    &kOffenceNotInForce,
    &kOffenceUnknown,
    &kOfferingNotBegun,
    &kOfferingNotHeld,
    &kOfferingNotOpen,
    &kOfficeDraftsFromTemplate,
    &kOffsetMismatch,
    &kOrderTooLong,
    &kOrganisationNameEmpty,
    &kOriginatorAsksNobody,
    &kOtherSide,
    &kOverBeforeForce,
    &kOwnRecord,
    &kOwnRoles,
    &kPackCertificateUnfit,
    &kPackNotOpened,
    &kPageTokenInvalid,
    &kParentNotInForce,
    &kParentProtocol,
    &kParentSuperseded,
    &kPartiesIncomplete,
    &kPartyTwice,
    &kPayeeNotPermitted,
    &kPaymentReversed,
    &kPeerNotAllowed,
    &kPemMissing,
    &kPeriodOpen,
    &kPersonUnknown,
    &kPhoneContactBeforeEvent,
    &kPhoneContactInFuture,
    &kPhoneContactRequired,
    &kPlanningHasAnOrder,
    &kPoliceServiceUnknown,
    &kPolicyNotRead,
    &kPolicyStale,
    &kPositionFromAnotherTime,
    &kPositionUnknown,
    &kPowerNotInForce,
    &kPredicateUnknown,
    &kPreliminaryNotAvailable,
    &kPrerequisiteExpired,
    &kPrerequisiteMissing,
    &kPrerequisiteOfAnother,
    &kPrerequisiteUnknown,
    &kProductHandlingForbids,
    &kProductLooserThanInput,
    &kProductNotIssued,
    &kProductNotSanitised,
    &kProtocolNotInForce,
    &kPublishedByApprover,
    &kPurgeNeedsTwo,
    &kPurgeNotProposed,
    &kPurposeMissing,
    &kPurposeNotPermitted,
    &kPurposeUnknown,
    &kQuotaCalls,
    &kQuotaMisses,
    &kQuotaOpenCalls,
    &kQuotesUnbalanced,
    &kRanksChanged,
    &kReasonRequired,
    &kReceiverIsImplicated,
    &kReceiverIsSender,
    &kReceiverUnknown,
    &kRecipientHasIt,
    &kRecognizanceAge,
    &kRecognizanceOffence,
    &kRecognizanceTooLong,
    &kRecognizanceUnknown,
    &kReconciliationRunning,
    &kRecordsStageSkipped,
    &kRecordFull,
    &kRedirectInCircle,
    &kRedirectToSelf,
    &kRedirectToSender,
    &kReferenceNamesPerson,
    &kReferralNotJoint,
    &kRegionUnknown,
    &kReleaseBeyondRequest,
    &kReleaseLapsed,
    &kRenewal,
    &kRenewalsTooMany,
    &kReportNotActive,
    &kReportOfDayPublished,
    &kReportOverdue,
    &kReportRestated,
    &kRequestIdReused,
    &kRequestLapsed,
    &kRequestMalformed,
    &kRequestMissing,
    &kRequestNotSigned,
    &kRequestTooComplex,
    &kRequestToOneself,
    &kRequestUnknownFields,
    &kReservedHeader,
    &kResourceUnreadable,
    &kRespondentOutsideOntario,
    &kResponseUnreadable,
    &kRestitutionNotConsidered,
    &kReversalNeedsTwo,
    &kReversalTooLarge,
    &kReviewedByDecider,
    &kReviewerInvolved,
    &kReviewKind,
    &kReviewOutdated,
    &kReviewPersonAbsent,
    &kReviewSignedByDecider,
    &kReviewUndecided,
    &kRolesChanged,
    &kRolesDoNotMeet,
    &kRoleNotOfThisKind,
    &kRoleNotPermitted,
    &kRollupWithoutNumber,
    &kRosterHasErrors,
    &kRotationUnderWay,
    &kSamePerson,
    &kSanitisedOnly,
    &kScorersMissing,
    &kScorersSuffice,
    &kScorerConflicted,
    &kScoresInvalid,
    &kScoresMissing,
    &kScreeningContradicted,
    &kSealBroken,
    &kSealKeyMissing,
    &kSectionsMissing,
    &kSectionAbsent,
    &kSectionNotInForce,
    &kSectionTwice,
    &kSentenceMissing,
    &kSentOn,
    &kSeparatorUnknown,
    &kServiceBusy,
    &kServiceKind,
    &kServiceNotCompared,
    &kServiceUnknown,
    &kSidesNotSignatories,
    &kSignatoryCannotSign,
    &kSignaturesMissing,
    &kSiteTaken,
    &kSourceIdentity,
    &kSourceNotNewer,
    &kStaleFigure,
    &kStatementsMalformed,
    &kStatementInvalid,
    &kStateNotPermitted,
    &kStepActedOn,
    &kStepNotOfAgency,
    &kStepTwice,
    &kStreamsOfAgency,
    &kSubmittedByGrader,
    &kSuccessorSignatories,
    &kSupportOfferRequired,
    &kSystemsTooMany,
    &kSystemNotActive,
    &kSystemSuspended,
    &kTenseContradicted,
    &kTerritoryUnknown,
    &kTextWithNul,
    &kThreePeople,
    &kTieUnresolved,
    &kTileUnknown,
    &kTlpUnknown,
    &kTlsCertificateRevoked,
    &kTouchedInvalid,
    &kTreeSizeUnknown,
    &kTrialOver,
    &kTwoPeople,
    &kValidateOnlyInvalid,
    &kValidateOnlyNotPossible,
    &kValueInvalid,
    &kValueOrText,
    &kVerbUnknown,
    &kVerdictMissing,
    &kVictimAsSubject,
    &kVictimIdentified,
    &kVictimUnknown,
    &kWindowMissed,
    &kWindowTooLong,
    &kWritersDidNotPause,
    &kWrongRegion,
    &kYearsDoNotSum,
    &kYouthAccessEnded,
    &kYouthAccessUndated,
};

}  // namespace

const Rule* FindRule(std::string_view reason) {
  const auto at = std::lower_bound(kCatalogue.begin(), kCatalogue.end(), reason,
                                   [](const Rule* rule, std::string_view name) { return rule->reason < name; });
  return at != kCatalogue.end() && (*at)->reason == reason ? *at : nullptr;
}

}  // namespace accord::rules
