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
package io.clearline.gateway.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DecodedBlockTest {
    private static final String LINE =
            "[Parsed_ashowinfo_2 @ 0x56335dbd3080] [info] n:1 pts:%s pts_time:0.022875 pos:4174"
                    + " fmt:s16 channels:%s chlayout:stereo rate:48000 nb_samples:%s"
                    + " checksum:FE3990DE plane_checksums: [ FE3990DE ]";

    @Test
    void aLineOfAshowinfoDescribesTheNextBlock() {
        assertThat(DecodedBlock.parse(LINE.formatted("1098", "2", "1114")))
                .isEqualTo(new DecodedBlock(1098, 1114, 2, 48_000));
        assertThat(DecodedBlock.parse(LINE.formatted("-1098", "6", "17")))
                .isEqualTo(new DecodedBlock(-1098, 17, 6, 48_000));
        assertThat(DecodedBlock.parse(LINE.formatted("NOPTS", "1", "960")).pts())
                .isEqualTo(DecodedBlock.NO_PTS);
    }

    @Test
    void anyOtherLineIsIgnored() {
        assertThat(DecodedBlock.parse(
                        "[info] Input #0, wav, from 'file:/tmp/n:1 pts:2 channels:1 rate:1 nb_samples:1 a'"))
                .isNull();
        assertThat(DecodedBlock.parse(LINE.formatted("99999999999999999999", "2", "17")))
                .isNull();
        assertThat(DecodedBlock.parse("")).isNull();
    }
}
