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
package io.clearline.gateway.rtp;

import io.clearline.gateway.codec.MediaFormat;
import io.clearline.gateway.srtp.SdesLines;
import io.clearline.gateway.srtp.SrtpKey;
import io.clearline.gateway.srtp.SrtpKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a session description (SDP, RFC 8866) says of its first audio stream. Immutable.
 *
 * @param audio formats by payload type
 * @param passed payload types that are no audio and go by as they come: telephone events, comfort noise
 * @param peer where the audio comes from and goes to; null: whoever is allowed to come
 * @param srtp the peer's key and a new one of ours, for {@code RTP/SAVP}; null: plain RTP
 */
public record SdpDescription(Map<Integer, MediaFormat> audio, Set<Integer> passed, InetAddress peer, SrtpKeys srtp) {
    private static final int MAX_LINES = 500;
    private static final int MAX_DYNAMIC_TYPE = 127;
    private static final List<String> PLAIN = List.of("RTP/AVP", "RTP/AVPF");
    private static final List<String> PROTECTED = List.of("RTP/SAVP", "RTP/SAVPF");
    private static final List<String> PASSED = List.of("telephone-event", "cn");

    public SdpDescription {
        audio = Map.copyOf(audio);
        passed = Set.copyOf(passed);
    }

    /** What is collected line by line. */
    private static final class Lines {
        private final Map<Integer, String> maps = new HashMap<>();
        private final Map<Integer, String> ours = new LinkedHashMap<>();
        private final List<String> keys = new ArrayList<>();
        private String address = "";
        private boolean isProtected;
        private boolean inAudio;
        private boolean seenAudio;

        private void take(String line) throws BadPacketException {
            if (line.startsWith("m=")) {
                inAudio = !seenAudio && line.startsWith("m=audio ");
                if (inAudio) {
                    seenAudio = true;
                    media(line);
                }
            } else if (line.startsWith("c=") && (inAudio || !seenAudio)) {
                address = line.substring(line.lastIndexOf(' ') + 1);
            } else if (line.startsWith("a=rtpmap:") && inAudio) {
                String[] parts = line.substring("a=rtpmap:".length()).strip().split("\\s+", 2);
                if (parts.length == 2) {
                    maps.put(payloadType(parts[0]), parts[1]);
                }
            } else if (line.startsWith("a=crypto:") && inAudio) {
                keys.add(line.substring("a=crypto:".length()));
            }
        }

        private void media(String line) throws BadPacketException {
            String[] parts = line.split("\\s+");
            if (parts.length < 4 || !(PLAIN.contains(parts[2]) || PROTECTED.contains(parts[2]))) {
                throw new BadPacketException("Expected m=audio PORT RTP/AVP TYPES, or RTP/SAVP with a=crypto for SRTP,"
                        + " found " + line + ". DTLS is not served; end it in front of the gateway.");
            }
            isProtected = PROTECTED.contains(parts[2]);
            for (int i = 3; i < parts.length; i++) {
                ours.put(payloadType(parts[i]), "");
            }
        }

        private static int payloadType(String text) throws BadPacketException {
            if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > MAX_DYNAMIC_TYPE) {
                throw new BadPacketException("Expected a payload type within 0..127, found " + text + ".");
            }
            return Integer.parseInt(text);
        }
    }

    /**
     * Reads a description that says itself whether the packets are SRTP, and by which key.
     *
     * @throws BadPacketException when it has no audio that we take; the message says what was found
     */
    public static SdpDescription parse(String sdp) throws BadPacketException {
        return parse(sdp, null);
    }

    /**
     * Reads a description.
     *
     * @param beside keys that came another way: the packets are SRTP with these, whatever the description says of SRTP;
     *     null: none
     * @throws BadPacketException when it has no audio that we take; the message says what was found
     */
    public static SdpDescription parse(String sdp, SrtpKeys beside) throws BadPacketException {
        Lines lines = new Lines();
        String[] all = sdp.split("\\R", MAX_LINES + 1);
        if (all.length > MAX_LINES) {
            throw new BadPacketException("Expected at most " + MAX_LINES + " lines of SDP.");
        }
        for (String line : all) {
            lines.take(line.strip());
        }
        return describe(lines, beside);
    }

    private static SdpDescription describe(Lines lines, SrtpKeys beside) throws BadPacketException {
        Map<Integer, MediaFormat> audio = new TreeMap<>();
        Set<Integer> passed = new HashSet<>();
        StringBuilder refused = new StringBuilder();
        for (int type : lines.ours.keySet()) {
            String map = lines.maps.get(type);
            if (map == null && PayloadTypes.statics().containsKey(type)) {
                audio.put(type, PayloadTypes.statics().get(type));
            } else if (map != null && PASSED.contains(name(map))) {
                passed.add(type);
            } else {
                refused.append(take(audio, type, map));
            }
        }
        if (audio.isEmpty()) {
            throw new BadPacketException(
                    "Expected m=audio with a format that the gateway takes: PCMU, PCMA, G722, L16, opus."
                            + (refused.isEmpty() ? " Found none." : " Found" + refused + "."));
        }
        SrtpKeys keys = beside == null ? keys(lines) : beside;
        return new SdpDescription(audio, passed, address(lines.address), keys);
    }

    /** Of a format: what stands before the clock rate. */
    private static String name(String map) {
        int slash = map.indexOf('/');
        return (slash < 0 ? map : map.substring(0, slash)).toLowerCase(Locale.ROOT);
    }

    /** Keys beside plain RTP/AVP mean SRTP to some (ffmpeg) and an offer of it to others. */
    private static SrtpKeys keys(Lines lines) throws BadPacketException {
        if (!lines.isProtected && !lines.keys.isEmpty()) {
            throw new BadPacketException("Expected RTP/SAVP beside a=crypto, found RTP/AVP. Write RTP/SAVP where the"
                    + " packets are SRTP, or leave a=crypto out where they are not.");
        }
        try {
            return lines.isProtected ? SdesLines.choose(lines.keys) : null;
        } catch (IllegalArgumentException e) {
            throw new BadPacketException(e.getMessage());
        }
    }

    private static String take(Map<Integer, MediaFormat> audio, int type, String map) {
        try {
            audio.put(type, MediaFormat.parse(map == null ? "" : map));
            return "";
        } catch (IllegalArgumentException e) {
            return " " + type + (map == null ? "" : " " + map);
        }
    }

    private static InetAddress address(String text) throws BadPacketException {
        // Only literals: a name would be looked up.
        if (!text.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(text);
            return address.isAnyLocalAddress() ? null : address;
        } catch (UnknownHostException e) {
            throw new BadPacketException("Expected c=IN IP4 ADDRESS, found " + text + ".");
        }
    }

    /** This, from any peer that is allowed to come. */
    public SdpDescription fromAnyPeer() {
        return new SdpDescription(audio, passed, null, srtp);
    }

    /** This, as SRTP with another key of ours. */
    public SdpDescription withOurs(SrtpKey ours) {
        return new SdpDescription(audio, passed, peer, srtp.withOurs(ours));
    }
}
