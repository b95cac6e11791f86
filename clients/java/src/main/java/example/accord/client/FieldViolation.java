package example.accord.client;

/**
 * A field of the request that is at fault.
 *
 * @param field the path of the field, such as {@code referral.lawful_basis}
 * @param description what is wrong with it, in words for people
 */
public record FieldViolation(String field, String description) {}
