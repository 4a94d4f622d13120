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
 * The arguments with which ffmpeg writes to a URL or a file. Chooses the codec and the container that receivers of the
 * protocol expect, unless others are requested. Immutable.
 */
public final class OutputArguments {
    /** The codec, the container and further options that receivers of a protocol expect. */
    private record Defaults(String codec, String format, List<String> more) {}

    private static final Defaults TRANSPORT_STREAM = new Defaults("aac", "mpegts", List.of("-b:a", "192k"));
    private static final Map<String, Defaults> DEFAULTS = Map.of(
            "rtp", new Defaults("pcm_s16be", "rtp", List.of()),
            "srt", TRANSPORT_STREAM,
            "udp", TRANSPORT_STREAM,
            "tcp", TRANSPORT_STREAM,
            "rtmp", new Defaults("aac", "flv", List.of("-b:a", "192k")),
            "rtmps", new Defaults("aac", "flv", List.of("-b:a", "192k")),
            "icecast", new Defaults("libopus", "ogg", List.of("-content_type", "application/ogg")));

    private final String url;
    private final boolean file;
    private final List<String> arguments;

    private OutputArguments(String url, boolean file, List<String> arguments) {
        this.url = url;
        this.file = file;
        this.arguments = List.copyOf(arguments);
    }

    /**
     * What was requested in addition to the URL.
     *
     * @param codec as ffmpeg names it; null for the default of the protocol
     * @param format the container as ffmpeg names it; null for the default of the protocol
     * @param options of ffmpeg in front of the output, by name without the dash
     * @param overwrite whether an existing file may be overwritten
     */
    public record Wishes(String codec, String format, Map<String, String> options, boolean overwrite) {
        /** Requests nothing in addition to the URL. */
        public static final Wishes NONE = new Wishes(null, null, Map.of(), false);

        /** Requests a codec and a container without further options. */
        public static Wishes of(String codec, String format) {
            return new Wishes(codec, format, Map.of(), false);
        }
    }

    /**
     * Returns the arguments for a URL or a file of this machine.
     *
     * @throws FileAlreadyExistsException if the file exists and must not be overwritten
     */
    public static OutputArguments of(String url, Wishes wishes) throws IOException {
        boolean file = IngestSettings.isFile(url);
        String target = url;
        Defaults defaults =
                DEFAULTS.get(url.substring(0, Math.max(0, url.indexOf(':'))).toLowerCase(Locale.ROOT));
        if (file) {
            Path path = Path.of(url.startsWith("file:") ? url.substring("file:".length()) : url);
            if (Files.isRegularFile(path) && !wishes.overwrite()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            target = FfmpegProcess.url(path);
            defaults = null;
        }
        Map<String, String> named = new LinkedHashMap<>();
        put(named, "c:a", wishes.codec() == null && defaults != null ? defaults.codec() : wishes.codec());
        put(named, "f", wishes.format() == null && defaults != null ? defaults.format() : wishes.format());
        List<String> all = new ArrayList<>();
        if (defaults != null && wishes.codec() == null && wishes.format() == null) {
            all.addAll(defaults.more());
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

    /** Returns whether the output is a file, which a second ffmpeg could not continue. */
    boolean isFile() {
        return file;
    }

    /** Returns all arguments of ffmpeg, for 16-bit samples on its standard input. */
    List<String> withInput(int sampleRateHz, int channels) {
        List<String> all = new ArrayList<>(List.of("-nostats", "-loglevel", "error", "-f", "s16le"));
        all.addAll(List.of("-ar", Integer.toString(sampleRateHz), "-ac", Integer.toString(channels), "-i", "pipe:0"));
        all.addAll(arguments);
        return all;
    }

    /** Returns the URL without user name, password and other secrets. */
    @Override
    public String toString() {
        return withoutSecrets(url);
    }

    /** Returns a text, such as a log line of ffmpeg, in which the secrets of URLs are masked. */
    static String withoutSecrets(String text) {
        return text.replaceAll("://[^/@\\s]*@", "://***@").replaceAll("(passphrase|password|token)=[^&\\s]*", "$1=***");
    }
}
