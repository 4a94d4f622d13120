package io.clearline.cli.demo;

import io.clearline.dsp.AudioClip;
import io.clearline.schemas.AudioEncoding;

/**
 * One noisy stream of the demo.
 *
 * @param clean the speech as it is in the mixture: same gain, same coding, aligned with it; the reference of every score
 * @param noisy the mixture as a listener of the raw topic decodes it
 * @param snrDb at which the noise was added
 */
public record DemoStream(
        String id,
        String language,
        String noise,
        double snrDb,
        AudioEncoding encoding,
        AudioClip clean,
        AudioClip noisy) {}
