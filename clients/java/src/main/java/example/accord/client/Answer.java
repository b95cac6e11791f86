package example.accord.client;

import java.util.List;

/**
 * An answer, with the fields that are empty only because the caller may not read them.
 *
 * @param message the answer itself
 * @param masked the paths of the masked fields
 */
public record Answer<R>(R message, List<String> masked) {}
