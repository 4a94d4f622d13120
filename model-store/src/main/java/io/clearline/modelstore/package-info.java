/**
 * The model artifact and where artifacts lie.
 *
 * <p>An artifact is two files: {@code model.safetensors} with the weights and {@code card.json} with everything else that decides the output
 * (sample rate, STFT, features, topology, calibration), where the weights came from, and their SHA-256. Both formats are read by other tools.
 */
package io.clearline.modelstore;
