"""How each program is connected to the gateway. Each function plays the file of a run and returns the file it heard."""
import base64
import http.server
import json
import secrets
import shutil
import subprocess
import threading
import time
import uuid
import wave
from pathlib import Path
from urllib.parse import quote

import audiosocket

HERE = Path(__file__).parent
DYNAMIC_TYPE = 97
SRTP_SUITE = "AES_CM_128_HMAC_SHA1_80"
SRTP_TAG_BYTES = 10
ASTERISK_START_SECONDS = 60
LISTEN_AFTER_SECONDS = 2


def quiet(*command, **more):
    return subprocess.Popen([str(each) for each in command], stdin=subprocess.DEVNULL, **more)


def installed(*programs):
    return all(shutil.which(each) for each in programs)


def sdp(port, payload_type, rtpmap):
    return (f"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio {port} RTP/AVP {payload_type}\n"
            f"a=rtpmap:{payload_type} {rtpmap}\n")


def stop(process, seconds=10):
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def ffmpeg(run, codec, rate, payload_type, rtpmap):
    """
    ffmpeg sends and ffmpeg hears; the call is described by SDP and REST. Without pkt_size ffmpeg fills its datagrams:
    182 ms of G.711, each of which is one frame that is late by as much.
    """
    back = run.free_port()
    port = run.signal(sdp(0, payload_type, rtpmap), back)
    described = run.file("back.sdp")
    described.write_text(sdp(back, payload_type, rtpmap))
    receiver = quiet("ffmpeg", "-v", "error", "-protocol_whitelist", "file,udp,rtp", "-i", described,
                     "-ac", "1", "-c:a", "pcm_s16le", "-y", run.heard)
    time.sleep(2)
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-re", "-i", str(run.noisy), "-c:a", codec,
                    "-ar", str(rate), "-ac", "1", "-payload_type", str(payload_type), "-f", "rtp",
                    f"rtp://127.0.0.1:{port}?pkt_size={packet_bytes(codec, rate)}"], check=True, stdout=subprocess.DEVNULL)
    time.sleep(LISTEN_AFTER_SECONDS)
    stop(receiver)


def new_key():
    """A key of SRTP and its salt."""
    return secrets.token_bytes(30)


def base64_of(key):
    return base64.b64encode(key).decode()


def signal_srtp(run, back):
    """Describes a call of PCMU by SRTP; returns the gateway's port and the keys there and back."""
    there_key, back_key = new_key(), new_key()
    port = run.signal(sdp(0, 0, "PCMU/8000"), back, srtpKey=base64_of(there_key), srtpReturnKey=base64_of(back_key))
    return port, there_key, back_key


def srtp_receiver(run, back, back_key):
    """ffmpeg, which has the key from SDP."""
    described = run.file("back.sdp")
    described.write_text(sdp(back, 0, "PCMU/8000").replace("RTP/AVP", "RTP/SAVP")
                         + f"a=crypto:1 {SRTP_SUITE} inline:{base64_of(back_key)}\n")
    return quiet("ffmpeg", "-v", "error", "-protocol_whitelist", "file,udp,rtp,srtp", "-i", described,
                 "-ac", "1", "-c:a", "pcm_s16le", "-y", run.heard)


def ffmpeg_srtp(run):
    """As ffmpeg above, with ffmpeg's own SRTP."""
    back = run.free_port()
    port, there_key, back_key = signal_srtp(run, back)
    receiver = srtp_receiver(run, back, back_key)
    time.sleep(2)
    subprocess.run(["ffmpeg", "-nostdin", "-v", "error", "-re", "-i", str(run.noisy), "-c:a", "pcm_mulaw", "-f", "rtp",
                    "-srtp_out_suite", SRTP_SUITE, "-srtp_out_params", base64_of(there_key),
                    f"srtp://127.0.0.1:{port}?pkt_size={packet_bytes('pcm_mulaw', 8000) + SRTP_TAG_BYTES}"],
                   check=True, stdout=subprocess.DEVNULL)
    time.sleep(LISTEN_AFTER_SECONDS)
    stop(receiver)


def gstreamer_srtp(run):
    """GStreamer with libsrtp sends; ffmpeg receives, since srtpdec asks for the SSRC that the gateway will choose."""
    back = run.free_port()
    port, there_key, back_key = signal_srtp(run, back)
    receiver = srtp_receiver(run, back, back_key)
    time.sleep(2)
    subprocess.run(f"gst-launch-1.0 -q filesrc location={run.noisy} ! wavparse ! audioconvert ! mulawenc ! rtppcmupay "
                   f"min-ptime=20000000 max-ptime=20000000 ! srtpenc key={there_key.hex()} rtp-cipher=aes-128-icm "
                   f"rtp-auth=hmac-sha1-80 ! udpsink host=127.0.0.1 port={port} sync=true".split(), check=True)
    time.sleep(LISTEN_AFTER_SECONDS)
    stop(receiver)


def packet_bytes(codec, rate):
    """A header of 12 bytes and 20 ms of samples; for Opus, which makes packets of 20 ms by itself, any size."""
    bytes_per_sample = {"pcm_mulaw": 1, "pcm_s16be": 2}.get(codec)
    return 12 + bytes_per_sample * rate // 50 if bytes_per_sample else 1472


def gstreamer(run, encode, pay, depay, decode, rate, payload_type, rtpmap):
    """GStreamer sends and GStreamer hears."""
    back = run.free_port()
    port = run.signal(sdp(0, payload_type, rtpmap), back)
    name, clock = rtpmap.split("/")[:2]
    receiver = quiet(*f"gst-launch-1.0 -q -e udpsrc port={back} address=127.0.0.1 caps=application/x-rtp,media=audio,"
                     f"clock-rate={clock},encoding-name={name.upper()},payload={payload_type} ! rtpjitterbuffer "
                     f"! {depay} ! {decode} ! audioconvert ! wavenc ! filesink location={run.heard}".split())
    time.sleep(2)
    subprocess.run(f"gst-launch-1.0 -q filesrc location={run.noisy} ! wavparse ! audioconvert ! audioresample "
                   f"! audio/x-raw,rate={rate},channels=1 ! {encode} ! {pay} pt={payload_type} min-ptime=20000000 "
                   f"max-ptime=20000000 ! udpsink host=127.0.0.1 port={port} sync=true".split(), check=True)
    time.sleep(LISTEN_AFTER_SECONDS)
    receiver.send_signal(2)
    time.sleep(1)
    stop(receiver)


def baresip(run):
    """baresip, a SIP telephone, calls; SIPp answers and says that the gateway has the media."""
    port = run.signal(sdp(0, 0, "PCMU/8000"), None)
    sip, answer = run.free_port(), run.free_port()
    folder = run.folder / "baresip"
    folder.mkdir()
    modules = next(Path("/usr/lib").glob("**/baresip/modules"))
    (folder / "accounts").write_text(f"<sip:me@127.0.0.1:{sip}>;regint=0;audio_codecs=pcmu/8000/1\n")
    (folder / "config").write_text(
        f"sip_listen 127.0.0.1:{sip}\nmodule_path {modules}\nmodule g711.so\nmodule aufile.so\nmodule sndfile.so\n"
        f"module_app account.so\nmodule_app menu.so\naudio_source aufile,{run.noisy}\n"
        f"audio_player aufile,{run.heard}\nausrc_srate 8000\nauplay_srate 8000\nausrc_channels 1\n"
        f"auplay_channels 1\nsnd_path {folder}\n")
    phone_log, answer_log = open(run.file("baresip.log"), "w"), open(run.file("sipp.log"), "w")
    answering = quiet("sipp", "-sf", HERE / "answer.xml", "-key", "media_gateway", port, "-i", "127.0.0.1",
                      "-p", answer, "-m", "1", "-nostdin", stdout=answer_log, stderr=answer_log, cwd=run.folder)
    time.sleep(1)
    phone = quiet("baresip", "-f", folder, "-e", f"/dial sip:gateway@127.0.0.1:{answer}",
                  "-t", int(run.seconds + LISTEN_AFTER_SECONDS), stdout=phone_log, stderr=phone_log)
    phone.wait(run.seconds + 30)
    stop(answering)
    decoded = sorted(folder.glob("dump-*-dec.wav"))
    if decoded:
        shutil.copy(decoded[-1], run.heard)


def audio_socket(run):
    """The client beside this file."""
    run.stream = str(uuid.uuid4())
    with wave.open(str(run.noisy)) as file:
        samples = file.readframes(file.getnframes())
    heard = audiosocket.call(("127.0.0.1", run.audiosocket), samples, uuid.UUID(run.stream), run.remember_status)
    run.write_heard(heard)


def asterisk(run, call):
    """
    Asterisk with a configuration of its own: a caller there plays the file, and call(run, console) connects it with
    the gateway. console runs a command of Asterisk's command line.
    """
    folder = run.folder / "asterisk"
    for each in ("log", "spool", "run"):
        (folder / each).mkdir(parents=True)
    noisy, secret, http_port = folder / "noisy.wav", secrets.token_hex(8), run.free_port()
    shutil.copy(run.noisy, noisy)
    (folder / "asterisk.conf").write_text(
        f"[directories]\nastetcdir => {folder}\nastdbdir => {folder}\nastspooldir => {folder}/spool\n"
        f"astrundir => {folder}/run\nastlogdir => {folder}/log\n")
    (folder / "modules.conf").write_text("[modules]\nautoload=yes\n")
    (folder / "logger.conf").write_text("[general]\n[logfiles]\nmessages.log => notice,warning,error\n")
    (folder / "rtp.conf").write_text("[general]\nrtpstart=24000\nrtpend=24100\n")
    (folder / "http.conf").write_text(f"[general]\nenabled=yes\nbindaddr=127.0.0.1\nbindport={http_port}\n")
    (folder / "ari.conf").write_text(f"[general]\nenabled=yes\n[clearline]\ntype=user\npassword={secret}\n")
    connection = (HERE / "asterisk/websocket_client.conf").read_text()
    (folder / "websocket_client.conf").write_text(
        connection.replace(":8080", f":{run.websocket}").replace("TOKEN", run.token or "none"))
    (folder / "extensions.conf").write_text(
        f"[globals]\nGATEWAY=127.0.0.1\nCALL={run.stream}\nNOISY={noisy.with_suffix('')}\nHEARD={run.heard}\n"
        + (HERE / "asterisk/extensions.conf").read_text().replace(":9090", f":{run.audiosocket}"))
    configuration = ("-C", folder / "asterisk.conf")
    log = open(run.file("asterisk.log"), "w")
    server = quiet("asterisk", *configuration, "-f", stdout=log, stderr=log)

    def console(command):
        return subprocess.run(["asterisk", *map(str, configuration), "-rx", command], capture_output=True, text=True)

    try:
        deadline = time.monotonic() + ASTERISK_START_SECONDS
        while "fully booted" not in console("core waitfullybooted").stdout.lower():
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"Asterisk has not started; see {log.name}")
            time.sleep(0.5)
        call(run, console, f"http://127.0.0.1:{http_port}/ari", f"clearline:{secret}")
    finally:
        console("core stop now")
        stop(server)


def asterisk_dials(extension):
    """The caller of the dialplan and one of its ways to the gateway."""
    def call(run, console, *_):
        console(f"channel originate Local/caller@clearline/n extension {extension}@clearline")
        # It waits for a second before it speaks and for three behind.
        time.sleep(1 + run.seconds + LISTEN_AFTER_SECONDS)
        run.remember_status()
        time.sleep(3)
    return call


def asterisk_external_media(audio, rtpmap):
    """ARI joins the caller and an RTP channel to the gateway in a bridge."""
    def call(run, console, ari, user):
        port = run.signal(sdp(0, DYNAMIC_TYPE if audio != "ulaw" else 0, rtpmap), None)
        log = open(run.file("ari.log"), "w")
        script = quiet("python3", HERE / "asterisk/external_media.py", "--ari", ari, "--user", user, "--gateway",
                       f"127.0.0.1:{port}", "--format", audio, "Local/caller@clearline/n", stdout=log, stderr=log)
        script.wait(run.seconds + 60)
    return call


def asterisk_audio_socket(run):
    run.stream = str(uuid.uuid4())
    asterisk(run, asterisk_dials("audiosocket"))


def chromium(run):
    """A page in Chromium speaks the plain WebSocket protocol."""
    finished = threading.Event()

    class Page(http.server.BaseHTTPRequestHandler):
        def answer(self, body, kind):
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            if self.path.startswith("/in.raw"):
                with wave.open(str(run.noisy)) as file:
                    self.answer(file.readframes(file.getnframes()), "application/octet-stream")
            else:
                self.answer((HERE / "browser.html").read_bytes(), "text/html")

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path == "/heard":
                run.write_heard(body)
                finished.set()
            else:
                run.remember_status()
            self.answer(b"", "text/plain")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = (f"http://127.0.0.1:{server.server_port}/?gateway={quote(f'ws://127.0.0.1:{run.websocket}/audio')}"
            f"&token={quote(run.token)}&stream={run.stream}")
    log = open(run.file("chromium.log"), "w")
    browser = quiet("chromium", "--headless", "--no-sandbox", "--disable-gpu",
                    f"--user-data-dir={run.folder / 'chromium'}", page, stdout=log, stderr=log)
    finished.wait(run.seconds + 60)
    stop(browser)
    server.shutdown()


def srt(run):
    """
    ffmpeg sends AAC in MPEG-TS by SRT; clearline ingest takes it in, clearline egress sends it on, and ffmpeg hears it. No
    gateway in between: the commands have the part that it has with calls.
    """
    there, back, run.stream = run.free_port(), run.free_port(), f"srt-{secrets.token_hex(4)}"
    receiver = quiet("ffmpeg", "-v", "error", "-i", f"srt://127.0.0.1:{back}?mode=listener", "-ac", "1",
                     "-c:a", "pcm_s16le", "-y", run.heard)
    kafka = ("--stream", run.stream, "--json", "--bootstrap-servers", run.bootstrap_servers)
    logs = {name: open(run.file(f"{name}.json"), "w") for name in ("ingest", "egress")}
    egress = quiet(run.clearline, "egress", f"srt://127.0.0.1:{back}?mode=caller", *kafka, stdout=logs["egress"])
    ingest = quiet(run.clearline, "ingest", f"srt://127.0.0.1:{there}?mode=listener", *kafka, stdout=logs["ingest"])
    # The first seconds go into finding out what comes.
    sender = ["ffmpeg", "-nostdin", "-v", "error", "-re", "-i", str(run.noisy), "-af", "adelay=5000,apad=pad_dur=2",
              "-ar", "48000", "-c:a", "aac", "-b:a", "192k", "-f", "mpegts", f"srt://127.0.0.1:{there}?mode=caller"]
    for _ in range(10):
        time.sleep(10)
        if subprocess.run(sender, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
            break
    time.sleep(LISTEN_AFTER_SECONDS)
    for each in (ingest, egress, receiver):
        stop(each)
    taken, played = (last_status(run.file(f"{name}.json")) for name in ("ingest", "egress"))
    delay = f"{played['delayMillisMean']:.0f} (mean) / {played['delayMillisMax']:.0f} (max)"
    run.status = {"format": "AAC/48000", "packetsReceived": taken["frames"], "framesEnhanced": played["frames"],
                  "framesDry": 0, "framesBypassed": 0, "dryShare": played["dryFrames"] / max(1, played["frames"]),
                  "delay": delay}


def last_status(path):
    return [each for each in map(json.loads, path.read_text().splitlines()) if each["type"] == "status"][-1]


def gst_raw(run, rate):
    gstreamer(run, "audioconvert", "rtpL16pay", "rtpL16depay", "audioconvert", rate, DYNAMIC_TYPE, f"L16/{rate}")


ALL = {
    "ffmpeg-pcmu": (("ffmpeg",), lambda run: ffmpeg(run, "pcm_mulaw", 8000, 0, "PCMU/8000")),
    "ffmpeg-l16": (("ffmpeg",), lambda run: ffmpeg(run, "pcm_s16be", 16000, DYNAMIC_TYPE, "L16/16000")),
    "ffmpeg-opus": (("ffmpeg",), lambda run: ffmpeg(run, "libopus", 48000, DYNAMIC_TYPE, "opus/48000/2")),
    "gstreamer-pcmu": (("gst-launch-1.0",), lambda run: gstreamer(
        run, "mulawenc", "rtppcmupay", "rtppcmudepay", "mulawdec", 8000, 0, "PCMU/8000")),
    "gstreamer-l16": (("gst-launch-1.0",), lambda run: gst_raw(run, 16000)),
    "gstreamer-opus": (("gst-launch-1.0",), lambda run: gstreamer(
        run, "opusenc", "rtpopuspay", "rtpopusdepay", "opusdec", 48000, DYNAMIC_TYPE, "OPUS/48000")),
    "ffmpeg-srtp": (("ffmpeg",), ffmpeg_srtp),
    "gstreamer-srtp": (("gst-launch-1.0",), gstreamer_srtp),
    "baresip": (("baresip", "sipp"), baresip),
    "audiosocket": ((), audio_socket),
    "asterisk-audiosocket": (("asterisk",), asterisk_audio_socket),
    "asterisk-websocket": (("asterisk",), lambda run: asterisk(run, asterisk_dials("websocket"))),
    "asterisk-rtp": (("asterisk",), lambda run: asterisk(run, asterisk_external_media("ulaw", "PCMU/8000"))),
    "srt": (("ffmpeg",), srt),
    "chromium": (("chromium",), chromium),
}
