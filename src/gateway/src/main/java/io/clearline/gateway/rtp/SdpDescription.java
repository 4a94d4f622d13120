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
 * The first audio stream of a session description (SDP, RFC 8866). Immutable.
 *
 * @param audio formats by payload type
 * @param passed payload types that are not audio and are forwarded unchanged: telephone events, comfort noise
 * @param peer the only address from which the audio may come; null for any allowed address
 * @param srtp the peer's key and a new local one for {@code RTP/SAVP}; null for plain RTP
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

    /** What the lines of a description say, collected one by one. */
    private static final class Lines {
        private final Map<Integer, String> maps = new HashMap<>();
        /** The payload types of the {@code m=audio} line, in order; the values are unused. */
        private final Map<Integer, String> payloadTypes = new LinkedHashMap<>();

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
                        + " found " + line + ". DTLS is not supported; terminate it in front of the gateway.");
            }
            isProtected = PROTECTED.contains(parts[2]);
            for (int i = 3; i < parts.length; i++) {
                payloadTypes.put(payloadType(parts[i]), "");
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
     * Parses a description that contains the keys if its packets are SRTP.
     *
     * @throws BadPacketException if it has no supported audio; the message says what was found
     */
    public static SdpDescription parse(String sdp) throws BadPacketException {
        return parse(sdp, null);
    }

    /**
     * Parses a description.
     *
     * @param outOfBandKeys keys from outside of the description. With them the packets are SRTP, whatever the
     *     description says; null if there are none
     * @throws BadPacketException if it has no supported audio; the message says what was found
     */
    public static SdpDescription parse(String sdp, SrtpKeys outOfBandKeys) throws BadPacketException {
        Lines lines = new Lines();
        String[] all = sdp.split("\\R", MAX_LINES + 1);
        if (all.length > MAX_LINES) {
            throw new BadPacketException("Expected at most " + MAX_LINES + " lines of SDP.");
        }
        for (String line : all) {
            lines.take(line.strip());
        }
        return describe(lines, outOfBandKeys);
    }

    private static SdpDescription describe(Lines lines, SrtpKeys outOfBandKeys) throws BadPacketException {
        Map<Integer, MediaFormat> audio = new TreeMap<>();
        Set<Integer> passed = new HashSet<>();
        StringBuilder refused = new StringBuilder();
        for (int type : lines.payloadTypes.keySet()) {
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
            throw new BadPacketException("Expected m=audio with a supported format: PCMU, PCMA, G722, L16, opus."
                    + (refused.isEmpty() ? " Found none." : " Found" + refused + "."));
        }
        SrtpKeys keys = outOfBandKeys == null ? keys(lines) : outOfBandKeys;
        return new SdpDescription(audio, passed, address(lines.address), keys);
    }

    /** Returns the encoding name of an rtpmap, which precedes the clock rate, in lower case. */
    private static String name(String map) {
        int slash = map.indexOf('/');
        return (slash < 0 ? map : map.substring(0, slash)).toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the keys in a description; null for plain RTP. Refuses keys combined with plain {@code RTP/AVP}: to some
     * senders (ffmpeg) that means SRTP, to others it merely offers it.
     */
    private static SrtpKeys keys(Lines lines) throws BadPacketException {
        if (!lines.isProtected && !lines.keys.isEmpty()) {
            throw new BadPacketException("Expected RTP/SAVP together with a=crypto, found RTP/AVP. Write RTP/SAVP if"
                    + " the packets are SRTP, or remove a=crypto if they are not.");
        }
        try {
            return lines.isProtected ? SdesLines.choose(lines.keys) : null;
        } catch (IllegalArgumentException e) {
            throw new BadPacketException(e.getMessage());
        }
    }

    /** Adds a format to those that are supported; returns how to name it in a message if it is not. */
    private static String take(Map<Integer, MediaFormat> audio, int type, String map) {
        try {
            audio.put(type, MediaFormat.parse(map == null ? "" : map));
            return "";
        } catch (IllegalArgumentException e) {
            return " " + type + (map == null ? "" : " " + map);
        }
    }

    private static InetAddress address(String text) throws BadPacketException {
        // Only literals. A host name would cost a DNS lookup.
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

    /** Returns a copy that accepts audio from any allowed address. */
    public SdpDescription fromAnyPeer() {
        return new SdpDescription(audio, passed, null, srtp);
    }

    /** Returns a copy with another local SRTP key. Only for a description with SRTP. */
    public SdpDescription withLocalKey(SrtpKey localKey) {
        return new SdpDescription(audio, passed, peer, srtp.withLocal(localKey));
    }
}
