"""A reply through the LiveKit plug-in: words as they are heard, an interruption, what was sent by then."""
import asyncio, sys, wave
from livekit.agents.types import USERDATA_TIMED_TRANSCRIPT
from tts_worker.livekit import TTS

# In an agent: AgentSession(tts=TTS("localhost:7001"), use_tts_aligned_transcript=True, stt=…, llm=…)
async def main(address="localhost:7001"):
    async with TTS(address, options={"max_lead_ms": 500}) as voice:  # at most half a second ahead of the listener
        voice.on("speech_stopped", lambda receipt: print(f"stopped: heard up to {receipt.last_word!r}"))
        with wave.open("agent.wav", "wb") as audio:
            audio.setparams((1, 2, voice.sample_rate, 0, "NONE", ""))
            async with voice.stream() as stream:
                for token in "Good ", "morning! ", "Your table ", "for four is booked ", "at 7:30 p.m. ", "Bye.":
                    stream.push_text(token)
                stream.end_input()
                async for event in stream:
                    audio.writeframes(event.frame.data.tobytes())
                    for word in event.frame.userdata[USERDATA_TIMED_TRANSCRIPT]:
                        print(f"{word.start_time * 1000:6.0f} ms  {word}")
                    if audio.tell() >= 2 * voice.sample_rate:  # after 2 s the user begins to speak
                        break

asyncio.run(main(*sys.argv[1:]))
