package io.clearline.gateway.verify;

/**
 * What came out of one stream, for comparison with another run over the same input.
 *
 * @param frames number of different frames that came out
 * @param samples of all of them
 * @param sha256 of the records as they lie in the topic, each once, in the order of their first coming
 * @param firstSequence number of the first frame in {@code frameHashes}
 * @param frameHashes the first 8 bytes of each record's SHA-256, big-endian, Base64; zeros where no frame came
 */
public record StreamResult(long frames, long samples, String sha256, long firstSequence, String frameHashes) {}
