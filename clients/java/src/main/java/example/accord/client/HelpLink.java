package example.accord.client;

/**
 * What people must do by telephone where somebody may be in danger.
 *
 * @param description what it is
 * @param url where it is done, such as a telephone number
 */
public record HelpLink(String description, String url) {}
