/*
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on
 * an "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.clearline.training;

/**
 * What the loss of a Gram network consists of, beside the negative SNR in dB.
 *
 * @param start weight of an error in the first 250 ms of a stream, where the network knows nothing of the noise yet;
 *     later errors weigh 1
 * @param removal what an error weighs on top where the mask takes speech away; 0: as much as noise that is left
 * @param intelligibility dB for each unit of correlation that the third-octave envelopes lack, the measure that STOI
 *     averages; 0: not looked at
 * @param compressed dB for each unit of the relative squared error of the root magnitudes, which weighs quiet bins
 *     more; 0: not looked at
 * @param floor added to the relative error: beyond its inverse an SNR counts for little, so that clean speech does not
 *     drown what noisy speech asks for; 0.001 is 30 dB
 */
public record LossTerms(double start, double removal, double intelligibility, double compressed, double floor) {
    /** The negative SNR alone. */
    public static final LossTerms SNR_ONLY = new LossTerms(1, 0, 0, 0, 1e-3);

    public LossTerms {
        if (!(start > 0) || !(removal >= 0) || !(intelligibility >= 0) || !(compressed >= 0) || !(floor > 0)) {
            throw new IllegalArgumentException(
                    "Loss terms: expected start and floor above 0 and the others at least 0, found " + start + ", "
                            + removal + ", " + intelligibility + ", " + compressed + " and " + floor + ".");
        }
    }
}
