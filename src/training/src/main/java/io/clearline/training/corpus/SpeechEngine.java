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
package io.clearline.training.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A speech synthesiser that writes texts to the files {@code 0000.wav}, {@code 0001.wav} and so on. */
public enum SpeechEngine {
    /** Runs one process for all texts of a voice, because Festival takes a second to start. */
    FESTIVAL {
        @Override
        void say(SyntheticVoice voice, List<String> texts, Path folder) throws IOException {
            StringBuilder scheme = new StringBuilder("(voice_" + voice.voice() + ")\n");
            for (int i = 0; i < texts.size(); i++) {
                // A text that the voice cannot say must not stop the others.
                scheme.append("(unwind-protect (begin (set! said (utt.synth (Utterance Text \"")
                        .append(texts.get(i).replace("\\", " ").replace('"', ' '))
                        .append("\")))\n(utt.save.wave said \"")
                        .append(fileName(i))
                        .append("\" 'riff)) nil)\n");
            }
            Files.write(folder.resolve("say.scm"), scheme.toString().getBytes(voice.textCharset()));
            Tool.FESTIVAL.run(folder, List.of("-b", "say.scm"));
        }
    },
    FLITE {
        @Override
        void say(SyntheticVoice voice, List<String> texts, Path folder) throws IOException {
            for (int i = 0; i < texts.size(); i++) {
                Tool.FLITE.run(folder, List.of("-voice", voice.voice(), "-t", texts.get(i), "-o", fileName(i)));
            }
        }
    },
    ESPEAK {
        @Override
        void say(SyntheticVoice voice, List<String> texts, Path folder) throws IOException {
            for (int i = 0; i < texts.size(); i++) {
                Files.writeString(folder.resolve("text"), texts.get(i));
                List<String> how = List.of(
                        "-v", voice.voice(), "-p", "" + voice.pitch(), "-s", "" + voice.wordsPerMinute(), "-b", "1");
                Tool.ESPEAK.run(folder, how, List.of("-w", fileName(i), "-f", "text"));
            }
        }
    };

    /**
     * Synthesises texts into a folder. A text that the engine cannot say may leave no file.
     *
     * @throws IOException if the engine is missing or fails
     */
    abstract void say(SyntheticVoice voice, List<String> texts, Path folder) throws IOException;

    /** Returns the file name of a text. */
    static String fileName(int index) {
        return String.format("%04d.wav", index);
    }
}
