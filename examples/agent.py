"""An agent's half of a conversation: text as it is made, speech as it comes, an interruption."""
import asyncio, sys, uuid, wave
import grpc, tts_pb2 as tts, tts_pb2_grpc

async def tokens():  # what a language model makes, piece by piece
    for token in "Good ", "morning! ", "Your table ", "for four is booked ", "at 7:30 p.m. ", "Anything else?":
        yield token
        await asyncio.sleep(0.05)

async def main(address="localhost:7001"):
    async with grpc.aio.insecure_channel(address) as channel:
        worker, session = tts_pb2_grpc.TTSServiceStub(channel), str(uuid.uuid4())
        options = {"speed": "1.1", "max_lead_ms": "500"}  # at most half a second ahead of the listener
        started = await worker.StartSession(tts.StartSessionRequest(session_id=session, options=options))
        if not started.success:
            sys.exit(started.message)
        text = (tts.TextChunk(session_id=session, text=token) async for token in tokens())
        with wave.open("agent.wav", "wb") as audio:
            audio.setparams((1, 2, 48_000, 0, "NONE", ""))  # mono, 16 bit
            async for frame in worker.Synthesize(text):
                audio.writeframes(frame.audio_data)  # 20 ms; to the loudspeaker
                for word in frame.words:
                    print(f"{word.start_ms:6} ms  {word.text}")
                if frame.sequence_number == 100:  # after 2 s the user begins to speak
                    stop = tts.ControlRequest(session_id=session, command=tts.STOP)
                    receipt = (await worker.Control(stop)).receipts[0]
                    print(f"stopped: heard up to {receipt.last_word!r}, {receipt.context_end} characters")
        await worker.EndSession(tts.EndSessionRequest(session_id=session))

asyncio.run(main(*sys.argv[1:]))
