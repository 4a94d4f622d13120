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

import io.clearline.dsp.audio.FfmpegProcess;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How ffmpeg writes to a URL: a codec and a container that its receivers expect, unless others are asked for.
 * Immutable.
 */
public final class OutputArguments {
    private record Usual(String codec, String format, List<String> more) {}

    private static final Usual TRANSPORT_STREAM = new Usual("aac", "mpegts", List.of("-b:a", "192k"));
    private static final Map<String, Usual> USUAL = Map.of(
            "rtp", new Usual("pcm_s16be", "rtp", List.of()),
            "srt", TRANSPORT_STREAM,
            "udp", TRANSPORT_STREAM,
            "tcp", TRANSPORT_STREAM,
            "rtmp", new Usual("aac", "flv", List.of("-b:a", "192k")),
            "rtmps", new Usual("aac", "flv", List.of("-b:a", "192k")),
            "icecast", new Usual("libopus", "ogg", List.of("-content_type", "application/ogg")));

    private final String url;
    private final boolean file;
    private final List<String> arguments;

    private OutputArguments(String url, boolean file, List<String> arguments) {
        this.url = url;
        this.file = file;
        this.arguments = List.copyOf(arguments);
    }

    /** What was asked for beside the URL; null: what is usual there. */
    public record Wishes(String codec, String format, Map<String, String> options, boolean overwrite) {
        /** None. */
        public static final Wishes NONE = new Wishes(null, null, Map.of(), false);

        /** These options and no others. */
        public static Wishes of(String codec, String format) {
            return new Wishes(codec, format, Map.of(), false);
        }
    }

    /**
     * The arguments for a URL, or for a file of this machine.
     *
     * @throws FileAlreadyExistsException when the file is there and must not be overwritten
     */
    public static OutputArguments of(String url, Wishes wishes) throws IOException {
        boolean file = IngestSettings.isFile(url);
        String target = url;
        Usual usual = USUAL.get(url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT));
        if (file) {
            Path path = Path.of(url.startsWith("file:") ? url.substring("file:".length()) : url);
            if (Files.isRegularFile(path) && !wishes.overwrite()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            target = FfmpegProcess.url(path);
            usual = null;
        }
        Map<String, String> named = new LinkedHashMap<>();
        put(named, "c:a", wishes.codec() == null && usual != null ? usual.codec() : wishes.codec());
        put(named, "f", wishes.format() == null && usual != null ? usual.format() : wishes.format());
        List<String> all = new ArrayList<>();
        if (usual != null && wishes.codec() == null && wishes.format() == null) {
            all.addAll(usual.more());
        }
        named.putAll(wishes.options());
        named.forEach((name, value) -> all.addAll(List.of("-" + name, value)));
        all.addAll(List.of("-y", target));
        return new OutputArguments(url, file, all);
    }

    private static void put(Map<String, String> options, String name, String value) {
        if (value != null) {
            options.put(name, value);
        }
    }

    /** Whether it is a file, which no second ffmpeg can go on with. */
    boolean isFile() {
        return file;
    }

    /** All of ffmpeg's arguments, for samples of 16 bits that come through its standard input. */
    List<String> withInput(int sampleRateHz, int channels) {
        List<String> all = new ArrayList<>(List.of("-nostats", "-loglevel", "error", "-f", "s16le"));
        all.addAll(List.of("-ar", Integer.toString(sampleRateHz), "-ac", Integer.toString(channels), "-i", "pipe:0"));
        all.addAll(arguments);
        return all;
    }

    /** The URL without a user's name and password. */
    @Override
    public String toString() {
        return withoutSecrets(url);
    }

    /** A text with URLs, such as what ffmpeg says, without the names and passwords in them. */
    static String withoutSecrets(String text) {
        return text.replaceAll("://[^/@\\s]*@", "://***@").replaceAll("(passphrase|password|token)=[^&\\s]*", "$1=***");
    }
}
